"""What happened to a ticket, and the hand-off that follows from it.

An event is a row in the transaction of the change. The worker is told by a job in the same transaction, and open
pages by NOTIFY, which PostgreSQL delivers when the transaction commits and not otherwise.
"""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.kit.compiled import prepared_cursor
from vaxel.kit.queue import defer

#: The PostgreSQL channel that live pages listen to.
LIVE_CHANNEL: Final = "vaxel_live"


class EventKind(StrEnum):
    """Every kind of event; docs/agents.md says what each means."""

    OPENED = "opened"
    REPLIED = "replied"
    NOTED = "noted"
    ASSIGNED = "assigned"
    STATUS_CHANGED = "status-changed"
    PRIORITY_CHANGED = "priority-changed"
    DECIDED_AGAIN = "decided-again"
    HANDED_OVER = "handed-over"
    DETAILS_GIVEN = "details-given"
    DETAILS_WAIVED = "details-waived"
    MAIL_HELD = "mail-held"
    PARTICIPANTS_NAMED = "participants-named"
    PARTICIPANT_LET_IN = "participant-let-in"
    PARTICIPANT_LEFT_OUT = "participant-left-out"
    SOLVED = "solved"
    REOPENED = "reopened"
    CLOSED = "closed"
    SPLIT = "split"
    MERGED = "merged"
    TAKEN_IN = "taken-in"
    UNMERGED = "unmerged"
    LINKED = "linked"
    UNLINKED = "unlinked"
    PASSED_ON = "passed-on"
    OFFER_MADE = "offer-made"
    OFFER_WITHDRAWN = "offer-withdrawn"
    OFFER_ACCEPTED = "offer-accepted"
    OFFER_DECLINED = "offer-declined"
    JOB_NEARLY_SPENT = "job-nearly-spent"
    JOB_DONE = "job-done"
    ERASED = "erased"


#: Events that people outside the page are told about; the others cost no job.
TOLD: Final = frozenset(
    {
        EventKind.OPENED,
        EventKind.REPLIED,
        EventKind.ASSIGNED,
        EventKind.PRIORITY_CHANGED,
        EventKind.DECIDED_AGAIN,
        EventKind.HANDED_OVER,
        EventKind.SOLVED,
        EventKind.REOPENED,
        EventKind.MERGED,
        EventKind.OFFER_MADE,
        EventKind.OFFER_WITHDRAWN,
        EventKind.OFFER_ACCEPTED,
        EventKind.OFFER_DECLINED,
        EventKind.JOB_NEARLY_SPENT,
        EventKind.JOB_DONE,
    }
)

#: In an event's data: when an answer was promised before and is now, as [instant or null, instant or null].
RETIMED: Final = "answer_by"


def record_event(kind: EventKind, *, ticket: Ticket, by: Actor, now: datetime, **data: Any) -> Event:
    """Add an event, tell open pages, and hand the telling of people to the worker.

    `data` holds ids and names of the policy, never words that people wrote.
    """
    event = Event.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        kind=kind.value,
        at=now,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        data=data,
    )
    if kind in TOLD:
        defer("tell_about_event", event_id=event.pk)
    if not ticket.is_first_line or kind == EventKind.DECIDED_AGAIN:
        # What a customer's people ask each other is not the staff's to hear of, but for its leaving their lists.
        _tell_open_pages(ticket=ticket, kind=kind)
    return event


def _tell_open_pages(*, ticket: Ticket, kind: EventKind) -> None:
    payload = {"desk": ticket.desk_id, "ticket": ticket.pk, "number": ticket.number, "kind": kind.value}
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, json.dumps(payload)])
