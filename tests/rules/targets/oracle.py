"""A deliberately slow second opinion: it asks the wall clock of every single minute and only ever counts.

It shares nothing with the code under test but the plain values of a `Week`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from hypothesis import settings

from vaxel.rules.targets import Calendar, CalendarSpec, build_calendar

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=100)
"""The same examples in every run, and no failure because a machine is slow."""

MINUTE = timedelta(minutes=1)
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Week:
    """Hours per weekday from Monday on, and dates that are closed."""

    zone: str
    hours: tuple[tuple[str, ...], ...]
    closed: tuple[date, ...] = ()

    def calendar(self) -> Calendar:
        return _built(self)

    def is_open(self, at: datetime) -> bool:
        wall = at.astimezone(ZoneInfo(self.zone))
        if wall.date() in self.closed:
            return False
        reads = f"{wall:%H:%M}"
        spans = (span.split("-") for span in self.hours[wall.weekday()])
        return any(start <= reads < end for start, end in spans)


@lru_cache
def _built(week: Week) -> Calendar:
    return build_calendar(
        CalendarSpec.model_validate(
            {
                "time_zone": week.zone,
                "open": {name: list(hours) for name, hours in zip(DAY_NAMES, week.hours, strict=True)},
                "closed": [str(day) for day in week.closed],
            }
        )
    )


@dataclass(frozen=True)
class Window:
    """Some days of a week's hours, one flag for every minute of UTC; instants are minutes since `first`."""

    week: Week
    first: datetime
    days: int

    @cached_property
    def flags(self) -> tuple[bool, ...]:
        return tuple(self.week.is_open(self.at(minute)) for minute in range(self.length))

    @property
    def length(self) -> int:
        return self.days * 24 * 60

    def at(self, minute: int) -> datetime:
        return self.first + minute * MINUTE

    def between(self, start: int, end: int) -> int:
        return sum(self.flags[start:end])

    def deadline(self, start: int, minutes: int) -> datetime | None:
        """The first instant with that many open minutes behind it; None if it lies beyond the window."""
        passed = 0
        for minute in range(start, self.length):
            if passed == minutes:
                return self.at(minute)
            passed += self.flags[minute]
        return None

    def start(self, end: int, minutes: int) -> datetime | None:
        """The last instant with that many open minutes ahead of it up to `end`."""
        passed = 0
        for minute in range(end, 0, -1):
            if passed == minutes:
                return self.at(minute)
            passed += self.flags[minute - 1]
        return None

    def first_minute(self, start: int, *, holds: Callable[[bool], bool]) -> datetime | None:
        """The first instant from `start` on whose flag passes the test."""
        found = (minute for minute in range(start, self.length) if holds(self.flags[minute]))
        minute = next(found, None)
        return None if minute is None else self.at(minute)


OFFICE = (("08:00-12:00", "13:00-17:00"),) * 5 + ((), ())
SHORT_FRIDAY = (("07:30-11:45", "12:30-16:30"),) * 4 + (("07:30-15:00",), ("10:00-12:15",), ())
NIGHTS = (("00:00-06:00", "22:00-24:00"),) * 7
AROUND_CLOCK_CHANGES = (("00:00-01:15", "01:45-02:30", "02:40-03:20", "23:30-24:00"),) * 7
ALL_DAYS = (("00:00-24:00",),) * 7


def _window(zone: str, first: str, hours: tuple[tuple[str, ...], ...], *closed: str) -> Window:
    week = Week(zone=zone, hours=hours, closed=tuple(date.fromisoformat(day) for day in closed))
    return Window(week=week, first=datetime.fromisoformat(first).replace(tzinfo=UTC), days=15)


STOCKHOLM_SPRING = _window("Europe/Stockholm", "2026-03-22", SHORT_FRIDAY)
STOCKHOLM_AUTUMN = _window("Europe/Stockholm", "2026-10-18", SHORT_FRIDAY)
WINDOWS = (
    STOCKHOLM_SPRING,
    STOCKHOLM_AUTUMN,
    _window("Europe/Stockholm", "2026-03-22", AROUND_CLOCK_CHANGES),
    _window("Europe/Stockholm", "2026-10-18", AROUND_CLOCK_CHANGES),
    _window("Europe/Stockholm", "2026-10-18", NIGHTS, "2026-10-25"),
    _window("Europe/Stockholm", "2028-02-22", OFFICE),
    _window("Europe/Stockholm", "2026-12-22", OFFICE, "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01"),
    _window("Europe/Stockholm", "2026-12-25", ALL_DAYS),
    _window("America/New_York", "2026-03-01", AROUND_CLOCK_CHANGES),
    _window("America/New_York", "2026-10-25", OFFICE),
    _window("America/New_York", "2026-12-25", NIGHTS),
    _window("Asia/Kolkata", "2026-12-25", SHORT_FRIDAY, "2027-01-01"),
    _window("Pacific/Auckland", "2026-09-20", AROUND_CLOCK_CHANGES),
    _window("Pacific/Auckland", "2026-03-29", NIGHTS),
    _window("Pacific/Auckland", "2026-12-25", OFFICE, "2027-01-01"),
    _window("Australia/Lord_Howe", "2026-03-29", AROUND_CLOCK_CHANGES),
    _window("America/Santiago", "2026-03-30", AROUND_CLOCK_CHANGES),
    _window("America/Santiago", "2026-08-30", NIGHTS),
)
"""Clock changes (whole and half hours, at night and at midnight), a leap day, turns of the year, breaks."""

STOCKHOLM = "Europe/Stockholm"
CALENDARS = {
    "office": Week(zone=STOCKHOLM, hours=OFFICE).calendar(),
    "long": Week(zone=STOCKHOLM, hours=SHORT_FRIDAY).calendar(),
    "nights": Week(zone=STOCKHOLM, hours=NIGHTS).calendar(),
}
"""For ledgers, by the keys that their intervals name."""
