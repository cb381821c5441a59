from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0004_bouncing_addresses'),
        ('people', '0005_person_by_address'),
        ('tickets', '0006_needs_details'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(condition=models.Q(('is_automatic', True)), fields=['sent_at'], name='mail_automatic'),
        ),
    ]
