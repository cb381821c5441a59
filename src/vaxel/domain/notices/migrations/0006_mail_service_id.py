from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0005_mail_automatic'),
        ('people', '0005_person_by_address'),
        ('tickets', '0006_needs_details'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='service_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(condition=models.Q(('service_id', ''), _negated=True), fields=['service_id'], name='mail_of_service'),
        ),
    ]
