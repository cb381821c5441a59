"""What belongs to a ticket, as its page and the page about it show it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from vaxel.domain.tickets.link import CHOSEN_BY_STAFF, Link
from vaxel.domain.tickets.linking import JOINING, LinkSeen, links_of
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status
from vaxel.domain.tickets.thread_view import EventSeen
from vaxel.kit.values import value
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels

Kind = Link.Kind


@value(kw_only=True)
class Other:
    """One ticket that belongs to this one, and what it is to it."""

    #: "Part of", "Duplicate of", "Taken out of" …
    what: str
    name: str
    subject: str
    status: str
    url: str
    #: Takes it back; empty where there is nothing to take back from here.
    undo_url: str
    #: What taking back is called: a merge is taken apart, a link is removed.
    undo: str


@value(kw_only=True)
class Together:
    """The others, and where more is done about it."""

    others: tuple[Other, ...]
    url: str
    #: Empty on a closed ticket.
    split_url: str


def together_of(place: StaffPlace, ticket: Ticket, *, events: Sequence[EventSeen], labels: Labels) -> Together:
    """No query for a ticket to which nothing was ever tied, one for the others."""
    name = ticket_name(place.desk, ticket.number)
    tied = any(event.kind in JOINING or "split_from" in event.data for event in events)
    return Together(
        others=others_of(place, ticket.number, labels=labels) if tied else (),
        url=workspace_url("together", place, name=name),
        split_url="" if ticket.status == Status.CLOSED else workspace_url("split", place, name=name),
    )


def others_of(place: StaffPlace, number: int, *, labels: Labels) -> tuple[Other, ...]:
    """What is tied to the ticket; one query."""
    return tuple(_other(place, number, each, labels=labels) for each in links_of(place.scope, number=number))


def _other(place: StaffPlace, number: int, link: LinkSeen, *, labels: Labels) -> Other:
    name, here = ticket_name(place.desk, link.number), ticket_name(place.desk, number)
    status = labels.names.statuses.get(link.status)
    undo_url, undo = "", ""
    if link.kind in CHOSEN_BY_STAFF:
        undo_url = workspace_url("unlinking", place, name=here, link_id=str(link.id))
        undo = _("Take the link away")
    elif link.kind == Kind.MERGED_INTO:
        undo_url, undo = workspace_url("unmerging", place, name=here if link.forward else name), _("Take them apart")
    return Other(
        what=_what()[link.kind, link.forward],
        name=name,
        subject=link.subject,
        status=link.status if status is None else status.label,
        url=workspace_url("ticket", place, name=name),
        undo_url=undo_url,
        undo=undo,
    )


def _what() -> Mapping[tuple[Kind, bool], str]:
    """What this ticket is to the other one, and the other way round."""
    return {
        (Kind.DUPLICATE, True): _("A duplicate of"),
        (Kind.DUPLICATE, False): _("Has a duplicate"),
        (Kind.PART_OF, True): _("A part of"),
        (Kind.PART_OF, False): _("Has a part"),
        (Kind.CAUSED_BY, True): _("Caused by"),
        (Kind.CAUSED_BY, False): _("Has caused"),
        (Kind.SPLIT_FROM, True): _("Taken out of"),
        (Kind.SPLIT_FROM, False): _("A question was taken out"),
        (Kind.MERGED_INTO, True): _("Goes on in"),
        (Kind.MERGED_INTO, False): _("Has taken in"),
        (Kind.PASSED_ON_FROM, True): _("Passed on from"),
        (Kind.PASSED_ON_FROM, False): _("Passed on as"),
    }
