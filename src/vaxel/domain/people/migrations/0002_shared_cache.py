"""The table of Django's database cache: it holds the sign-in limits, so that all processes count together."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                "CREATE TABLE shared_cache"
                " (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
                "CREATE INDEX shared_cache_expires ON shared_cache (expires)",
            ],
            reverse_sql="DROP TABLE shared_cache",
        ),
    ]
