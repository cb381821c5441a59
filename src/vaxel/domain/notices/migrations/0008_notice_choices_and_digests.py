import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0007_mail_words'),
        ('people', '0005_person_by_address'),
        ('tickets', '0006_needs_details'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeChoices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ways', models.JSONField(blank=True, default=dict)),
                ('digest_hour', models.PositiveSmallIntegerField(default=8)),
                ('digest_at', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('staff', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.staff')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='DigestItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.event')),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notices.outgoingmail')),
                ('choices', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='notices.noticechoices')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.DeleteModel(
            name='NoticeChoice',
        ),
        migrations.AddConstraint(
            model_name='noticechoices',
            constraint=models.CheckConstraint(condition=models.Q(('staff__isnull', True), ('person__isnull', True), _connector='XOR'), name='notice_choices_of_one'),
        ),
        migrations.AddConstraint(
            model_name='noticechoices',
            constraint=models.CheckConstraint(condition=models.Q(('digest_hour__lt', 24)), name='digest_hour_of_a_day'),
        ),
        migrations.AddIndex(
            model_name='digestitem',
            index=models.Index(condition=models.Q(('mail', None)), fields=['choices', 'id'], name='digest_waiting'),
        ),
        migrations.AddConstraint(
            model_name='digestitem',
            constraint=models.UniqueConstraint(fields=('event', 'choices'), name='one_item_per_event'),
        ),
    ]
