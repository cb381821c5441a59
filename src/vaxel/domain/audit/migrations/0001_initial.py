import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=60)),
                ('by_kind', models.CharField(max_length=10)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=200)),
                ('data', models.JSONField(default=dict)),
                ('desk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['desk', '-at'], name='audit_newest')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
