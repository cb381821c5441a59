"""Is there nothing to do before the start? Answered without Django, whose loading is half of a later start."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import psycopg
from psycopg.rows import scalar_row

from vaxel.kit.steps import steps_of

#: The mark that `vaxel.insight.transfer.demo` leaves when it is done; a fill that was interrupted leaves none.
_FILLED: Final = "SELECT EXISTS (SELECT FROM audit_auditentry WHERE kind = 'demo-filled')"


def is_prepared(installed_apps: Iterable[str], database: dict[str, Any], *, demo: bool) -> bool:
    """True when every step of this version is recorded in the database, and a demonstration has been filled.

    Steps are counted by name over all apps. A doubt counts as no: `vaxel setup` then looks closely.
    """
    try:
        with _connect(database) as connection:
            cursor = connection.cursor(row_factory=scalar_row)
            recorded = Counter(cursor.execute("SELECT name FROM django_migrations").fetchall())
            filled = cursor.execute(_FILLED).fetchone()
    except psycopg.Error:
        return False
    return not (steps_of(installed_apps) - recorded) and (bool(filled) or not demo)


def has_desk(database: dict[str, Any]) -> bool:
    """False for an installation that nobody can use yet."""
    try:
        with _connect(database) as connection:
            return bool(connection.execute("SELECT EXISTS (SELECT FROM desks_desk)").fetchone()[0])  # type: ignore[index]  # one row
    except psycopg.Error:
        return True


def _connect(database: dict[str, Any]) -> psycopg.Connection[Any]:
    """Connect as Django would, from its settings of the database."""
    parts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    named = {name: database[key] for name, key in parts.items() if database.get(key)}
    return psycopg.connect(**named, **database["OPTIONS"])
