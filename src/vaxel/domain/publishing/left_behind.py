"""What customers have that a draft has no name for any more: nothing of it is moved by publishing."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Agreement, RoleHolder
from vaxel.domain.people.organisations import plans_in_force
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, say

_OPEN: Final = [status.value for status in OPEN_STATUSES]


def left_behind(desk: Desk, before: PolicyFile, after: PolicyFile, *, now: datetime) -> tuple[Sentence, ...]:
    """What would be left with names that go, each with how many; at most a query for each section and name."""
    return tuple(_left(desk, before, after, now=now))


def _left(desk: Desk, before: PolicyFile, after: PolicyFile, *, now: datetime) -> Iterator[Sentence]:
    today = desk.day_of(now)
    plans = plans_in_force(desk, today=today)
    for name in _gone(before.plans, after.plans):
        yield from _told("left.plan", name, plans.get(name, 0))
    agreements = Agreement.unscoped.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), desk=desk)
    for name in _gone(before.products, after.products):
        yield from _told("left.product", name, agreements.filter(products__contains=[name]).count())
    for name in _gone(before.facts, after.facts):
        yield from _told("left.fact", name, agreements.filter(facts__has_key=name).count())
    for name in _gone(before.roles, after.roles):
        yield from _told("left.role", name, RoleHolder.unscoped.filter(desk=desk, role=name).count())
    for code, column, names in (
        ("left.kind", "kind", _gone(before.kinds, after.kinds)),
        ("left.destination", "destination", _gone(before.destinations, after.destinations)),
    ):
        tickets = Ticket.unscoped.filter(desk=desk, status__in=_OPEN, **{f"{column}__in": names})
        counts = dict(tickets.values_list(column).annotate(count=Count("pk"))) if names else {}
        for name in names:
            yield from _told(code, name, counts.get(name, 0))


def _gone(before: Iterable[str], after: Container[str]) -> list[str]:
    return [name for name in before if name not in after]


def _told(code: str, name: str, count: int) -> Iterator[Sentence]:
    if count:
        yield say(code, name=name, count=count)
