"""Several compiled queries asked in one round trip: a page that needs three small answers waits once.

What a query asks and how its rows are read is an `Asked`. Each area makes its own; a page puts them `together`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

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
    values = [each.values[mark] for each in asked for mark in each.query.marks]
    with prepared_cursor() as cursor:
        cursor.execute(_text(tuple(each.query.text for each in asked)), values)
        (found,) = cursor.fetchall()
    return [each.read([tuple(row.values()) for row in rows or ()]) for each, rows in zip(asked, found, strict=True)]


@lru_cache(maxsize=256)
def _text(queries: tuple[str, ...]) -> str:
    """Each query's rows as JSON, whose members stand in the columns' order."""
    parts = (f"(SELECT json_agg(line) FROM ({text}) AS line)" for text in queries)  # noqa: S608  # compiled, values apart
    return f"SELECT {', '.join(parts)}"


def instant(value: datetime | str) -> datetime:
    """An instant of a row: JSON has it as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
