"""People whom mails brought along, at two tickets: one waits for a decision, one gets the desk's answers."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.notices.models import Participant
from vaxel.domain.notices.participants import let_in, name_participants
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

#: The address of a consultant and of a neighbour, with their names.
_ALONG: Final = (
    {"kim.nyhlen@radgivarna.example": "Kim Nyhlén"},
    {"samira.dahl@granaskommun.example": "Samira Dahl"},
)
_BEFORE: Final = timedelta(minutes=40)


def bring_along(stage: Stage, *, now: datetime) -> None:
    """At the newest open tickets that the desk has answered."""
    answered = Ticket.unscoped.filter(desk=stage.desk, status__in=OPEN_STATUSES, is_first_line=False)
    answered = answered.filter(customer_spoke_last=False)
    agent = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("id").first()
    for people, ticket in zip(_ALONG, answered.order_by("-last_message_at", "-id"), strict=False):
        name_participants(people, ticket=ticket, now=now - _BEFORE)
    last = Participant.unscoped.filter(desk=stage.desk).select_related("ticket").order_by("-id").first()
    if last is not None and agent is not None:
        let_in(
            scope=Scope(desk_id=stage.desk.pk),
            number=last.ticket.number,
            participant_id=last.pk,
            by=Actor(kind="staff", id=agent.pk, name=agent.name),
            now=now - _BEFORE / 2,
        )
