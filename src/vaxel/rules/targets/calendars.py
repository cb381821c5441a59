"""A compiled calendar: when a desk is open, answered by bisection in tables of one year each.

All instants are aware datetimes; answers are in UTC. A naive datetime raises ValueError.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets.dates import DayRange
from vaxel.rules.targets.hours import MINUTES_PER_DAY, Hours, Span, merge_hours
from vaxel.rules.targets.public_holidays import eves, public_holidays
from vaxel.rules.targets.spec import CalendarSpec, check_time_zone
from vaxel.rules.targets.year_table import YearTable, compile_year

FIRST_YEAR: Final = 1970
#: The holidays package knows no later year.
LAST_YEAR: Final = 2100
LONGEST_CLOSED_DAYS: Final = 366
_ORDINARY_YEAR: Final = 2025
_ANY_MONDAY: Final = date(2024, 1, 1)
_ONE_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ALL_DAY: Final[Hours] = (Span(0, MINUTES_PER_DAY),)


class Calendar:
    """Opening hours of one desk. Immutable in meaning: years are compiled when first asked for, and kept."""

    __slots__ = ("_spec", "_years", "zone")

    def __init__(self, spec: CalendarSpec, *, zone: ZoneInfo) -> None:
        self._spec = spec
        self._years: dict[int, YearTable] = {}
        self.zone: Final = zone

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at that instant. The closing instant itself is closed."""
        return self.open_at(micros(at))

    def next_opening(self, at: datetime) -> datetime:
        """The first instant from `at` on when the desk is open: `at` itself if it is open."""
        return instant(self.opening_from(micros(at)))

    def next_closing(self, at: datetime) -> datetime | None:
        """The first instant from `at` on when the desk is closed: `at` itself if it is closed.

        None if it stays open for more than a year, as round the clock does.
        """
        now = micros(at)
        for table in self.tables_from(now):
            span = bisect_right(table.starts, now) - 1
            if span < 0 or table.ends[span] <= now:
                return instant(now)
            now = table.ends[span]
            if now < table.end:
                return instant(now)
            if now - micros(at) > LONGEST_CLOSED_DAYS * _ONE_DAY // _MICROSECOND:
                return None
        return None

    def hours_on(self, day: date) -> Hours:
        """The hours of a local date, in order, neither touching nor overlapping; empty means closed."""
        spec = self._spec
        if spec.always:
            return _ALL_DAY
        hours = self._hours_before_extra(day)
        extra = named_hours(spec.extra_open, day)
        return merge_hours(hours + extra) if extra else merge_hours(hours)

    def week(self) -> tuple[Hours, ...]:
        """The hours of an ordinary Monday, Tuesday and so on to Sunday."""
        if self._spec.always:
            return (_ALL_DAY,) * 7
        return tuple(merge_hours(self._spec.week_hours(_ANY_MONDAY + _ONE_DAY * ahead)) for ahead in range(7))

    def _hours_before_extra(self, day: date) -> Hours:
        spec = self._spec
        if any(closed.covers(day) for closed in spec.closed):
            return ()
        if self._is_day_off(day):
            return spec.holiday_hours
        week_hours = spec.week_hours(day)
        if not week_hours:
            return ()
        half_day = named_hours(spec.half_days, day)
        if half_day is not None:
            return half_day
        if spec.day_before_holiday is not None and self._is_public_holiday(day + _ONE_DAY):
            return spec.day_before_holiday
        return week_hours

    def _is_day_off(self, day: date) -> bool:
        spec = self._spec
        if spec.holidays is None:
            return False
        return self._is_public_holiday(day) or (spec.eves and day in eves(spec.holidays, spec.region, day.year))

    def _is_public_holiday(self, day: date) -> bool:
        spec = self._spec
        return spec.holidays is not None and day in public_holidays(spec.holidays, spec.region, day.year)

    # What the arithmetic beside this file needs: instants as microseconds since 1970-01-01T00:00Z.

    def open_at(self, now: int) -> bool:
        table = self.table_at(now)
        span = bisect_right(table.starts, now) - 1
        return span >= 0 and now < table.ends[span]

    def opening_from(self, now: int) -> int:
        for table in self.tables_from(now):
            span = bisect_right(table.ends, now)
            if span < len(table.ends):
                return max(now, table.starts[span])
        raise beyond_years()

    def last_close(self, day: date) -> int:
        """When the hours of a local date end for the last time; the date must have open hours."""
        end = self.midnight(day + _ONE_DAY)
        table = self.table_at(end - 1)
        if not table.starts or table.starts[0] >= end:
            table = self.year(_year_of(table.begin) - 1)  # the date began in the UTC year before, and closed there
        return min(table.ends[bisect_left(table.starts, end) - 1], end)

    def midnight(self, day: date) -> int:
        """The first instant of a local date."""
        return micros(datetime.combine(day, time.min, self.zone))

    def local(self, now: int) -> datetime:
        """The wall clock at an instant."""
        return instant(now).astimezone(self.zone)

    def tables_from(self, now: int) -> Iterator[YearTable]:
        for year in range(_year_of(now), LAST_YEAR + 1):
            yield self.year(year)

    def tables_back_from(self, now: int) -> Iterator[YearTable]:
        for year in range(_year_of(now), FIRST_YEAR - 1, -1):
            yield self.year(year)

    def table_at(self, now: int) -> YearTable:
        return self.year(_year_of(now))

    def year(self, year: int) -> YearTable:
        table = self._years.get(year)
        if table is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise beyond_years()
            table = self._years[year] = compile_year(year, zone=self.zone, hours_on=self.hours_on)
        return table


