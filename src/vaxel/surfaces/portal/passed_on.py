"""A question that a local contact has passed on: the way to the vendor, and the way of the answer back (A12)."""

from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import customers_links
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import messages_of
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.ui.gate import CustomerPlace


def latest_answer(ticket: Ticket, *, used: str, place: CustomerPlace) -> str | None:
    """What the vendor wrote last in the ticket that this question was passed on as, for the contact to pass back.

    None while nothing was answered, and for a ticket that this question was not passed on as; 404 for one that the
    reader may not read.
    """
    passed_on = ticket_named(used, place=place)
    tied = any(
        each.kind == Link.Kind.PASSED_ON_FROM and not each.forward and each.number == passed_on.number
        for each in customers_links(place.reader, ticket=ticket)
    )
    answers = [message.text for message in messages_of(passed_on) if message.by_kind == "staff"] if tied else []
    return answers[-1] if answers else None
