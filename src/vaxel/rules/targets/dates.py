"""Dates and ranges of dates, as a policy writes them: once ("2026-12-24") or every year ("12-24")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from typing_extensions import override

from vaxel.rules.sentences import SentenceError, say

_ONCE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEARLY: Final = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)
_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True, order=True)
class YearlyDay:
    """The same date each year; 02-29 exists in leap years only."""

    month: int
    day: int

    @override
    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


Day = date | YearlyDay


@dataclass(frozen=True, slots=True)
class DayRange:
    """From `first` to `last`, both included, both of the same sort; a yearly range may pass the turn of the year."""

    first: Day
    last: Day

    def covers(self, day: date) -> bool:
        """Whether the date is in the range, in a yearly one whatever its year."""
        return self.holds(YearlyDay(day.month, day.day) if self.yearly else day)

    def holds(self, day: Day) -> bool:
        """Whether a day of the same sort is in the range."""
        first, last = self.first, self.last
        match first, day, last:
            case YearlyDay(), YearlyDay(), YearlyDay():
                return first <= day <= last if first <= last else day >= first or day <= last
            case date(), date(), date():
                return first <= day <= last
            case _:
                return False  # parse_range lets no mixed range in

    @property
    def yearly(self) -> bool:
        return isinstance(self.first, YearlyDay)

    @property
    def single(self) -> bool:
        return self.first == self.last

    def overlaps(self, other: "DayRange") -> bool:
        """Whether a date is in both; they must be of the same sort."""
        return other.holds(self.first) or self.holds(other.first)

    def dates(self) -> Iterator[date]:
        """Each date of the range; none of a yearly one, which has no years."""
        if not isinstance(self.first, YearlyDay) and not isinstance(self.last, YearlyDay):
            for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
                yield date.fromordinal(ordinal)

    @override
    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def parse_day(value: object) -> Day:
    """Read one date: text, or TOML's own date. Raises SentenceError."""
    if isinstance(value, YearlyDay) or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str):
        return _parse_text(value)
    raise SentenceError(say("dates.no-date", value=str(value)))


def _parse_text(text: str) -> Day:
    try:
        if _ONCE.fullmatch(text):
            return date.fromisoformat(text)
        if yearly := _YEARLY.fullmatch(text):
            in_leap_year = date(_LEAP_YEAR, int(yearly[1]), int(yearly[2]))
            return YearlyDay(in_leap_year.month, in_leap_year.day)
    except ValueError:
        raise SentenceError(say("dates.not-in-almanac", value=text)) from None
    raise SentenceError(say("dates.no-date", value=f'"{text}"'))


def parse_range(value: object) -> DayRange:
    """Read a date or "first..last". Raises SentenceError."""
    if isinstance(value, DayRange):
        return value
    if not isinstance(value, str) or ".." not in value:
        day = parse_day(value)
        return DayRange(day, day)
    first_text, _, last_text = value.partition("..")
    first, last = parse_day(first_text), parse_day(last_text)
    if isinstance(first, YearlyDay) != isinstance(last, YearlyDay):
        raise SentenceError(say("dates.mixed", value=value))
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise SentenceError(say("dates.backwards", value=value))
    return DayRange(first, last)


DayRangeField = Annotated[
    DayRange,
    PlainValidator(parse_range),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([0-9]{4}-)?[0-9]{2}-[0-9]{2}(\.\.([0-9]{4}-)?[0-9]{2}-[0-9]{2})?$",
            "description": 'A date "YYYY-MM-DD", a yearly date "MM-DD", or a range of either: "first..last".',
        }
    ),
]
