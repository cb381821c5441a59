import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desks', '0001_initial'),
        ('people', '0001_initial'),
        ('problems', '0001_initial'),
        ('tickets', '0001_initial'),
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
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('staff__isnull', True), ('person__isnull', True), _connector='XOR'), name='notice_choices_of_one'),
                    models.CheckConstraint(condition=models.Q(('digest_hour__lt', 24)), name='digest_hour_of_a_day'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=5)),
                ('sender_name', models.CharField(max_length=200)),
                ('sender', models.EmailField(max_length=254)),
                ('recipient_name', models.CharField(blank=True, max_length=200)),
                ('recipient', models.EmailField(max_length=254)),
                ('recipient_kind', models.CharField(blank=True, db_default='', default='', max_length=10)),
                ('recipient_id', models.BigIntegerField(blank=True, null=True)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('header_id', models.CharField(max_length=200, unique=True)),
                ('service_id', models.CharField(blank=True, db_default='', default='', max_length=200)),
                ('references', models.TextField(blank=True)),
                ('is_automatic', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('uncertain', 'Uncertain'), ('failed', 'Failed'), ('bounced', 'Bounced'), ('held', 'Held')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('created_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='tickets.event')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='tickets.message')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('problem_update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='problems.problemupdate')),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='tickets.ticket')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    models.Index(fields=['desk', '-created_at', '-id'], name='mail_newest'),
                    models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['created_at'], name='mail_waiting'),
                    models.Index(condition=models.Q(('service_id', ''), _negated=True), fields=['service_id'], name='mail_of_service'),
                    models.Index(condition=models.Q(('is_automatic', True)), fields=['sent_at'], name='mail_automatic'),
                    models.Index(models.F('desk'), django.db.models.functions.text.Upper('recipient'), models.OrderBy(models.F('created_at'), descending=True), name='mail_to_address'),
                ],
                'constraints': [
                    models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('recipient'), name='one_mail_per_event_and_address'),
                    models.UniqueConstraint(models.F('problem_update'), django.db.models.functions.text.Lower('recipient'), name='one_mail_per_update_and_address'),
                ],
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
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.event')),
                ('problem_update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='problems.problemupdate')),
                ('choices', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='notices.noticechoices')),
                ('mail', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notices.outgoingmail')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    models.Index(condition=models.Q(('mail', None)), fields=['choices', 'id'], name='digest_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('event', 'choices'), name='one_item_per_event'),
                    models.UniqueConstraint(fields=('problem_update', 'choices'), name='one_item_per_update'),
                    models.CheckConstraint(condition=models.Q(('event__isnull', True), ('problem_update__isnull', True), _connector='XOR'), name='item_of_event_or_update'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='BouncingAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('soft_bounces', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('last_bounced_at', models.DateTimeField()),
                ('blocked_at', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [models.UniqueConstraint(fields=('desk', 'address'), name='bouncing_address_once')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='MailWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=5)),
                ('heading', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.CharField(max_length=200)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['desk', 'kind', 'language', '-id'], name='mail_words_newest')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
