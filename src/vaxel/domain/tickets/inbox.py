"""What staff have in front of them: lists of tickets, a page at a time, and how many each view holds.

Paging is by key (newest activity first), so that page 1,000 costs what page 1 does; counts stop at `COUNT_CAP`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.models import ReadMark, ReplyDraft, Ticket
from vaxel.domain.tickets.paging import PlaceError, place_key, read_place
from vaxel.domain.tickets.status import OPEN_STATUSES, WAITING
from vaxel.kit.tenancy import Scope

PAGE_SIZE: Final = 50
COUNT_CAP: Final = 100
#: A view of one destination's open tickets is named "at:" and the destination.
AT: Final = "at:"
#: A promise is due soon when it falls due within this time, or has already.
DUE_SOON: Final = timedelta(hours=4)
#: Whoever touched an answer's draft within this time is writing; an older draft is only lying there.
WRITING: Final = timedelta(minutes=15)
VIEWS: Final = ("mine", "unassigned", "due", "waiting", "open", "all")

_OPEN: Final = [status.value for status in OPEN_STATUSES]
_WAITING: Final = [status.value for status in WAITING]


class UnknownViewError(LookupError):
    """There is no such view, or the place in the list is not one that we gave out."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowing of a view, from the address; None leaves it open."""

    organisation_id: int | None = None
    product: str | None = None
    priority: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the list."""

    number: int
    subject: str
    status: str
    priority: str
    product: str
    kind: str
    destination: str
    organisation: str
    requester: str
    assignee: str | None
    last_message_at: datetime
    next_deadline_at: datetime | None
    customer_spoke_last: bool
    unread: bool
    #: The colleague who is writing an answer; empty when nobody is.
    writer: str


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of a view. `older` and `newer` are the keys of the neighbouring pages, None at the ends."""

    rows: tuple[InboxRow, ...]
    older: str | None
    newer: str | None


def inbox_page(
    *,
    scope: Scope,
    staff_id: int,
    view: str,
    now: datetime,
    filters: Filters,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> InboxPage:
    """The page after (older than) a key, or before (newer than) one; one query."""
    order = ("next_deadline_at", "id") if view == "due" else ("last_message_at", "id")
    descending = view != "due"
    rows = _narrowed(view_of(view, scope=scope, staff_id=staff_id, now=now), filters)
    backwards = before is not None and after is None
    key = before if backwards else after
    if key is not None:
        instant, ticket_id = _read_key(key)
        towards_smaller = descending != backwards
        compare = TupleLessThan if towards_smaller else TupleGreaterThan
        rows = rows.filter(compare((F(order[0]), F(order[1])), (Value(instant), Value(ticket_id))))
    sign = "-" if descending != backwards else ""
    columns = _columns(rows, staff_id=staff_id, now=now)
    found = list(columns.order_by(*(f"{sign}{name}" for name in order))[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    return InboxPage(
        rows=tuple(_row(row) for row in found),
        older=_key(found[-1], order[0]) if found and (more or backwards) else None,
        newer=_key(found[0], order[0]) if found and (more if backwards else key is not None) else None,
    )


def view_of(view: str, *, scope: Scope, staff_id: int, now: datetime) -> QuerySet[Ticket]:
    """The tickets of a view, in no order. Raises UnknownViewError."""
    wanted = {
        "mine": Q(assignee_id=staff_id, status__in=_OPEN),
        "unassigned": Q(assignee_id=None, status__in=_OPEN),
        "due": Q(next_deadline_at__lte=now + DUE_SOON),
        "waiting": Q(status__in=_WAITING),
        "open": Q(status__in=_OPEN),
        "all": Q(),
    }
    if view.startswith(AT):
        return Ticket.objects.within(scope).filter(destination=view.removeprefix(AT), status__in=_OPEN)
    if view not in wanted:
        raise UnknownViewError(view)
    return Ticket.objects.within(scope).filter(wanted[view])


def view_counts(views: tuple[str, ...], *, scope: Scope, staff_id: int, now: datetime) -> Mapping[str, int]:
    """How many tickets each view holds, counted up to COUNT_CAP; one query for all of them."""
    parts: list[str] = []
    arguments: list[Any] = []
    for view in views:
        inner = view_of(view, scope=scope, staff_id=staff_id, now=now).order_by().values("id")[:COUNT_CAP]
        sql, values = inner.query.sql_with_params()
        parts.append("(SELECT count(*) FROM (" + sql + ") AS counted)")  # noqa: S608  # the ORM compiled it, values go apart
        arguments.extend(values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), arguments)  # compiled by the ORM, values apart
        row = cursor.fetchone()
    return dict(zip(views, row, strict=True))


def _narrowed(rows: QuerySet[Ticket], filters: Filters) -> QuerySet[Ticket]:
    wanted = {
        "organisation_id": filters.organisation_id,
        "product": filters.product,
        "priority": filters.priority,
        "kind": filters.kind,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def _columns(rows: QuerySet[Ticket], *, staff_id: int, now: datetime) -> QuerySet[Ticket]:
    read = ReadMark.objects.filter(staff_id=staff_id, ticket_id=OuterRef("pk"), at__gte=OuterRef("last_message_at"))
    writing = (
        ReplyDraft.unscoped.filter(ticket_id=OuterRef("pk"), by_kind="staff", updated_at__gte=now - WRITING)
        .exclude(by_id=staff_id)
        .order_by("-updated_at")
        .annotate(writer=Subquery(Staff.unscoped.filter(pk=OuterRef("by_id")).values("name")))
    )
    return (
        rows.select_related("organisation", "requester", "assignee")
        .only(
            "number",
            "subject",
            "status",
            "priority",
            "product",
            "kind",
            "destination",
            "last_message_at",
            "next_deadline_at",
            "customer_spoke_last",
            "organisation__name",
            "requester__name",
            "assignee__name",
        )
        .annotate(read=Exists(read), writer=Subquery(writing.values("writer")[:1]))
    )


def _row(ticket: Ticket) -> InboxRow:
    return InboxRow(
        number=ticket.number,
        subject=ticket.subject,
        status=ticket.status,
        priority=ticket.priority,
        product=ticket.product,
        kind=ticket.kind,
        destination=ticket.destination,
        organisation=ticket.organisation.name,
        requester=ticket.requester.name,
        assignee=None if ticket.assignee is None else ticket.assignee.name,
        last_message_at=ticket.last_message_at,
        next_deadline_at=ticket.next_deadline_at,
        customer_spoke_last=ticket.customer_spoke_last,
        unread=ticket.customer_spoke_last and not ticket.read,  # type: ignore[attr-defined]  # annotated above
        writer=ticket.writer or "",  # type: ignore[attr-defined]  # annotated above
    )


def _key(ticket: Ticket, column: str) -> str:
    instant: datetime = getattr(ticket, column)
    return place_key(instant, ticket.pk)


def _read_key(key: str) -> tuple[datetime, int]:
    try:
        return read_place(key)
    except PlaceError as error:
        raise UnknownViewError(key) from error
