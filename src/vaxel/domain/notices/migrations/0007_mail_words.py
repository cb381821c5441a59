import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0002_desk_reads_mail'),
        ('notices', '0006_mail_service_id'),
    ]

    operations = [
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
