"""Tickets that belong to the one that is read: taken out of it, made one with it, or passed on from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import JOINING, LinkSeen, customers_links
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.ticket_names import ticket_name

Kind = Link.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One of them, and what it is to this one."""

    what: str
    name: str
    subject: str
    url: str
    #: For a local contact: this ticket's page with the vendor's latest answer in the form; empty otherwise.
    use_url: str = ""


def related_to(ticket: Ticket, events: Sequence[Event], *, place: CustomerPlace) -> tuple[Related, ...]:
    """Those that the reader may read; no query for a ticket to which nothing was ever tied."""
    if not any(event.kind in JOINING or "split_from" in event.data for event in events):
        return ()
    return tuple(_related(ticket, each, place=place) for each in customers_links(place.reader, ticket=ticket))


def _related(ticket: Ticket, link: LinkSeen, *, place: CustomerPlace) -> Related:
    name, here = ticket_name(place.desk, link.number), ticket_name(place.desk, ticket.number)
    passed_on = link.kind == Kind.PASSED_ON_FROM and not link.forward
    answers = passed_on and ticket.requester_id != place.viewer.person_id
    return Related(
        what=_what()[link.kind, link.forward],
        name=name,
        subject=link.subject,
        url=portal_url("ticket", place, name=name),
        use_url=f"{portal_url('ticket', place, name=here)}?use={name}#reply" if answers else "",
    )


def _what() -> Mapping[tuple[Kind, bool], str]:
    """What the other one is to the ticket that is read."""
    return {
        (Kind.SPLIT_FROM, True): _("The question was first part of"),
        (Kind.SPLIT_FROM, False): _("One of your questions has a ticket of its own"),
        (Kind.MERGED_INTO, True): _("The ticket goes on in"),
        (Kind.MERGED_INTO, False): _("This ticket also holds"),
        (Kind.PASSED_ON_FROM, True): _("Passed on from"),
        (Kind.PASSED_ON_FROM, False): _("Passed on to us as"),
    }
