"""Tickets in a list, and the plain sentence that says whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.first_line import is_stranded
from vaxel.domain.tickets.models import Clock, Ticket
from vaxel.domain.tickets.status import DONE, OURS, Status
from vaxel.surfaces.asking.wording import destination_name, promise_of
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.ui import shapes
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.moments import moment
from vaxel.surfaces.ui.shapes import Moment, Promise
from vaxel.surfaces.ui.ticket_names import ticket_name

_KEYS: Final[Mapping[str, shapes.StatusKey]] = {
    Status.NEW: "new",
    Status.OPEN: "open",
    Status.NEEDS_DETAILS: "waiting-customer",
    Status.WAITING_CUSTOMER: "waiting-customer",
    Status.WAITING_THIRD_PARTY: "waiting-third",
    Status.SOLVED: "solved",
    Status.CLOSED: "closed",
}


#: Nothing happens until whoever asked has written.
_ASKERS: Final = (Status.NEEDS_DETAILS, Status.WAITING_CUSTOMER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A ticket in a list."""

    name: str
    url: str
    subject: str
    status: shapes.Status
    #: Whoever asked, when it is not the reader.
    asker: str
    ball: str
    promise: Promise | None
    latest: Moment


def rows_of(
    tickets: Sequence[Ticket], promises: Mapping[int, Clock], *, place: CustomerPlace, language: str
) -> tuple[Row, ...]:
    """The rows as they are shown; no queries, but one where the reader has asked the own contacts."""
    zone = ZoneInfo(place.desk.time_zone)
    # Who is left is the same for all questions of one reader.
    own = place.viewer.person_id
    asked = [each for each in tickets if each.is_first_line and each.requester_id == own and each.status not in DONE]
    stranded = bool(asked) and is_stranded(asked[0])
    return tuple(
        Row(
            name=ticket_name(place.desk, ticket.number),
            url=portal_url("ticket", place, name=ticket_name(place.desk, ticket.number)),
            subject=ticket.subject,
            status=status_of(ticket),
            asker="" if ticket.requester_id == place.viewer.person_id else ticket.requester.name,
            ball=_("Nobody can answer right now. Open the ticket to see who can help.")
            if stranded and ticket in asked
            else whose_turn(ticket, place=place, language=language),
            promise=running_promise(promises.get(ticket.pk), place=place, zone=zone, language=language),
            latest=moment(ticket.last_message_at, now=place.now, zone=zone, language=language),
        )
        for ticket in tickets
    )


def status_of(ticket: Ticket) -> shapes.Status:
    """The state in a word, as customers call it."""
    labels = {
        "new": pgettext("ticket", "New"),
        "open": pgettext("ticket", "In progress"),
        "waiting-customer": pgettext("ticket", "Waiting for you"),
        "waiting-third": pgettext("ticket", "Waiting for others"),
        "solved": pgettext("ticket", "Solved"),
        "closed": pgettext("ticket", "Closed"),
    }
    key = _KEYS[ticket.status]
    return shapes.Status(key=key, label=labels[key])


def waits_for_reader(ticket: Ticket, *, place: CustomerPlace) -> bool:
    """Whether a colleague's question waits for this local contact's answer (A12)."""
    return _is_asked(ticket, place=place) and ticket.status in OURS and ticket.customer_spoke_last


def waits_for_asker(ticket: Ticket, *, place: CustomerPlace) -> bool:
    """Whether the reader's own ticket stands still until they answer."""
    return ticket.requester_id == place.viewer.person_id and ticket.status in _ASKERS


def _is_asked(ticket: Ticket, *, place: CustomerPlace) -> bool:
    asked = ticket.is_first_line and place.reader.is_local_contact
    return asked and ticket.requester_id != place.viewer.person_id


def whose_turn(ticket: Ticket, *, place: CustomerPlace, language: str) -> str:
    """Who has the ball, as a sentence."""
    if waits_for_reader(ticket, place=place):
        name = {"name": ticket.requester.name}
        return _("%(name)s has asked you. Answer, or take the question on to us.") % name
    if _is_asked(ticket, place=place) and ticket.status in OURS:
        return _("%(name)s has got an answer from you.") % {"name": ticket.requester.name}
    where = {"where": _where(ticket, language=language)}
    if (
        ticket.status in {Status.WAITING_CUSTOMER, Status.NEEDS_DETAILS}
        and ticket.requester_id != place.viewer.person_id
    ):
        return _("We are waiting for an answer from %(name)s.") % {"name": ticket.requester.name}
    if ticket.is_first_line and ticket.status in _AMONG_COLLEAGUES:
        return _among_colleagues(Status(ticket.status)) % where
    sentences = {
        Status.NEW: _("%(where)s has got the question.") % where,
        Status.OPEN: _("%(where)s is working on the ticket.") % where,
        Status.NEEDS_DETAILS: _("We need some details from you."),
        Status.WAITING_CUSTOMER: _("We are waiting for your answer."),
        Status.WAITING_THIRD_PARTY: _("%(where)s is waiting for somebody else.") % where,
        Status.SOLVED: _("The ticket is solved. Answer if something is left."),
        Status.CLOSED: _("The ticket is closed."),
    }
    return sentences[Status(ticket.status)]


_AMONG_COLLEAGUES: Final = frozenset({Status.NEW, Status.OPEN, Status.WAITING_THIRD_PARTY})


def _among_colleagues(status: Status) -> str:
    """Of a question to the organisation's own contacts, who are several."""
    return {
        Status.NEW: _("%(where)s have got the question."),
        Status.OPEN: _("%(where)s are working on the question."),
        Status.WAITING_THIRD_PARTY: _("%(where)s have passed the question on to us."),
    }[status]


def _where(ticket: Ticket, *, language: str) -> str:
    """Somebody by name once they have taken it; before that the place."""
    if ticket.assignee is not None:
        return ticket.assignee.name
    return destination_name(policy_version(ticket.policy_id), ticket.destination, language)


def running_promise(clock: Clock | None, *, place: CustomerPlace, zone: ZoneInfo, language: str) -> Promise | None:
    """The promise that is due first, as a label and a time."""
    if clock is None or clock.due_at is None:
        return None
    return promise_of(clock.name, clock.due_at, now=place.now, zone=zone, language=language)
