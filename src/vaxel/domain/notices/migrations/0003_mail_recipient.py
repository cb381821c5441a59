from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_mail_attempts_and_choices'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='recipient_id',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='recipient_kind',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
    ]
