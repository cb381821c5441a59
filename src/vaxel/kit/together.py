"""Several compiled queries asked in one round trip, or while the page is already being made: it waits once, or not.

What a query asks and how its rows are read is an `Asked`. Each area makes its own; a page puts them `together`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

from vaxel.kit.compiled import Compiled, Row, prepared_cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A query with a request's values. `read` makes the answer of its rows, whose instants `instant` reads."""

    query: Compiled
    values: Mapping[Any, Any]
    read: Callable[[Sequence[Row]], T]

    def alone(self) -> T:
        """The answer; one query."""
        return self.read(self.query.run(self.values))


def together(*asked: Asked[Any]) -> list[Any]:
    """The answers, in their order; one query."""
    return joined(*asked).alone()


def joined(*asked: Asked[Any]) -> Asked[list[Any]]:
    """All of these as one query, whose answer is theirs in their order."""
    values = [each.values[mark] for each in asked for mark in each.query.marks]

    def read(rows: Sequence[Row]) -> list[Any]:
        (found,) = rows
        of_each = zip(asked, found, strict=True)
        return [each.read([tuple(row.values()) for row in its_rows or ()]) for each, its_rows in of_each]

    text = _text(tuple(each.query.text for each in asked))
    return Asked(Compiled(text, tuple(range(len(values)))), dict(enumerate(values)), read)


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
    cursor.execute(asked.query.text, [asked.values[mark] for mark in asked.query.marks])
    return lambda: asked.read(cursor.fetchall())


@lru_cache(maxsize=256)
def _text(queries: tuple[str, ...]) -> str:
    """Each query's rows as JSON, whose members stand in the columns' order."""
    parts = (f"(SELECT json_agg(line) FROM ({text}) AS line)" for text in queries)  # noqa: S608  # compiled, values apart
    return f"SELECT {', '.join(parts)}"


def instant(value: datetime | str) -> datetime:
    """An instant of a row: JSON has it as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
