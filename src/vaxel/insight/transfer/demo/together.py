"""Tickets of the demonstration that belong together, and a question that a local contact has passed on.

Made through the doors that staff and contacts use, from questions that are there already: what somebody asks as two
things at once is the words of two of their own tickets.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Staff
from vaxel.domain.people.queries import local_contacts
from vaxel.domain.tickets.intake import NotATicketError, open_ticket
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import link_tickets
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.queries import first_words
from vaxel.domain.tickets.question import OnBehalfOf, Question
from vaxel.domain.tickets.split import Part, Sort, split_ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

_OPEN: Final = [status.value for status in OPEN_STATUSES]
#: As many unfinished questions of one asker as the three examples need.
_FEWEST: Final = 4


def tie_tickets(stage: Stage, *, now: datetime) -> None:
    """Nothing is made where the history has nobody with enough unfinished questions."""
    staff = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk")[0]
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    tickets = _of_the_busiest(stage)
    if len(tickets) >= _FEWEST:
        scope = Scope(desk_id=stage.desk.pk)
        older, younger, cause, effect = tickets[:_FEWEST]
        _ask_two_things(older, cause, stage=stage, by=by, now=now)
        merge_tickets(scope=scope, number=younger.number, other=older.number, by=by, now=now)
        link_tickets(scope=scope, number=effect.number, other=cause.number, kind=Link.Kind.CAUSED_BY, by=by, now=now)
    _pass_on(stage, now=now)


def _of_the_busiest(stage: Stage) -> list[Ticket]:
    """The unfinished questions of whoever has most of them at the vendor, oldest first, without agreed work."""
    rows = Ticket.unscoped.filter(desk=stage.desk, is_first_line=False, status__in=_OPEN)
    rows = rows.exclude(events__kind="offer-made").select_related("requester", "desk").order_by("number")
    by_asker: dict[int, list[Ticket]] = {}
    for ticket in rows:
        by_asker.setdefault(ticket.requester_id, []).append(ticket)
    return max(by_asker.values(), key=len, default=[])


def _ask_two_things(first: Ticket, second: Ticket, *, stage: Stage, by: Actor, now: datetime) -> None:
    """One question by its asker with the words of two, and the second one taken out."""
    asker, other = first.requester, first_words(second)
    question = _question_like(first, text=f"{first_words(first)}\n\n{other}")
    asked = now - timedelta(hours=1)
    actor = Actor(kind="person", id=asker.pk, name=asker.name)
    ticket = open_ticket(question, desk=stage.desk, person_id=asker.pk, by=actor, now=asked)
    if ticket.is_first_line:
        return
    split_ticket(
        scope=Scope(desk_id=stage.desk.pk),
        number=ticket.number,
        parts=[Part(message_id=Message.unscoped.get(ticket=ticket).pk, passage=other)],
        sort=Sort(subject=second.subject, kind=second.kind, product=second.product, topic=second.topic),
        by=by,
        now=now,
    )


def _pass_on(stage: Stage, *, now: datetime) -> None:
    """The newest question among colleagues whose contact may bring it to the vendor."""
    for ticket in _among_colleagues(stage):
        asker = ticket.requester
        contacts = local_contacts(desk_id=stage.desk.pk, organisation_id=ticket.organisation_id)
        contact = next((each for each in contacts if each.person_id != asker.pk), None)
        if contact is None:
            continue
        colleague = OnBehalfOf(name=asker.name, phone=asker.phone, email=asker.email)
        question = _question_like(ticket, text=first_words(ticket), on_behalf_of=colleague, passed_on_from=ticket.pk)
        by = Actor(kind="person", id=contact.person_id, name=contact.name)
        try:
            passed_on = open_ticket(question, desk=stage.desk, person_id=contact.person_id, by=by, now=now)
        except NotATicketError:
            continue
        if not passed_on.is_first_line:
            return


def _among_colleagues(stage: Stage) -> Sequence[Ticket]:
    rows = Ticket.unscoped.filter(desk=stage.desk, is_first_line=True, status__in=_OPEN)
    return list(rows.select_related("requester").order_by("-number")[:5])


def _question_like(
    ticket: Ticket, *, text: str, on_behalf_of: OnBehalfOf | None = None, passed_on_from: int | None = None
) -> Question:
    return Question(
        kind=ticket.kind,
        channel="portal",
        subject=ticket.subject,
        text=text,
        product=ticket.product,
        topic=ticket.topic,
        priority=ticket.wished_priority or ticket.priority,
        fields=ticket.fields,
        on_behalf_of=on_behalf_of,
        passed_on_from=passed_on_from,
    )
