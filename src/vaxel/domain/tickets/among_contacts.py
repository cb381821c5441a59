"""Notes among a customer's own contacts on what a colleague has asked them (A12): written, and read.

They leave no event, no mail and no newer ticket behind: nothing tells the asker, or later the vendor, that there are
any.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.conversation import TicketClosedError
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.domain.tickets.status import Status


@transaction.atomic(durable=True)
def note_among_contacts(*, reader: Reader, number: int, text: str, by: Actor, now: datetime) -> ContactsNote:
    """Add a note to a colleague's question. The same words sent twice in a row are the first one's note.

    Raises TicketMissingError for whoever is not one of those asked, or asked it themselves, and TicketClosedError.
    """
    ticket = _asked_by_colleagues(reader).select_for_update().filter(number=number).first()
    if ticket is None:
        raise TicketMissingError(number)
    if ticket.status == Status.CLOSED:
        raise TicketClosedError(number)
    newest = ContactsNote.unscoped.filter(ticket_id=ticket.pk).order_by("-at", "-id").first()
    if newest is not None and (newest.by_id, newest.text) == (reader.person_id, text):
        return newest
    return ContactsNote.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        text=text,
        by_id=reader.person_id,
        by_name=by.name,
        at=now,
    )


def notes_among_contacts(reader: Reader, *, ticket: Ticket) -> list[ContactsNote]:
    """What the contacts have noted on it, oldest first; nothing for whoever may not read that. One query."""
    asked = _asked_by_colleagues(reader).filter(pk=ticket.pk)
    return list(ContactsNote.objects.within(reader.scope).filter(ticket__in=asked).order_by("at", "id"))


def _asked_by_colleagues(reader: Reader) -> QuerySet[Ticket]:
    """The questions that the reader answers as a local contact. A contact's own question is the other contacts'."""
    return tickets_of(reader, everyone=True).filter(is_first_line=True).exclude(requester_id=reader.person_id)
