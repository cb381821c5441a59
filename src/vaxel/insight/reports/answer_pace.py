"""How long first answers take just now at each team, against what was promised: measured hourly, kept in the cache.

A team is slow when the median of its last seven days is clearly above the median of what was promised. Both count as
the promises do: open time, without the time in which the customer had the ball. Questions that are overdue and not
answered count with the time so far; else a team that answers nobody would look fast.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db.models import Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.clocks import FIRST_ANSWER, time_taken
from vaxel.domain.tickets.models import Clock

WINDOW: Final = timedelta(days=7)
#: Fewer answers than this say nothing about the next one.
FEWEST: Final = 10
#: How many times the promise it takes before customers are told.
MARGIN: Final = 1.25
#: A figure that no worker has renewed since is not told any more.
_KEPT: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Pace:
    """What the first answers of a team took, in open time."""

    destination: str
    taken: timedelta
    promised: timedelta
    answers: int

    @property
    def is_slow(self) -> bool:
        """Customers are told."""
        return self.answers >= FEWEST and self.taken > MARGIN * self.promised


def measure_paces(*, now: datetime) -> None:
    """Measure every desk anew."""
    for desk_id in Desk.objects.values_list("pk", flat=True):
        slow = tuple(pace for pace in paces(desk_id, now=now) if pace.is_slow)
        cache.set(_key(desk_id), slow, timeout=_KEPT.total_seconds())


def slow_teams(desk_id: int) -> Sequence[Pace]:
    """The teams that were slow when it was last measured; one query."""
    slow: Sequence[Pace] = cache.get(_key(desk_id), ())
    return slow


def paces(desk_id: int, *, now: datetime) -> list[Pace]:
    """The pace of each team that has promised answers in these days; two queries."""
    by_team: defaultdict[str, list[tuple[timedelta, timedelta]]] = defaultdict(list)
    for clock in _clocks(desk_id, now=now):
        if _is_team(clock):
            by_team[clock.ticket.destination].append(time_taken(clock, list(clock.intervals.all()), now=now))
    return [
        Pace(
            destination=team,
            taken=_median([taken for taken, _promised in times]),
            promised=_median([promised for _taken, promised in times]),
            answers=len(times),
        )
        for team, times in sorted(by_team.items())
    ]


def _median(times: Sequence[timedelta]) -> timedelta:
    """The lower one of two: what is told is never more than it was."""
    return sorted(times)[(len(times) - 1) // 2]


def _clocks(desk_id: int, *, now: datetime) -> Iterable[Clock]:
    answered = Q(state=Clock.State.MET, ended_at__gt=now - WINDOW, ended_at__lte=now)
    overdue = Q(state=Clock.State.RUNNING, due_at__lte=now)
    rows = Clock.unscoped.filter(answered | overdue, desk=desk_id, name=FIRST_ANSWER, due_at__isnull=False)
    return rows.filter(ticket__is_first_line=False).select_related("ticket").prefetch_related("intervals")


def _is_team(clock: Clock) -> bool:
    """One person's days say nothing of a team's."""
    place = policy_version(clock.ticket.policy_id).file.destinations.get(clock.ticket.destination)
    return place is not None and place.type == "team"


def _key(desk_id: int) -> str:
    return f"answer-pace:{desk_id}"
