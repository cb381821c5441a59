"""What the local contacts tell each other of a colleague's question, as they read it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from vaxel.domain.tickets.among_contacts import notes_among_contacts
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Moment, Person
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import safe_html


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    id: str
    author: Person
    at: Moment
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesShown:
    """The notes, oldest first, and the form of the next one; `url` is empty on a closed ticket."""

    notes: tuple[NoteShown, ...]
    #: Who never sees them.
    asker: str
    typed: str
    error: str
    url: str


def notes_on(ticket: Ticket, *, place: CustomerPlace, language: str, typed: str, error: str) -> NotesShown:
    """One query; for whoever may not read notes there are none."""
    zone, name = ZoneInfo(place.desk.time_zone), ticket_name(place.desk, ticket.number)
    closed = ticket.status == Status.CLOSED
    return NotesShown(
        notes=tuple(
            NoteShown(
                id=f"n{note.pk}",
                author=Person(name=note.by_name, initials=initials(note.by_name)),
                at=moment(note.at, now=place.now, zone=zone, language=language),
                html=safe_html("", text=note.text),
            )
            for note in notes_among_contacts(place.reader, ticket=ticket)
        ),
        asker=ticket.requester.name,
        typed=typed,
        error=error,
        url="" if closed else portal_url("ticket_notes", place, name=name),
    )