def build_calendar(spec: CalendarSpec, *, default_zone: str = "UTC") -> Calendar:
    """Compile a calendar. `default_zone` (IANA) holds where the spec names no zone.

    Raises SentenceError if the calendar stays closed for more than 366 days on end, because no promise
    could be kept in it.
    """
    calendar = Calendar(spec, zone=ZoneInfo(check_time_zone(spec.time_zone or default_zone)))
    for first, last in _telling_years(spec):
        _refuse_long_closing(calendar, date(first, 1, 1), until=date(last, 12, 31))
    return calendar


def _telling_years(spec: CalendarSpec) -> list[tuple[int, int]]:
    """Runs of years that stand for all: around each year that the spec names, and two that it does not."""
    spans = (*spec.half_days, *spec.extra_open, *spec.closed)
    named = {day.year for span in spans for day in (span.first, span.last) if isinstance(day, date)}
    ordinary = next(year for year in range(_ORDINARY_YEAR, LAST_YEAR) if not {year, year + 1} & named)
    around = [(max(year - 1, 1), min(year + 1, LAST_YEAR)) for year in sorted(named)]
    return [*around, (ordinary, ordinary + 1)]


def _refuse_long_closing(calendar: Calendar, stone: date, *, until: date) -> None:
    """Cross the years on open days as on stepping stones, each the farthest in reach of the one before."""
    while stone < until:
        within_reach = (stone + _ONE_DAY * step for step in range(LONGEST_CLOSED_DAYS, 0, -1))
        farthest = next((day for day in within_reach if calendar.hours_on(day)), None)
        if farthest is None:
            raise SentenceError(say("hours.never-open", days=LONGEST_CLOSED_DAYS, after=str(stone)))
        stone = farthest


def named_hours(hours: dict[DayRange, Hours], day: date) -> Hours | None:
    """What a table of dates says about a date: one date before a range, and a full date before a yearly one."""
    covering = [span for span in hours if span.covers(day)]
    return hours[min(covering, key=lambda span: (not span.single, span.yearly))] if covering else None


def micros(at: datetime) -> int:
    """An aware datetime as microseconds since 1970-01-01T00:00Z."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: pass an aware datetime")
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant(now: int) -> datetime:
    """Microseconds since 1970-01-01T00:00Z as a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=now)


def beyond_years() -> ValueError:
    return ValueError(f"calendars reach from {FIRST_YEAR} through {LAST_YEAR}, and this instant lies outside")


def _year_of(now: int) -> int:
    return instant(now).year
