import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0008_notice_choices_and_digests'),
        ('people', '0005_person_by_address'),
        ('tickets', '0006_needs_details'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outgoingmail',
            name='mail_to_address',
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(models.F('desk'), django.db.models.functions.text.Upper('recipient'), models.OrderBy(models.F('created_at'), descending=True), name='mail_to_address'),
        ),
    ]
