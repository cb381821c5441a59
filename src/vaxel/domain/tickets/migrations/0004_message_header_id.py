from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0003_first_line'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='header_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=998),
        ),
    ]
