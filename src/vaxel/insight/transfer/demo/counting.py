"""What has been asked at the small desk whose terms count: few tickets, each written out in the desk's file.

The other desks' histories are made up and differ from day to day; here it matters how many there are of each kind, for
that is what the customers' quotas are counted from.
"""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.intake import open_ticket
from vaxel.domain.tickets.lifecycle import assign
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.insight.transfer.demo.files import TicketPart
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

_PORTAL: Final = "portal"
_ANSWERED_AFTER: Final = timedelta(hours=2)


def ask_what_counts(stage: Stage, *, now: datetime) -> None:
    """Every ticket of the desk's file, the oldest first, through the doors that people use."""
    for part in sorted(stage.cast.file.tickets, key=lambda one: -one.hours):
        at = now - timedelta(hours=part.hours)
        ticket = _ask(part, stage=stage, now=at)
        if part.answers:
            _answer(ticket, part, stage=stage, now=at + _ANSWERED_AFTER)


def _ask(part: TicketPart, *, stage: Stage, now: datetime) -> Ticket:
    asker = next(one for one in stage.cast.people if one.email == part.asker)
    question = Question(
        kind=part.kind,
        channel=_PORTAL,
        subject=part.subject,
        text=part.asks,
        product=part.product,
        priority=part.priority,
        language=asker.language,
    )
    return open_ticket(question, desk=stage.desk, person_id=stage.people[asker.index], by=stage.actor(asker), now=now)


def _answer(ticket: Ticket, part: TicketPart, *, stage: Stage, now: datetime) -> None:
    """By the member of staff whom the file names, who takes the ticket too."""
    agent = next(one for one in stage.cast.staff if one.name == part.by)
    scope, by = Scope(desk_id=stage.desk.pk), Actor(kind="staff", id=stage.staff[agent.index], name=agent.name)
    assign(scope=scope, number=ticket.number, staff_id=stage.staff[agent.index], by=by, now=now)
    reply(
        scope=scope,
        number=ticket.number,
        text=part.answers,
        by=by,
        now=now,
        channel=_PORTAL,
        then=Status.SOLVED if part.solved else None,
    )
