import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
import vaxel.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desks', '0001_initial'),
        ('people', '0001_initial'),
        ('tickets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), blank=True, default=list, size=None)),
                ('way', models.CharField(choices=[('imap', 'Imap'), ('smtp', 'Smtp'), ('service', 'Service'), ('pipe', 'Pipe')], max_length=10)),
                ('host', models.CharField(blank=True, max_length=253)),
                ('port', models.PositiveIntegerField(default=993)),
                ('tls', models.CharField(choices=[('tls', 'Tls'), ('starttls', 'Starttls'), ('none', 'None')], default='tls', max_length=10)),
                ('folder', models.CharField(default='INBOX', max_length=200)),
                ('username', models.CharField(blank=True, max_length=254)),
                ('sign_in', models.CharField(choices=[('password', 'Password'), ('microsoft', 'Microsoft'), ('google', 'Google')], default='password', max_length=10)),
                ('secret', models.TextField(blank=True)),
                ('default_product', models.CharField(blank=True, max_length=60)),
                ('default_kind', models.CharField(blank=True, max_length=60)),
                ('authserv_id', models.CharField(blank=True, max_length=253)),
                ('is_on', models.BooleanField(default=True)),
                ('uid_validity', models.BigIntegerField(blank=True, null=True)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('silent_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('fault', models.CharField(blank=True, max_length=40)),
                ('fault_detail', models.CharField(blank=True, max_length=400)),
                ('faulty_since', models.DateTimeField(blank=True, null=True)),
                ('alarmed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailboxes', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [
                    models.UniqueConstraint(django.db.models.functions.text.Lower('address'), name='mailbox_address_once'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PendingParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=320)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('since', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [
                    models.UniqueConstraint(fields=('ticket', 'address'), name='pending_participant_once'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ReceivedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vaxel.kit.ids.new_public_id, editable=False, max_length=40, unique=True)),
                ('identity', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('header_id', models.CharField(blank=True, max_length=998)),
                ('envelope_sender', models.CharField(blank=True, max_length=320)),
                ('envelope_recipients', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), blank=True, default=list, size=None)),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('ticket', 'Ticket'), ('reply', 'Reply'), ('quarantine', 'Quarantine'), ('ignored', 'Ignored'), ('bounce', 'Bounce'), ('failed', 'Failed')], default='waiting', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('detail', models.CharField(blank=True, max_length=400)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('try_at', models.DateTimeField(blank=True, null=True)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('sender', models.CharField(blank=True, max_length=320)),
                ('sender_name', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('remote_images', models.JSONField(blank=True, default=list)),
                ('authentication', models.CharField(blank=True, max_length=10)),
                ('copies', models.PositiveIntegerField(default=0)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='mailroom.mailbox')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message')),
                ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.note')),
                ('raw', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.blob')),
                ('release_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('release_ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket')),
                ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['mailbox', 'id'], name='mail_to_take_in'),
                    models.Index(fields=['desk', 'state', '-received_at', '-id'], name='mail_in_state'),
                    models.Index(condition=models.Q(('header_id', ''), _negated=True), fields=['desk', 'header_id'], name='mail_by_header_id'),
                    models.Index(condition=models.Q(('ticket__isnull', False)), fields=['ticket'], name='mail_of_ticket'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('desk', 'identity'), name='mail_once_per_desk'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid_validity', models.BigIntegerField()),
                ('uid', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='mailroom.mailbox')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='mailroom.receivedmail')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('mailbox', 'uid_validity', 'uid'), name='delivery_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BlockedSender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=320)),
                ('since', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [models.UniqueConstraint(fields=('desk', 'address'), name='blocked_sender_once')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
