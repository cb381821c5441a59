"""PostgreSQL as Django knows it, emptied quicker after a test that commits: tests leave a few rows in a few tables.

Django would have all ninety tables' and their indexes' files made anew, which takes 0.1 s of a processor.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(
        self, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, allow_cascade: bool = False
    ) -> list[str]:
        """Delete all rows; no trigger or foreign key has a say in it, as none has when tables are truncated."""
        if reset_sequences:
            return super().sql_flush(style, tables, reset_sequences=True, allow_cascade=allow_cascade)
        deletes = (f"DELETE FROM {self.quote_name(table)}" for table in tables)  # noqa: S608  # of our own models
        return ["SET LOCAL session_replication_role = replica", *deletes]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
