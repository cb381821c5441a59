"""A customer's ticket by the name that stands in the address."""

from django.http import Http404

from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import customers_ticket
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.ticket_names import number_of


def ticket_named(name: str, *, place: CustomerPlace) -> Ticket:
    """The ticket that they may read; 404 for any other, whether it exists or not."""
    try:
        return customers_ticket(place.reader, number=number_of(place.desk, name))
    except TicketMissingError as error:
        raise Http404 from error
