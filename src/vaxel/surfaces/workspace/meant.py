"""The ticket that somebody means who types its name or its number."""

from django.http import Http404

from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import number_of


def ticket_meant(place: StaffPlace, name: str) -> Ticket | None:
    """The ticket of that name ("KOM-1042") or number, if there is one at the desk; one query at most."""
    typed = name if "-" in name else f"{place.desk.prefix}-{name}"
    try:
        return staff_ticket(place.scope, number=number_of(place.desk, typed))
    except (Http404, TicketMissingError):
        return None
