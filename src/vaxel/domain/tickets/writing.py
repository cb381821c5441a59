"""Words on a ticket that is there: what customer and vendor say to each other, and what staff note for themselves.

What was asked to begin with is written by `intake`.
"""

from datetime import datetime

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.models import Message, Note, Ticket


def insert_message(
    ticket: Ticket,
    *,
    text: str,
    html: str = "",
    by: Actor,
    now: datetime,
    channel: str = "portal",
    language: str = "",
) -> Message:
    """Words that the customer and the vendor both read; `language` is that of the text, empty when nobody knows."""
    return Message.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        text=text,
        html=html,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        at=now,
        channel=channel,
        language=language,
    )


def insert_note(ticket: Ticket, *, text: str, html: str = "", by: Actor, now: datetime) -> Note:
    """Words for staff alone."""
    return Note.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        text=text,
        html=html,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        at=now,
    )
