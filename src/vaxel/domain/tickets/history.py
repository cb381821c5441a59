"""What has been decided, for another policy to decide again.

Questions that stayed with the customer's local contacts are among them: they were decided too. Those that staff have
handed over by hand are not: no policy has decided where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vaxel.domain.desks.models import Desk
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.models import Ticket
from vaxel.rules.policy import Decision, Facts

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A question as it was decided. One of the first line is the customer's own: its number is told to nobody else."""

    number: int
    is_first_line: bool
    facts: Facts
    decision: Decision
    at: datetime


def decided_since(desk: Desk, *, since: datetime) -> Iterator[tuple[str, Facts, Decision, datetime]]:
    """Name, facts, decision and instant of every question since then, oldest first; memory stays flat."""
    for each in _each(_rows(desk, since=since).order_by("created_at", "id")):
        yield f"{desk.prefix}-{each.number}", each.facts, each.decision, each.at


def decided_questions(desk: Desk, *, since: datetime, most: int) -> Iterator[Decided]:
    """The newest questions since then, newest first; memory stays flat."""
    return _each(_rows(desk, since=since).order_by("-created_at", "-id")[:most])


def count_decided(desk: Desk, *, since: datetime) -> int:
    """How many there are."""
    return _rows(desk, since=since).count()


def _rows(desk: Desk, *, since: datetime) -> QuerySet[Ticket]:
    return Ticket.unscoped.filter(desk=desk, created_at__gte=since, handed_to="")


def _each(rows: QuerySet[Ticket]) -> Iterator[Decided]:
    columns = rows.values_list("number", "is_first_line", "facts", "decision", "created_at")
    for number, is_first_line, facts, decision, at in columns.iterator(chunk_size=_AT_A_TIME):
        yield Decided(
            number=number,
            is_first_line=is_first_line,
            facts=facts_from_json(facts),
            decision=Decision.from_json(decision),
            at=at,
        )
