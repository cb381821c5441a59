import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0003_mail_recipient'),
        ('people', '0004_account_password_unusable'),
        ('tickets', '0005_message_parts_of_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='BouncingAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('soft_bounces', models.PositiveIntegerField(default=0)),
                ('status', models.CharField(blank=True, max_length=20)),
                ('last_bounced_at', models.DateTimeField()),
                ('blocked_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(models.F('desk'), django.db.models.functions.text.Lower('recipient'), models.OrderBy(models.F('created_at'), descending=True), name='mail_to_address'),
        ),
        migrations.AddField(
            model_name='bouncingaddress',
            name='desk',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk'),
        ),
        migrations.AddConstraint(
            model_name='bouncingaddress',
            constraint=models.UniqueConstraint(fields=('desk', 'address'), name='bouncing_address_once'),
        ),
    ]
