import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('prefix', models.CharField(max_length=6, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('languages', models.JSONField(default=list)),
                ('time_zone', models.CharField(default='Europe/Stockholm', max_length=60)),
                ('accent', models.CharField(default='#1f5fae', max_length=7)),
                ('logo', models.TextField(blank=True)),
                ('mail_address', models.EmailField(blank=True, max_length=254)),
                ('reads_mail', models.BooleanField(db_default=False, default=False)),
                ('staff_need_second_factor', models.BooleanField(default=False)),
                ('last_number', models.BigIntegerField(default=1000)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('source', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policy_versions', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [
                    models.UniqueConstraint(fields=('desk', 'number'), name='policy_number_once_per_desk'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='desk',
            name='policy',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.policyversion'),
        ),
    ]
