"""How an organisation's promises were kept, month by month: figures for whoever meets the customer.

A promise counts in the month in which it was met, or was due when it is still owed. One that was given up (the ticket
was closed, the policy decided anew) does not count, nor one that stands still.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from vaxel.domain.tickets.clocks import FIRST_ANSWER, time_taken
from vaxel.domain.tickets.models import Clock
from vaxel.kit.tenancy import Scope

#: Promises that are looked at, the newest first: more than an organisation gives in a year.
MOST: Final = 5_000
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a desk's calendar, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), tzinfo=self.zone)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=self.zone)

    @property
    def months(self) -> Iterator[date]:
        """The first day of each month that the period touches."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = next_month(month)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (
        month.replace(year=month.year + 1, month=1)
        if month.month == _DECEMBER
        else month.replace(month=month.month + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfPromises:
    """The promises of one month."""

    month: date
    given: int
    kept: int
    #: What a first answer took, in open time; None in a month without any. The lower one of two in the middle.
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class PromisesKept:
    """Every month of a period, and the whole."""

    months: tuple[MonthOfPromises, ...]
    given: int
    kept: int
    median: timedelta | None
    #: Older ones of the period were left out.
    is_cut: bool

    @property
    def share(self) -> int | None:
        """Percent of the promises that were kept, rounded down; None without any."""
        return percent(self.kept, self.given)


def percent(part: int, whole: int) -> int | None:
    """Whole percents, rounded down so that 100 means all; None of nothing."""
    return part * 100 // whole if whole else None


def promises_kept(scope: Scope, *, organisation_id: int, period: Period, now: datetime) -> PromisesKept:
    """The promises to an organisation in a period; two queries."""
    clocks = _clocks(scope, organisation_id=organisation_id, period=period, now=now)
    given, kept = Counter[date](), Counter[date]()
    taken: defaultdict[date, list[timedelta]] = defaultdict(list)
    for clock in clocks:
        month = _counts_at(clock).astimezone(period.zone).date().replace(day=1)
        given[month] += 1
        kept[month] += _was_kept(clock)
        if clock.name == FIRST_ANSWER and clock.state == Clock.State.MET:
            taken[month].append(time_taken(clock, list(clock.intervals.all()), now=now)[0])
    return PromisesKept(
        months=tuple(
            MonthOfPromises(month=month, given=given[month], kept=kept[month], median=_median(taken[month]))
            for month in period.months
        ),
        given=given.total(),
        kept=kept.total(),
        median=_median([each for times in taken.values() for each in times]),
        is_cut=len(clocks) == MOST,
    )


def _clocks(scope: Scope, *, organisation_id: int, period: Period, now: datetime) -> Sequence[Clock]:
    met = Q(state=Clock.State.MET, ended_at__gte=period.begins, ended_at__lt=period.ends)
    owed = Q(state=Clock.State.RUNNING, due_at__lte=now, due_at__gte=period.begins, due_at__lt=period.ends)
    rows = Clock.objects.within(scope).filter(met | owed, ticket__organisation=organisation_id, due_at__isnull=False)
    return list(rows.prefetch_related("intervals").order_by("-started_at", "-pk")[:MOST])


def _counts_at(clock: Clock) -> datetime:
    """The instant that decides which month it belongs to: both are there, see `_clocks`."""
    at = clock.ended_at or clock.due_at
    if at is None:
        raise ValueError(clock.pk)
    return at


def _was_kept(clock: Clock) -> bool:
    return clock.ended_at is not None and clock.due_at is not None and clock.ended_at <= clock.due_at


def _median(times: Sequence[timedelta]) -> timedelta | None:
    return sorted(times)[(len(times) - 1) // 2] if times else None
