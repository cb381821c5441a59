import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('desks', '0001_initial'),
        ('tickets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lexicon',
            fields=[
                ('desk', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='desks.desk')),
                ('revision', models.PositiveIntegerField(default=0)),
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
            name='TicketWords',
            fields=[
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='tickets.ticket')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], gin_pending_list_limit=512, name='ticket_words')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('word', models.CharField(max_length=80)),
                ('stem', models.CharField(max_length=80)),
                ('root', models.CharField(max_length=80)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('pieces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, size=None)),
                ('articles', models.PositiveIntegerField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [models.Index(fields=['desk', 'language', 'root'], name='word_by_root'), django.contrib.postgres.indexes.GinIndex(fields=['parts'], name='word_by_parts'), django.contrib.postgres.indexes.GinIndex(fields=['pieces'], name='word_by_pieces')],
                'constraints': [models.UniqueConstraint(fields=('desk', 'language', 'word'), name='word_once_per_desk_and_language')],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
