"""Django's sessions get their owner as a column.

An installation from before has the table from Django's own app, with the people who are signed in: it gets the column,
and an old version that still serves does not mind it. A new one gets the table as a whole.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_account(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    session = apps.get_model('people', 'Session')
    if session._meta.db_table in schema_editor.connection.introspection.table_names():
        schema_editor.add_field(session, session._meta.get_field('account'))
    else:
        schema_editor.create_model(session)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_erased_people'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                        ('session_data', models.TextField(verbose_name='session data')),
                        ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                        ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'session',
                        'verbose_name_plural': 'sessions',
                        'abstract': False,
                        'db_table': 'django_session',
                    },
                ),
            ],
        ),
        migrations.RunPython(give_account, migrations.RunPython.noop),
    ]
