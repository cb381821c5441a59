"""The customer behind a page as the reads take them, and their own ticket by its public name."""

from django.http import Http404

from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, customers_ticket
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.ticket_names import number_of


def reader_of(place: CustomerPlace) -> Reader:
    """What this person may read."""
    viewer = place.viewer
    return Reader(
        scope=place.scope,
        person_id=viewer.person_id,
        sees_organisation=viewer.rights.sees_organisation,
        is_local_contact=viewer.is_local_contact,
    )


def ticket_named(name: str, *, place: CustomerPlace) -> Ticket:
    """The ticket that they may read; 404 for any other, whether it exists or not."""
    try:
        return customers_ticket(reader_of(place), number=number_of(place.desk, name))
    except TicketMissingError as error:
        raise Http404 from error
