"""The ledger of one clock: its running and paused intervals, and what follows from them.

A clock measures one promise on one ticket. Its intervals follow on each other without gap or overlap, the last one
may be open, and each names the calendar version that held during it. What is consumed is the open time of the running
intervals, each under its own calendar; nothing else is stored, so no pause, plan or priority can lose or invent time.

Functions take the intervals in order and return the new tuple; storing it as rows is the caller's. An instant before
the last known one, as when the machine's clock steps back, counts as that last one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from vaxel.rules.targets.business_time import (
    business_start_before,
    open_days_deadline,
    open_time_between,
    wall_clock_deadline,
)
from vaxel.rules.targets.calendars import Calendar
from vaxel.rules.targets.target import BusinessDuration, OpenDays, SameDay, TargetSpec, WallClock, deadline

State = Literal["running", "paused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From `start` up to `end`, which is None while it lasts. `calendar` names a calendar version; None is the wall
    clock, by which every minute counts.
    """

    start: datetime
    end: datetime | None = None
    state: State = "running"
    calendar: str | None = None


Ledger = tuple[Interval, ...]


def start_clock(*, at: datetime, calendar: str | None, state: State = "running") -> Ledger:
    """A new clock."""
    return (Interval(start=at, state=state, calendar=calendar),)


def pause(ledger: Sequence[Interval], *, at: datetime) -> Ledger:
    """Stop counting, as while the customer is asked something. A paused or stopped clock stays as it is."""
    if _last(ledger).end is not None:
        return tuple(ledger)
    return _turn(ledger, at=at, state="paused", calendar=_last(ledger).calendar)


def resume(ledger: Sequence[Interval], *, at: datetime) -> Ledger:
    """Count on. A running clock stays as it is; in a stopped one the time since counts as paused."""
    return _turn(ledger, at=at, state="running", calendar=_last(ledger).calendar)


def switch(ledger: Sequence[Interval], *, at: datetime, calendar: str | None) -> Ledger:
    """Count by another calendar from `at` on, running or paused as before; what is consumed stays consumed.

    A stopped clock stays as it is.
    """
    if _last(ledger).end is not None:
        return tuple(ledger)
    return _turn(ledger, at=at, state=_last(ledger).state, calendar=calendar)


def stop(ledger: Sequence[Interval], *, at: datetime) -> Ledger:
    """End the clock: the promise is kept or no longer asked for. A stopped clock stays as it is."""
    last = _last(ledger)
    if last.end is not None:
        return tuple(ledger)
    return (*ledger[:-1], replace(last, end=max(at, last.start)))


def is_paused(ledger: Sequence[Interval]) -> bool:
    return _last(ledger).state == "paused"


def consumed(ledger: Sequence[Interval], *, calendars: Mapping[str, Calendar], now: datetime) -> timedelta:
    """The time that counted up to `now`, exactly: open time, or elapsed time in wall-clock intervals."""
    check_ledger(ledger)
    return sum((_counted(interval, calendars=calendars, now=now) for interval in ledger), timedelta())


def due(
    spec: TargetSpec,
    ledger: Sequence[Interval],
    *,
    calendars: Mapping[str, Calendar],
    promised_at: datetime | None = None,
) -> datetime | None:
    """When the answer is due, in UTC; None while the clock is paused or after it stopped in time.

    A duration is due at the first instant at which the clock runs and has consumed it. A day target is due as if the
    question had come just so much counted time before the running interval as the intervals before it have consumed:
    a same-day question that waited for the customer past the cut-off is due the next business day, and a pause
    without open time in it changes nothing. If that instant fell into the pause itself, the answer to a same-day
    question is due as if it came at the resume, and that of open days when the next open date closes.

    A promise once broken stays due at the instant when it was broken, whatever came later. `promised_at` is when this
    spec was promised, if an earlier one held before: nothing is due before it was promised.

    Raises ValueError if a day target runs by the wall clock, which has no days.
    """
    check_ledger(ledger)
    counted = timedelta()
    ran_until: datetime | None = None
    for interval in ledger:
        if interval.state == "paused":
            continue
        end = interval.end
        if end is None or promised_at is None or end > promised_at:
            promise = _due_in(
                spec, interval, came=ledger[0].start, counted=counted, ran_until=ran_until, calendars=calendars
            )
            if end is None or promise < end:
                return promise if promised_at is None else max(promise, promised_at)
        if end is not None:
            counted += _counted(interval, calendars=calendars, now=end)
        ran_until = end
    return None


