"""What the index of tickets' words has not sorted in yet is kept shorter; the index itself stays as it is."""

import django.contrib.postgres.indexes
from django.db import migrations


def _words(limit: int) -> django.contrib.postgres.indexes.GinIndex:
    return django.contrib.postgres.indexes.GinIndex(
        fields=["words"], gin_pending_list_limit=limit, name="ticket_words"
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_ticket_words_by_trigger")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX ticket_words SET (gin_pending_list_limit = 64);"
                    " SELECT gin_clean_pending_list('ticket_words');",
                    "ALTER INDEX ticket_words SET (gin_pending_list_limit = 512)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("TicketWords", "ticket_words"),
                migrations.AddIndex("TicketWords", _words(64)),
            ],
        )
    ]
