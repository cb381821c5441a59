"""One UTC year of opening hours as instants, made once per calendar and year and then searched by bisection.

Instants are whole microseconds since 1970-01-01T00:00Z: the finest that Python's datetime has, so nothing is ever
rounded. Daylight saving needs one rule only: **a desk is open at an instant when its wall clock then reads a time
inside the hours of that date.** Hours in the skipped hour of spring do not occur; hours in the repeated hour of
autumn occur twice; and hours that do not overlap on paper never overlap in time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from vaxel.rules.targets.hours import Hours

MICROS: Final = 1_000_000
_DAY: Final = 86_400
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class YearTable:
    """Span i is open from starts[i] up to ends[i]; before[i] is the open time of the year before it."""

    begin: int
    end: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    total: int


def compile_year(year: int, *, zone: ZoneInfo, hours_on: Callable[[date], Hours]) -> YearTable:
    """Lay out the hours of every local date that touches the UTC year."""
    begin, end = _new_year(year), _new_year(year + 1)
    starts: list[int] = []
    ends: list[int] = []
    for start, stop in _open_spans(begin, end, zone=zone, hours_on=hours_on):
        if ends and ends[-1] == start:
            ends[-1] = stop  # midnight, or the moment of a clock change, inside continuous hours
        else:
            starts.append(start)
            ends.append(stop)
    before: list[int] = []
    total = 0
    for start, stop in zip(starts, ends, strict=True):
        before.append(total)
        total += stop - start
    return YearTable(
        begin=begin * MICROS,
        end=end * MICROS,
        starts=tuple(second * MICROS for second in starts),
        ends=tuple(second * MICROS for second in ends),
        before=tuple(second * MICROS for second in before),
        total=total * MICROS,
    )


def _open_spans(
    begin: int, end: int, *, zone: ZoneInfo, hours_on: Callable[[date], Hours]
) -> Iterator[tuple[int, int]]:
    """Open spans in seconds of UTC, in order; a span may be cut where the wall clock is changed."""
    for run_begin, run_end, offset in _offset_runs(begin, end, zone):
        local_begin, local_end = run_begin + offset, run_end + offset
        for day in range(local_begin // _DAY, -(-local_end // _DAY)):
            midnight = day * _DAY
            for span in hours_on(date.fromordinal(_EPOCH_ORDINAL + day)):
                start = max(midnight + span.start * 60, local_begin)
                stop = min(midnight + span.end * 60, local_end)
                if start < stop:
                    yield start - offset, stop - offset


def _offset_runs(begin: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Cut [begin, end) where the zone's distance from UTC changes: (begin, end, offset), all in seconds.

    Looks once a day, so two changes within 24 hours that cancel each other would go unseen; no zone has such.
    """
    run_begin, offset = begin, _offset(zone, begin)
    for probe in range(begin + _DAY, end + _DAY, _DAY):
        changed = _offset(zone, probe)
        if changed == offset:
            continue
        change = _first_second_of(changed, after=probe - _DAY, until=probe, zone=zone)
        yield run_begin, change, offset
        run_begin, offset = change, changed
    yield run_begin, end, offset


def _first_second_of(offset: int, *, after: int, until: int, zone: ZoneInfo) -> int:
    while until - after > 1:
        middle = (after + until) // 2
        if _offset(zone, middle) == offset:
            until = middle
        else:
            after = middle
    return until


def _offset(zone: ZoneInfo, second: int) -> int:
    return (datetime.fromtimestamp(second, zone).utcoffset() or timedelta()) // timedelta(seconds=1)


def _new_year(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
