"""The head of a ticket page: what it is, how it stands, and what it may be changed to."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.desk_view import DeskView
from vaxel.domain.tickets.lifecycle import may_be_reopened
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.redeciding import version_for
from vaxel.domain.tickets.status import DONE, WAITING, Status
from vaxel.kit.values import value
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.rows import promise_of

#: What a status may be changed to by hand; solving and closing are actions of their own.
CHOSEN: Final = (Status.OPEN, *WAITING)


@value
class Choice:
    """A value that a field of the ticket may have; one of them is the one that it has."""

    value: str
    label: str
    current: bool


@value(kw_only=True)
class Urls:
    """Where the page itself stands, and where its forms go."""

    page: str
    conversation: str
    draft: str
    read: str
    assignment: str
    status: str
    priority: str
    decision: str
    hand_over: str
    problem: str
    solution: str
    reopening: str
    closure: str
    #: Below it each mail has its own, by its id.
    mails: str


@value(kw_only=True)
class Heading:
    """What stands above the conversation."""

    name: str
    subject: str
    version: int
    status: shapes.Status
    promise: shapes.Promise | None
    kind: str
    product: str
    priority: str
    raised: bool
    #: A deadline of the asker's own is near.
    urgent: bool
    assignee: str
    is_mine: bool
    is_done: bool
    is_closed: bool
    #: Solved, or closed so lately that it can be taken back.
    may_be_reopened: bool
    own_id: str
    staff: Sequence[Choice]
    statuses: Sequence[Choice]
    priorities: Sequence[Choice]
    urls: Urls


def heading_of(seen: DeskView, *, place: StaffPlace, labels: Labels, listing: Listing) -> Heading:
    """The head of a ticket's page; no queries."""
    ticket, names = seen.ticket, labels.names
    return Heading(
        name=ticket_name(place.desk, ticket.number),
        subject=ticket.subject or _("(no subject)"),
        version=ticket.version,
        status=names.statuses[ticket.status],
        promise=promise_of(
            ticket.next_deadline_at, label=_answer_by(ticket.status), status=ticket.status, labels=labels
        ),
        kind=names.kinds.get(ticket.kind, ticket.kind),
        product=names.products.get(ticket.product, ticket.product),
        priority=names.priorities.get(ticket.priority, ticket.priority),
        raised=ticket.priority in names.raised,
        urgent=bool(ticket.facts.get("urgent")),
        assignee=seen.assignee or "",
        is_mine=ticket.assignee_id == place.viewer.staff_id,
        is_done=ticket.status in DONE,
        is_closed=ticket.status == Status.CLOSED,
        may_be_reopened=may_be_reopened(ticket, by=place.by, now=place.now),
        own_id=str(place.viewer.staff_id),
        staff=[Choice(str(each.id), each.name, each.id == ticket.assignee_id) for each in seen.colleagues],
        statuses=[Choice(each.value, names.statuses[each.value].label, ticket.status == each) for each in CHOSEN],
        priorities=[
            Choice(level, names.priorities.get(level, level), level == ticket.priority)
            for level in _levels(ticket, desk=place.desk)
        ],
        urls=urls_of(place, ticket_name(place.desk, ticket.number), listing),
    )


def _answer_by(status: str) -> str:
    return _("Answer by, once the details are here") if status == Status.NEEDS_DETAILS else _("Answer by")


def _levels(ticket: Ticket, *, desk: Desk) -> list[str]:
    """The priorities of the policy that decides a change: the ticket's own where today's knows no such question."""
    file = policy_version(version_for(ticket, desk=desk)).file
    if ticket.kind not in file.kinds:
        file = policy_version(ticket.policy_id).file
    return list(dict.fromkeys((*file.priorities.levels, ticket.priority)))


def urls_of(place: StaffPlace, name: str, listing: Listing) -> Urls:
    """Each with the list that one came from, so that one comes back to it."""
    base, query = workspace_url("ticket", place, name=name), listing.query()
    return Urls(
        page=f"{base}{query}",
        conversation=f"{base}conversation/{query}",
        draft=f"{base}draft/",
        read=f"{base}read/",
        assignment=f"{base}assignment/{query}",
        status=f"{base}status/{query}",
        priority=f"{base}priority/{query}",
        decision=f"{base}decision/{query}",
        hand_over=f"{base}hand-over/{query}",
        problem=f"{base}problem/{query}",
        solution=f"{base}solution/{query}",
        reopening=f"{base}reopening/{query}",
        closure=f"{base}closure/{query}",
        mails=f"{base}mails/",
    )
