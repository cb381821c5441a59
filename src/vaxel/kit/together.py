"""Several compiled queries asked in one round trip, or while the page is already being made: it waits once, or not.

What a query asks and how its rows are read is an `Asked`. Each area makes its own; a page puts them `together`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

from vaxel.kit.compiled import Compiled, Row, prepared_cursor, rows_of
from vaxel.kit.values import value

T = TypeVar("T")


@value
class Found:
    """What a query of one column and at most one row finds, in the place of a value that the request has.

    An id that only leads to other rows need not be waited for; where no row is found, nothing belongs to it.
    """

    query: Compiled
    values: Mapping[Any, Any]


@value
class Asked(Generic[T]):
    """A query with its values, a request's or `Found` ones. `read` makes the answer of its rows, whose instants
    `instant` reads.
    """

    query: Compiled
    values: Mapping[Any, Any]
    read: Callable[[Sequence[Row]], T]

    def alone(self) -> T:
        """The answer; one query."""
        return self.read(rows_of(*self.statement()))

    def statement(self) -> tuple[str, list[Any]]:
        """The query's text, and its values in their order."""
        values, found, inner = [], [], False
        for mark in self.query.marks:
            value = self.values[mark]
            if isinstance(value, Found):
                found.append(value.query.text)
                values += [value.values[each] for each in value.query.marks]
                inner = True
            else:
                found.append("")
                values.append(value)
        return _holding(self.query.text, tuple(found)) if inner else self.query.text, values


def together(*asked: Asked[Any]) -> list[Any]:
    """The answers, in their order; one query."""
    return joined(*asked).alone()


def joined(*asked: Asked[Any]) -> Asked[list[Any]]:
    """All of these as one query, whose answer is theirs in their order."""
    texts, values_of_each = zip(*(each.statement() for each in asked), strict=True)
    values = [value for values in values_of_each for value in values]

    def read(rows: Sequence[Row]) -> list[Any]:
        (found,) = rows
        of_each = zip(asked, found, strict=True)
        return [each.read([tuple(row.values()) for row in its_rows or ()]) for each, its_rows in of_each]

    return Asked(Compiled(_text(texts), tuple(range(len(values)))), dict(enumerate(values)), read)


def in_pipeline() -> AbstractContextManager[object]:
    """Within it the database works on what is `sent` while the caller goes on.

    The first answer that is read waits for all that was sent before, so ask what must not wait ahead of it.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    pipeline: AbstractContextManager[object] = own.connection.pipeline()
    return pipeline


def sent(asked: Asked[T]) -> Callable[[], T]:
    """Send the query off, in a pipeline; a way to its answer."""
    cursor = prepared_cursor()
    cursor.execute(*asked.statement())
    return lambda: asked.read(cursor.fetchall())


@lru_cache(maxsize=256)
def _holding(text: str, found: tuple[str, ...]) -> str:
    """The query with queries in the places of those of its values that are found."""
    first, *parts = text.split("%s")
    held = (f"({query})" if query else "%s" for query in found)
    return first + "".join(f"{value}{part}" for value, part in zip(held, parts, strict=True))


@lru_cache(maxsize=256)
def _text(queries: tuple[str, ...]) -> str:
    """Each query's rows as JSON, whose members stand in the columns' order."""
    parts = (f"(SELECT json_agg(line) FROM ({text}) AS line)" for text in queries)  # noqa: S608  # compiled, values apart
    return f"SELECT {', '.join(parts)}"


def instant(value: datetime | str) -> datetime:
    """An instant of a row: JSON has it as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
