"""The state of every part that the database can tell about."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import DatabaseError, connection


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is well, and a sentence that says what to do when it is not."""

    name: str
    well: bool
    detail: str

    def as_json(self) -> dict[str, Any]:
        """Plain values for `/health/` and `vaxel check`."""
        return {key: value for key, value in asdict(self).items() if key != "name"}


def health_of_parts() -> list[Part]:
    """Database, tables, worker and queue, in the order in which one needs the other."""
    return [_database()]


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version')")
            version = cursor.fetchone()[0]
    except DatabaseError:
        return Part("database", well=False, detail="does not answer: is it running, and is the address right?")
    return Part("database", well=True, detail=f"PostgreSQL {version}")
