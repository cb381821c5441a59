"""Hours of one day, as people write them: "08:00-12:00".

A span is local wall time, in minutes after midnight. It starts inside the day and ends in it or at "24:00"; its start
belongs to it and its end does not. A span never passes midnight: night hours are written on both dates, so that every
minute belongs to exactly one date and a closed date closes exactly its own minutes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from typing_extensions import override

from vaxel.rules.sentences import SentenceError, say

MINUTES_PER_DAY: Final = 24 * 60
_SPAN: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, but not with, `end`: minutes after local midnight, 0 <= start < end <= 1440."""

    start: int
    end: int

    @override
    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


#: The spans of one date, in order and without overlap; empty means closed.
Hours = tuple[Span, ...]


def parse_hours(value: object) -> Hours:
    """Read a list of spans. Spans may touch but not overlap; their order in the list does not matter.

    Raises SentenceError, which names the value and what is allowed.
    """
    if isinstance(value, list | tuple):
        return _in_order(tuple(sorted(_parse_span(item) for item in value)))
    raise SentenceError(say("hours.no-list", value=_quoted(value)))


def _in_order(spans: Hours) -> Hours:
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise SentenceError(say("hours.overlap", earlier=str(earlier), later=str(later)))
    return spans


def _parse_span(item: object) -> Span:
    if isinstance(item, Span):
        return item
    found = _SPAN.fullmatch(item) if isinstance(item, str) else None
    if found is None:
        raise SentenceError(say("hours.no-span", value=_quoted(item)))
    start = int(found[1]) * 60 + int(found[2])
    end = MINUTES_PER_DAY if found[3] is None else int(found[3]) * 60 + int(found[4])
    if end <= start:
        raise SentenceError(say("hours.backwards", value=str(item)))
    return Span(start, end)


def merge_hours(spans: Iterable[Span]) -> Hours:
    """The same minutes as ordered spans that neither touch nor overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _quoted(item: object) -> str:
    return f'"{item}"' if isinstance(item, str) else repr(item)


HoursField = Annotated[
    Hours,
    BeforeValidator(parse_hours),
    PlainSerializer(lambda hours: [str(span) for span in hours], return_type=list[str]),
    WithJsonSchema(
        {
            "type": "array",
            "items": {
                "type": "string",
                "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
            },
            "description": 'Hours of one day, as "HH:MM-HH:MM"; an empty list means closed.',
        }
    ),
]
