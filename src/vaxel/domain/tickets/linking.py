"""Tickets that belong together: a duplicate, a part of something larger, caused by something else.

Only tickets of one organisation are put together: what one customer has asked is never beside another's (trust 12).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import transaction
from django.db.models import Q, QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.link import CHOSEN_BY_STAFF, Link
from vaxel.domain.tickets.locking import lock_ticket, require_unchanged
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.kit.tenancy import Scope

#: Why two tickets cannot be put together.
Hindrance = Literal["same", "other-organisation", "other-person", "finished", "has-job", "said-in-reverse"]


class NotTogetherError(RuntimeError):
    """These two cannot be put together; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance: Hindrance = hindrance


class LinkMissingError(LookupError):
    """There is no such link any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeen:
    """One ticket that belongs to the one that is looked at."""

    id: int
    kind: Link.Kind
    #: True when the looked-at ticket is what the kind says of the other; False when the other is that of it.
    forward: bool
    number: int
    subject: str
    status: str


@transaction.atomic(durable=True)
def link_tickets(
    *,
    scope: Scope,
    number: int,
    other: int,
    kind: Link.Kind,
    by: Actor,
    now: datetime,
    seen_version: int | None = None,
) -> Link:
    """Say that ticket `number` is a duplicate of, a part of, or caused by `other`. Saying it twice says it once.

    Raises TicketMissingError, ChangedMeanwhileError, NotTogetherError, and ValueError for a kind that nobody chooses.
    """
    if kind not in CHOSEN_BY_STAFF:
        raise ValueError(kind)
    ticket, second = lock_two(scope=scope, number=number, other=other, seen_version=seen_version)
    found = Link.unscoped.filter(ticket=ticket, other=second, kind=kind, ended_at=None).first()
    if found is not None:
        return found
    if Link.unscoped.filter(ticket=second, other=ticket, kind=kind, ended_at=None).exists():
        # Neither can be a part of the other, or come of it, both ways.
        raise NotTogetherError("said-in-reverse")
    link = insert_link(kind, ticket=ticket, other=second, by=by, now=now)
    _tell_both(EventKind.LINKED, link, ticket, second, by=by, now=now)
    return link


@transaction.atomic(durable=True)
def unlink_tickets(*, scope: Scope, number: int, link_id: int, by: Actor, now: datetime) -> None:
    """Take a link back that staff have made from either of its tickets. Raises LinkMissingError."""
    link = live_links(scope, number=number).filter(pk=link_id, kind__in=CHOSEN_BY_STAFF).first()
    if link is None:
        raise LinkMissingError(link_id)
    ticket, other = lock_two(scope=scope, number=link.ticket.number, other=link.other.number)
    link = Link.unscoped.select_for_update().get(pk=link.pk)
    if link.ended_at is not None:
        raise LinkMissingError(link_id)
    end_link(link, now=now)
    _tell_both(EventKind.UNLINKED, link, ticket, other, by=by, now=now)


def links_of(scope: Scope, *, number: int) -> list[LinkSeen]:
    """What belongs to a ticket, in the order in which it was said; one query."""
    return [_seen(link, number=number) for link in live_links(scope, number=number).order_by("at", "id")]


def customers_links(reader: Reader, *, ticket: Ticket) -> list[LinkSeen]:
    """What was done to the customer's ticket and another that they may read; what staff think of it is not shown."""
    mine = tickets_of(reader, everyone=True)
    found = live_links(reader.scope, number=ticket.number).exclude(kind__in=CHOSEN_BY_STAFF)
    return [_seen(link, number=ticket.number) for link in found.filter(ticket__in=mine, other__in=mine).order_by("id")]


def live_links(scope: Scope, *, number: int) -> QuerySet[Link]:
    """The links of a ticket that hold, with both tickets."""
    touching = Q(ticket__number=number) | Q(other__number=number)
    return Link.objects.within(scope).filter(touching, ended_at=None).select_related("ticket", "other")


def lock_two(*, scope: Scope, number: int, other: int, seen_version: int | None = None) -> tuple[Ticket, Ticket]:
    """Both tickets, held in the order of their numbers, so that two agents never wait for each other.

    `seen_version` is the first one's. Raises TicketMissingError, ChangedMeanwhileError and NotTogetherError.
    """
    if number == other:
        raise NotTogetherError("same")
    held = {each: lock_ticket(scope=scope, number=each) for each in sorted((number, other))}
    ticket, second = held[number], held[other]
    require_unchanged(ticket, seen_version=seen_version)
    if ticket.organisation_id != second.organisation_id:
        raise NotTogetherError("other-organisation")
    return ticket, second


def insert_link(
    kind: Link.Kind, *, ticket: Ticket, other: Ticket, by: Actor, now: datetime, data: dict[str, object] | None = None
) -> Link:
    """A row between two tickets of one organisation that the caller's transaction holds."""
    return Link.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        other_id=other.pk,
        kind=kind,
        at=now,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        data=data or {},
    )


def end_link(link: Link, *, now: datetime) -> None:
    """It holds no longer; the row stays."""
    link.ended_at = now
    link.save(update_fields=["ended_at"])


def _tell_both(kind: EventKind, link: Link, ticket: Ticket, other: Ticket, *, by: Actor, now: datetime) -> None:
    """The history of each names the other one."""
    record_event(kind, ticket=ticket, by=by, now=now, link=link.kind, other=other.number, forward=True)
    record_event(kind, ticket=other, by=by, now=now, link=link.kind, other=ticket.number, forward=False)


def _seen(link: Link, *, number: int) -> LinkSeen:
    forward = link.ticket.number == number
    there = link.other if forward else link.ticket
    return LinkSeen(
        id=link.pk,
        kind=Link.Kind(link.kind),
        forward=forward,
        number=there.number,
        subject=there.subject,
        status=there.status,
    )


#: Events after which a ticket may have links: pages read them only then.
JOINING: Final = frozenset(
    {EventKind.LINKED, EventKind.SPLIT, EventKind.MERGED, EventKind.TAKEN_IN, EventKind.PASSED_ON}
)
