"""Rows written one by one, by statements that are compiled once in a process and planned once on a connection.

The ORM compiles each INSERT and UPDATE anew, which takes several times as long as the database takes to do it; an
answer to a ticket writes half a dozen rows. `ScopedManager.create` writes this way too.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models

from vaxel.kit.compiled import prepared_cursor

Field: TypeAlias = "models.Field[Any, Any]"


def insert(row: models.Model) -> None:
    """Insert a new row; it has its id afterwards. One query."""
    text, fields = _inserting(type(row))
    with prepared_cursor() as cursor:
        cursor.execute(text, _values(row, fields, is_new=True))
        (row.pk,) = cursor.fetchone()
    row._state.adding = False  # noqa: SLF001  # Django documents it
    row._state.db = DEFAULT_DB_ALIAS  # noqa: SLF001  # the same


def insert_all(rows: Iterable[models.Model]) -> None:
    """Insert a few new rows, in their order; one query each."""
    for row in rows:
        insert(row)


def store(row: models.Model, *names: str) -> None:
    """Write these fields of a row and no others. One query. Raises DatabaseError when the row is not there."""
    text, fields = _updating(type(row), names)
    with prepared_cursor() as cursor:
        cursor.execute(text, [*_values(row, fields, is_new=False), row.pk])
        if cursor.rowcount == 0:
            raise DatabaseError(f"{type(row).__name__} {row.pk} is not there")


@cache
def _inserting(model: type[models.Model]) -> tuple[str, tuple[Field, ...]]:
    """The statement, and the fields whose values it takes: all but the id, which the database gives."""
    table, key = _names_of(model)
    fields = tuple(
        field
        for field in model._meta.concrete_fields  # noqa: SLF001  # Django's documented Model._meta API
        if not field.primary_key and not field.generated
    )
    columns, places = ", ".join(map(_column, fields)), ", ".join("%s" for _ in fields)
    return f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}", fields  # noqa: S608  # a model's names


@cache
def _updating(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[Field, ...]]:
    table, key = _names_of(model)
    known = {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001  # documented, as above
    fields = tuple(known[name] for name in names)
    changes = ", ".join(f"{_column(field)} = %s" for field in fields)
    return f"UPDATE {table} SET {changes} WHERE {key} = %s", fields  # noqa: S608  # a model's own names


def _names_of(model: type[models.Model]) -> tuple[str, str]:
    """The table, and its column of ids."""
    meta = model._meta  # noqa: SLF001  # Django's documented Model._meta API
    return connection.ops.quote_name(meta.db_table), _column(meta.pk)


def _column(field: Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _values(row: models.Model, fields: tuple[Field, ...], *, is_new: bool) -> list[Any]:
    """As the database takes them."""
    own = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(field.pre_save(row, is_new), own) for field in fields]
