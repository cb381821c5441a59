import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.manager
import vaxel.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Widget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vaxel.kit.ids.new_public_id, editable=False, max_length=27, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('product', models.CharField(blank=True, max_length=60)),
                ('origins', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                ('key', models.TextField()),
                ('key_number', models.PositiveIntegerField(default=1)),
                ('is_on', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='widgets', to='desks.desk')),
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
            name='UsedToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('widget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='widgets.widget')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('widget', 'digest'), name='token_used_once')],
            },
        ),
    ]
