"""Two tickets about the same question become one, and can be two again.

Only tickets that the same person of the same organisation has asked: what somebody wrote is read by nobody else for
it (trust 12). The older one goes on, with its promises.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.copying import copy_message, copy_note
from vaxel.domain.tickets.deciding import decide_meanwhile
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import LinkMissingError, NotTogetherError, end_link, insert_link, live_links, lock_two
from vaxel.domain.tickets.locking import store_change
from vaxel.domain.tickets.models import Event, Message, Note, Ticket
from vaxel.domain.tickets.status import DONE, Status
from vaxel.kit.tenancy import Scope


@transaction.atomic(durable=True)
def merge_tickets(
    *, scope: Scope, number: int, other: int, by: Actor, now: datetime, seen_version: int | None = None
) -> Ticket:
    """Put the younger of two tickets into the older one, which is returned.

    The words and notes of the younger stand in the older one too, at their time; it is closed, and its asker is told
    where it goes on. What the older one has promised holds. Raises NotTogetherError, TicketMissingError and
    ChangedMeanwhileError.
    """
    gone, kept = lock_two(scope=scope, number=number, other=other, seen_version=seen_version)
    if gone.number < kept.number:
        gone, kept = kept, gone
    _require_mergeable(gone, kept)
    data: dict[str, object] = {
        "status": gone.status,
        "messages": [copy_message(each, to=kept).pk for each in gone.messages.order_by("at", "id")],
        "notes": [copy_note(each, to=kept).pk for each in gone.notes.order_by("at", "id")],
    }
    insert_link(Link.Kind.MERGED_INTO, ticket=gone, other=kept, by=by, now=now, data=data)
    _take_in(kept, gone, now=now)
    _finish(gone, now=now)
    record_event(EventKind.TAKEN_IN, ticket=kept, by=by, now=now, other=gone.number)
    record_event(EventKind.MERGED, ticket=gone, by=by, now=now, other=kept.number)
    return kept


def _require_mergeable(gone: Ticket, kept: Ticket) -> None:
    if gone.requester_id != kept.requester_id:
        raise NotTogetherError("other-person")
    if gone.status in DONE or kept.status in DONE:
        raise NotTogetherError("finished")
    if Event.unscoped.filter(ticket_id=gone.pk, kind=EventKind.OFFER_MADE).exists():
        # What was agreed about work stands with its ticket and its time.
        raise NotTogetherError("has-job")


def _take_in(kept: Ticket, gone: Ticket, *, now: datetime) -> None:
    """The older one has the words now; a customer who waits for an answer waits for it there."""
    if gone.customer_spoke_last and not kept.customer_spoke_last:
        policy, facts = policy_version(kept.policy_id), facts_from_json(kept.facts)
        decision = decide_meanwhile(policy, facts, now, handed_to=kept.handed_to)
        clocks.customer_spoke(decision.targets, ticket=kept, now=now)
        kept.customer_spoke_last = True
        kept.status = Status.OPEN if kept.status == Status.WAITING_CUSTOMER else kept.status
    kept.last_message_at = max(kept.last_message_at, gone.last_message_at)
    store_change(kept, "customer_spoke_last", "status", "last_message_at", "next_deadline_at", now=now)


def _finish(gone: Ticket, *, now: datetime) -> None:
    clocks.end_clocks(ticket=gone, now=now, solved=False)
    gone.status = Status.CLOSED
    gone.closed_at = now
    store_change(gone, "status", "closed_at", "next_deadline_at", now=now)


@transaction.atomic(durable=True)
def unmerge_tickets(*, scope: Scope, number: int, by: Actor, now: datetime) -> Ticket:
    """The younger ticket, by its number, is open again as it was, and its words leave the older one.

    What was written in the older one since then stays there; promises of the younger run as if it had never been
    closed. Raises LinkMissingError for a ticket that is not merged.
    """
    link = live_links(scope, number=number).filter(ticket__number=number, kind=Link.Kind.MERGED_INTO).first()
    if link is None:
        raise LinkMissingError(number)
    gone, kept = lock_two(scope=scope, number=number, other=link.other.number)
    link = Link.unscoped.select_for_update().get(pk=link.pk)
    if link.ended_at is not None or gone.closed_at is None:
        raise LinkMissingError(number)
    _remove_copies(kept, messages=link.data["messages"], notes=link.data["notes"], now=now)
    ended_at, gone.status, gone.closed_at = gone.closed_at, link.data["status"], None
    clocks.revive_clocks(ticket=gone, ended_at=ended_at, paused=gone.status == Status.WAITING_CUSTOMER)
    store_change(gone, "status", "closed_at", "next_deadline_at", now=now)
    end_link(link, now=now)
    record_event(EventKind.UNMERGED, ticket=gone, by=by, now=now, other=kept.number)
    record_event(EventKind.UNMERGED, ticket=kept, by=by, now=now, other=gone.number)
    return gone


def _remove_copies(kept: Ticket, *, messages: Sequence[int], notes: Sequence[int], now: datetime) -> None:
    """The first ones stand in the younger ticket, so nothing that was written is lost."""
    Message.unscoped.filter(ticket_id=kept.pk, pk__in=messages).delete()
    Note.unscoped.filter(ticket_id=kept.pk, pk__in=notes).delete()
    newest = kept.messages.order_by("-at", "-id").first()
    if newest is not None:
        kept.last_message_at = newest.at
        kept.customer_spoke_last = newest.by_kind != "staff"
    store_change(kept, "last_message_at", "customer_spoke_last", now=now)


def goes_on_in(ticket: Ticket) -> Ticket:
    """The ticket that a merged one is part of now, at the end of the way; itself for any other."""
    while ticket.status == Status.CLOSED:
        link = Link.unscoped.filter(ticket=ticket, kind=Link.Kind.MERGED_INTO, ended_at=None).select_related("other")
        found = link.first()
        if found is None:
            return ticket
        ticket = found.other
    return ticket


def merged_into(ticket_id: int) -> tuple[int, ...]:
    """The tickets that are part of this one now, however they came there; one query unless there are any."""
    found: set[int] = set()
    new = {ticket_id}
    while new:
        links = Link.unscoped.filter(other__in=new, kind=Link.Kind.MERGED_INTO, ended_at=None)
        new = set(links.values_list("ticket", flat=True)) - found
        found |= new
    return tuple(sorted(found))
