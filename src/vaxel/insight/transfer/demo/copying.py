"""Rows into PostgreSQL by COPY: the quickest way in, for the millions of rows of the benchmarks."""

import json
from datetime import datetime
from typing import Any, Final

from django.db import connection, models
from psycopg import sql

_NOTHING: Final = r"\N"


class Table:
    """Rows that wait to be copied into one model's table. Ids are given here, from those that are free."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields  # noqa: SLF001  # Django's documented Model._meta API
        self._name = model._meta.db_table  # noqa: SLF001  # the same
        self._columns = tuple(field.attname for field in fields)
        self._defaults: dict[str, Any] = {field.attname: field.get_default() for field in fields}
        self._lines: list[str] = []
        self._last_id = _last_id(self._name)

    def take_id(self) -> int:
        """The next free id, for a row that is added later."""
        self._last_id += 1
        return self._last_id

    def add(self, **values: Any) -> int:
        """One more row, by column; what is left out has the model's default, an id the next free one. Its id."""
        row = {**self._defaults, **values}
        row["id"] = row["id"] or self.take_id()
        self._lines.append("\t".join([_written(row[column]) for column in self._columns]))
        id_given: int = row["id"]
        return id_given

    def flush(self) -> None:
        """Copy what waits."""
        if not self._lines:
            return
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self._name), sql.SQL(", ").join(sql.Identifier(column) for column in self._columns)
        )
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("\n".join(self._lines) + "\n")
        self._lines.clear()

    def finish(self) -> None:
        """Copy what waits, and let the table's own numbering go on after our ids."""
        self.flush()
        if self._last_id:
            with connection.cursor() as cursor:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [self._name, self._last_id])


def _last_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


class Json(str):
    """Text that is JSON already."""

    __slots__ = ()


def _written(value: object) -> str:
    """A value in COPY's text format."""
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return _escaped(as_json(value))
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def as_json(value: object) -> Json:
    """JSON as Django's own column has it, but without spaces."""
    return Json(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
