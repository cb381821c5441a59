from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='desk',
            name='reads_mail',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
