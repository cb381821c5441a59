"""Tickets as lines of a list: all words and times made here, once, so that the template only places them."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.tickets.inbox import InboxRow
from vaxel.domain.tickets.status import Status
from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.sought import Sought
from vaxel.surfaces.ui.chrome import initials
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Person, Promise, PromiseState, TicketRow
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.listing import Listing

#: A promise is due soon when less than this is left.
SOON: Final = timedelta(hours=1)
_NOTHING: Final[Mapping[int, Excerpt]] = MappingProxyType({})
_NOT_SEARCHED: Final = Sought()


def ticket_rows(
    rows: Sequence[InboxRow],
    *,
    place: StaffPlace,
    labels: Labels,
    listing: Listing,
    base_url: str,
    current: int = 0,
    words: Sought = _NOT_SEARCHED,
    found: Mapping[int, Excerpt] = _NOTHING,
    chosen: Container[int] = (),
) -> list[TicketRow]:
    """The lines of a list; `base_url` is the list's own address, below which each ticket has its page. `words` are
    what was searched for, `found` where tickets hold them, by their id. `chosen` are the numbers of those whose boxes
    are ticked.
    """
    query, answer_by = listing.query(), _("Answer by")
    no_subject = _("(no subject)")
    made: list[TicketRow] = []
    for row in rows:
        name = ticket_name(place.desk, row.number)
        made.append(
            TicketRow(
                number=name,
                url=f"{base_url}{name}/{query}",
                subject=row.subject or no_subject,
                who=row.organisation_name,
                status=labels.names.statuses[row.status],
                promise=_promise(row.next_deadline_at, label=answer_by, status=row.status, labels=labels),
                assignee=_assignee(row.assignee_name),
                unread=row.unread,
                current=row.number == current,
                priority=labels.names.raised.get(row.priority, ""),
                urgent=row.urgent,
                writing=row.writer or "",
                marked=words.marked(row.subject).parts if words.pattern and row.subject else (),
                found=found[row.id].parts if row.id in found else (),
                asker=row.requester_name,
                choice=f"{name}.{row.version}",
                chosen=row.number in chosen,
            )
        )
    return made


def _promise(due_at: datetime | None, *, label: str, status: str, labels: Labels) -> Promise | None:
    if due_at is None:
        return None
    return Promise(label=label, at=labels.brief_moment(due_at), state=_urgency(due_at, status=status, labels=labels))


def promise_of(due_at: datetime | None, *, label: str, status: str, labels: Labels) -> Promise | None:
    """A running promise, and how near it is."""
    if due_at is None:
        return None
    return Promise(label=label, at=labels.moment(due_at), state=_urgency(due_at, status=status, labels=labels))


def _urgency(due_at: datetime, *, status: str, labels: Labels) -> PromiseState:
    """How near a promise is. One that runs while the customer has yet to tell what is missing hurries nobody here:
    the time is shown, and no alarm.
    """
    return "ok" if status == Status.NEEDS_DETAILS else nearness(due_at - labels.now)


def nearness(left: timedelta) -> PromiseState:
    """Time enough, little left, or passed."""
    return "late" if left < timedelta(0) else "soon" if left < SOON else "ok"


def _assignee(name: str | None) -> Person | None:
    return None if name is None else Person(name=name, initials=initials(name), ours=True)
