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
    ]

    operations = [
        migrations.CreateModel(
            name='Manual',
            fields=[
                ('desk', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='manual', serialize=False, to='desks.desk')),
                ('is_public', models.BooleanField(default=False)),
                ('synonyms', models.JSONField(default=dict)),
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
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=100)),
                ('lineage', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('position', models.PositiveIntegerField(default=0)),
                ('product', models.CharField(blank=True, max_length=60)),
                ('own_audience', models.CharField(blank=True, choices=[('everyone', 'Everyone'), ('customers', 'Customers'), ('contacts', 'Contacts'), ('staff', 'Staff')], max_length=10)),
                ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('customers', 'Customers'), ('contacts', 'Contacts'), ('staff', 'Staff')], default='everyone', max_length=10)),
                ('since_version', models.CharField(blank=True, max_length=20)),
                ('until_version', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='manual.article')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    models.Index(fields=['desk', 'parent', 'position'], name='article_in_order'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('desk', 'slug'), name='article_slug_once_per_desk'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('summary', models.CharField(blank=True, max_length=400)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('markdown', models.TextField()),
                ('html', models.TextField()),
                ('contents', models.JSONField(default=list)),
                ('text', models.TextField()),
                ('pictures', models.JSONField(default=dict)),
                ('shows', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('by_kind', models.CharField(max_length=10)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=400)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='manual.article')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['shows'], name='article_version_shows'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'language', 'number'), name='article_version_once'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('publish_at', models.DateTimeField(blank=True, null=True)),
                ('is_behind', models.BooleanField(default=False)),
                ('words', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='manual.article')),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='manual.articleversion')),
                ('live', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='manual.articleversion')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['words'], name='article_words'),
                    models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='article_text_planned'),
                    models.Index(condition=models.Q(('live__isnull', False)), fields=['desk', 'language'], name='article_text_live'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('article', 'language'), name='article_text_once_per_language'),
                    models.CheckConstraint(condition=models.Q(('publish_at', None), ('draft__isnull', False), _connector='OR'), name='article_text_plans_a_draft'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('content_type', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'constraints': [
                    models.UniqueConstraint(fields=('desk', 'sha256'), name='picture_once_per_desk'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('helpful', models.BooleanField()),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('account_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desks.desk')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='manual.articleversion')),
            ],
            options={
                'base_manager_name': 'unscoped',
                'default_manager_name': 'unscoped',
                'indexes': [
                    models.Index(fields=['desk', '-at'], name='verdict_newest'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('account_id__isnull', False)), fields=('version', 'account_id'), name='one_verdict_per_account_and_version'),
                ],
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
    ]