def check_ledger(ledger: Sequence[Interval]) -> None:
    """Raise ValueError if an interval ends before its start, or does not begin where the one before it ended."""
    for interval in ledger:
        if interval.end is not None and interval.end < interval.start:
            raise ValueError(f"an interval ends at {interval.end}, before its start {interval.start}")
    for earlier, later in pairwise(ledger):
        if earlier.end is None:
            raise ValueError(f"the interval of {earlier.start} is open, and another follows it at {later.start}")
        if earlier.end != later.start:
            raise ValueError(f"the interval after {earlier.end} starts at {later.start}: they must meet")


def _turn(ledger: Sequence[Interval], *, at: datetime, state: State, calendar: str | None) -> Ledger:
    last = _last(ledger)
    if last.end is not None:
        at = max(at, last.end)
        stopped = Interval(start=last.end, end=at, state="paused", calendar=last.calendar)
        return (*ledger, stopped, Interval(start=at, state=state, calendar=calendar))
    if (last.state, last.calendar) == (state, calendar):
        return tuple(ledger)
    at = max(at, last.start)
    return (*ledger[:-1], replace(last, end=at), Interval(start=at, state=state, calendar=calendar))


def _last(ledger: Sequence[Interval]) -> Interval:
    if not ledger:
        raise ValueError("the clock has no interval: start it first")
    return ledger[-1]


def _counted(interval: Interval, *, calendars: Mapping[str, Calendar], now: datetime) -> timedelta:
    end = now if interval.end is None else min(interval.end, now)
    if interval.state == "paused" or end <= interval.start:
        return timedelta()
    if interval.calendar is None:
        return end - interval.start
    return open_time_between(_named(calendars, interval.calendar), interval.start, end)


def _due_in(
    spec: TargetSpec,
    interval: Interval,
    *,
    came: datetime,
    counted: timedelta,
    ran_until: datetime | None,
    calendars: Mapping[str, Calendar],
) -> datetime:
    """When the answer is due if the clock runs on from this interval, of which `counted` is already consumed.

    A duration counts as its interval counts, so a promise that went from office hours to the wall clock keeps both.
    `ran_until` is where the running interval before this one ended, and `came` when the question came: what is counted
    back to the opening after it was asked while the desk was closed, perhaps on another date.
    """
    if interval.calendar is None:
        if isinstance(spec, SameDay | OpenDays):
            raise ValueError(f"a {spec.kind} target cannot run by the wall clock: name a calendar")
        promise = wall_clock_deadline(interval.start - counted, spec.minutes)
        return max(promise, interval.start)
    calendar = _named(calendars, interval.calendar)
    asked = business_start_before(calendar, interval.start, counted)
    if asked > came and not open_time_between(calendar, came, asked):
        asked = came
    if isinstance(spec, WallClock):
        spec = BusinessDuration(minutes=spec.minutes)
    promise = deadline(spec, calendar, asked)
    if promise < interval.start and ran_until is not None and promise >= ran_until:
        promise = _due_after_pause(spec, calendar, resumed=interval.start)
    return max(promise, interval.start)


def _due_after_pause(spec: TargetSpec, calendar: Calendar, *, resumed: datetime) -> datetime:
    if isinstance(spec, SameDay):
        return deadline(spec, calendar, resumed)
    return open_days_deadline(calendar, resumed, 0) if isinstance(spec, OpenDays) else resumed


def _named(calendars: Mapping[str, Calendar], name: str) -> Calendar:
    if name not in calendars:
        raise ValueError(f'calendar "{name}" of an interval was not passed: pass every version that intervals name')
    return calendars[name]
