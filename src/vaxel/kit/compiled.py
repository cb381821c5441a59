"""Queries that are compiled once in a process and planned once on a connection.

The ORM takes as long to compile a query as the database to answer it, and the database longer to plan one with many
parts than to run it. So the queries of the pages that people open all day are compiled once, with *marks* in the
place of a request's values: `compiled(rows, A_DESK_ID, A_NUMBER)`. What else a query holds (statuses, limits) becomes
part of its text, so that the plan that PostgreSQL keeps can use the partial indexes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any, Final, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.types.datetime import TimestamptzLoader

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query's text, and which marks its places stand for, in their order."""

    text: str
    marks: tuple[Any, ...]

    def run(self, values: Mapping[Any, Any]) -> list[Row]:
        """The rows, in the columns' order; `values` has one for each mark. JSON comes as text (see `from_json`)."""
        return rows_of(self.text, [values[mark] for mark in self.marks])


def compiled(rows: models.QuerySet[Any, Any], *marks: Any) -> Compiled:
    """Compile a query that was written with these marks: values of the right type that no row and no constant has."""
    text, parameters = rows.query.sql_with_params()
    parts, places = text.split("%s"), []
    whole = [parts[0]]
    for parameter, part in zip(parameters, parts[1:], strict=True):
        is_mark = any(isinstance(parameter, type(mark)) and parameter == mark for mark in marks)
        places += [parameter] if is_mark else []
        whole += ["%s" if is_mark else _written(parameter), part]
    return Compiled("".join(whole), tuple(places))


def rows_of(text: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a compiled query's text, with its values in their order."""
    with prepared_cursor() as cursor:
        cursor.execute(text, values)
        found: list[Row] = cursor.fetchall()
    return found


def _written(value: Any) -> str:
    """A constant as it stands in the text of a query."""
    connection.ensure_connection()
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


def prepared_cursor() -> CursorWrapper:
    """A cursor of Django's (tests count its queries) whose statements the server prepares and keeps.

    Django's own cursors put the values into the text, which the server then has to read and plan anew. And they read
    instants in Python, to put them into UTC; ours come in UTC anyway.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    own.connection.prepared_max = _MOST_PREPARED
    cursor: Any = _NumberedCursor(own.connection)
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    return own.make_debug_cursor(cursor) if own.queries_logged else own.make_cursor(cursor)


class _NumberedCursor(psycopg.RawCursor[Any]):
    """Takes `%s` as all cursors do, but reads each text once: psycopg reads one of the length of ours at each call."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_NumberedCursor":
        super().execute(query if params is None else _numbered(query), params, **options)
        return self


@lru_cache(maxsize=1024)
def _numbered(text: str) -> bytes:
    """A query with `%s` in its places as the server takes it."""
    places = count(1)
    return re.sub("%[s%]", lambda found: "%" if found[0] == "%%" else f"${next(places)}", text).encode()


#: Statements that a connection keeps; one that is asked with and without a value counts as two.
_MOST_PREPARED: Final = 300


@cache
def columns_of(model: type[models.Model], prefix: str = "") -> tuple[str, ...]:
    """The names of all columns of a model, as `values_list` takes them; `prefix` leads to it from another."""
    return tuple(prefix + field.attname for field in model._meta.concrete_fields)  # noqa: SLF001  # Django documents it


def row_as(model: type[M], values: Sequence[Any]) -> M:
    """An instance from the values of `columns_of` its model."""
    fields = model._meta.concrete_fields  # noqa: SLF001  # Django documents it
    read = [
        from_json(value) if isinstance(field, models.JSONField) else value
        for field, value in zip(fields, values, strict=True)
    ]
    return model.from_db(connection.alias, [field.attname for field in fields], read)


def rows_as(models_in_order: Sequence[type[models.Model]], values: Sequence[Any]) -> list[Any]:
    """An instance of each model, from the values of their columns one after the other."""
    made, rest = [], values
    for model in models_in_order:
        many = len(columns_of(model))
        made.append(row_as(model, rest[:many]))
        rest = rest[many:]
    return made


def from_json(value: Any) -> Any:
    """JSON as these queries give it: text, or an array of texts."""
    if isinstance(value, list):
        return [from_json(each) for each in value]
    return json.loads(value) if isinstance(value, str) else value
