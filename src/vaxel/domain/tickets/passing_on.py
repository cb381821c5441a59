"""A question to the local contacts that one of them brings to the vendor (A12).

The vendor gets a ticket of its own with what was chosen for it, and never sees the question that stays behind.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.copying import copy_files
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.locking import store_change
from vaxel.domain.tickets.models import Attachment, Draft, Ticket
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import DONE, Status


@transaction.atomic(durable=True)
def begin_passing_on(
    ticket: Ticket, *, person_id: int, message_ids: Sequence[int], data: dict[str, Any], now: datetime
) -> Draft:
    """A question to the vendor begun from a colleague's: with these answers, and the files of the chosen messages.

    What was not chosen is not in it; the reader's right to the ticket is the caller's to check.
    """
    draft = new_draft(
        desk_id=ticket.desk_id, organisation_id=ticket.organisation_id, person_id=person_id, data=data, now=now
    )
    copy_files(Attachment.unscoped.filter(message__ticket=ticket, message__in=message_ids), draft=draft)
    return draft


def remember_passing_on(question: Question, *, ticket: Ticket, by: Actor, now: datetime) -> None:
    """Tie the vendor's new ticket to the colleagues' question that it came from, which waits for the answer now.

    In the transaction that opens the ticket. A question of another organisation, or one that is not with the local
    contacts any more, is left alone.
    """
    if question.passed_on_from is None or ticket.is_first_line:
        return
    asked = Ticket.unscoped.select_for_update().filter(
        pk=question.passed_on_from, organisation_id=ticket.organisation_id, is_first_line=True
    )
    behind = asked.first()
    if behind is None:
        return
    Link.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        other_id=behind.pk,
        kind=Link.Kind.PASSED_ON_FROM,
        at=now,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
    )
    if behind.status not in DONE:
        behind.status = Status.WAITING_THIRD_PARTY
    behind.customer_spoke_last = False
    store_change(behind, "status", "customer_spoke_last", now=now)
    # Customers read their own ticket's history; the vendor has no way to the one that stayed behind.
    record_event(EventKind.PASSED_ON, ticket=behind, by=by, now=now, other=ticket.number)
    record_event(EventKind.PASSED_ON, ticket=ticket, by=by, now=now)
