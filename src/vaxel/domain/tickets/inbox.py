"""What staff have in front of them: lists of tickets, a page at a time, and how many each view holds.

Newest activity first, or what must be answered first: whose promise falls due soonest, then what nothing is promised
of. Paging is by key either way, so that page 1,000 costs what page 1 does; counts stop at `COUNT_CAP`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.models import DUE_FIRST, NOTHING_PROMISED, ReplyDraft, Ticket
from vaxel.domain.tickets.paging import PlaceError, place_key, read_place
from vaxel.domain.tickets.read_mark import ReadMark
from vaxel.domain.tickets.status import OPEN_STATUSES, WAITING, Status
from vaxel.kit.compiled import Compiled, Row, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked
from vaxel.kit.values import value

PAGE_SIZE: Final = 50
COUNT_CAP: Final = 100
#: A view of one destination's open tickets is named "at:" and the destination.
AT: Final = "at:"
#: A promise is due soon when it falls due within this time, or has already.
DUE_SOON: Final = timedelta(hours=4)
#: Whoever touched an answer's draft within this time is writing; an older draft is only lying there.
WRITING: Final = timedelta(minutes=15)
VIEWS: Final = ("mine", "unassigned", "due", "waiting", "open", "all")
#: The orders of a list.
DUE, NEWEST = "due", "newest"

_OPEN: Final = [status.value for status in OPEN_STATUSES]
_WAITING: Final = [status.value for status in (Status.NEEDS_DETAILS, *WAITING)]


class UnknownViewError(LookupError):
    """There is no such view, or the place in the list is not one that we gave out."""


@value
class Filters:
    """Narrowing of a view, from the address; None leaves it open."""

    organisation_id: int | None = None
    product: str | None = None
    priority: str | None = None
    kind: str | None = None

    @property
    def shape(self) -> "Filters":
        """The same parts narrowed, with marks in the place of what they are narrowed to."""
        return Filters(
            organisation_id=None if self.organisation_id is None else _FILTERS.organisation_id,
            product=None if self.product is None else _FILTERS.product,
            priority=None if self.priority is None else _FILTERS.priority,
            kind=None if self.kind is None else _FILTERS.kind,
        )


class InboxRow(NamedTuple):
    """One line of the list, in the order of the query's columns."""

    id: int
    number: int
    subject: str
    status: str
    priority: str
    #: A deadline of the asker's own is near.
    urgent: bool
    requester_name: str
    organisation_name: str
    #: None when nobody has it.
    assignee_name: str | None
    last_message_at: datetime
    next_deadline_at: datetime | None
    #: The customer spoke last, and the reader has not seen it.
    unread: bool
    #: The colleague who is writing an answer; None when nobody is.
    writer: str | None
    #: What is done to the ticket from the list is done to this version, or not at all (trust 75).
    version: int


@value
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
    order: str = "",
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> Asked[InboxPage]:
    """The page after a key, or before one, in that order of the view; without one in the view's own."""
    backwards = before is not None and after is None
    key = before if backwards else after
    instant, ticket_id = _read_key(key) if key is not None else (None, None)
    by_due = (order or order_of(view)) == DUE
    shape = _Shape(
        view=view, filters=filters.shape, by_due=by_due, is_first=key is None, backwards=backwards, size=size
    )
    values = {
        _A_DESK.desk_id: scope.desk_id,
        _A_STAFF_ID: staff_id,
        _SOON: now + DUE_SOON,
        _LATELY: now - WRITING,
        _A_PLACE: instant,
        _A_TICKET_ID: ticket_id,
        _FILTERS.organisation_id: filters.organisation_id,
        _FILTERS.product: filters.product,
        _FILTERS.priority: filters.priority,
        _FILTERS.kind: filters.kind,
    }
    return Asked(_listing(shape), values, lambda rows: _page_of(rows, shape))


def order_of(view: str) -> str:
    """How a view is ordered unless somebody chooses: what nobody has taken yet, by when it must be answered."""
    return DUE if view in {"unassigned", "due"} or view.startswith(AT) else NEWEST


def orders_of(view: str) -> tuple[str, ...]:
    """The orders to choose from, the view's own first; none where there is one only.

    What is due soon is ordered by that; of all tickets, the finished ones too, nobody waits for most.
    """
    if view in {"due", "all"}:
        return ()
    return (DUE, NEWEST) if order_of(view) == DUE else (NEWEST, DUE)


def _page_of(rows: Sequence[Row], shape: "_Shape") -> InboxPage:
    more = len(rows) > shape.size
    found = [InboxRow(*row) for row in rows[: shape.size]]
    if shape.backwards:
        found.reverse()
    return InboxPage(
        rows=tuple(found),
        older=_key(found[-1], shape) if found and (more or shape.backwards) else None,
        newer=_key(found[0], shape) if found and (more if shape.backwards else not shape.is_first) else None,
    )


def tickets_in(view: str, *, scope: Scope, staff_id: int, now: datetime, filters: Filters) -> QuerySet[Ticket]:
    """All that a list holds, in no order: a search looks among them. Raises UnknownViewError."""
    return _narrowed(view_of(view, scope=scope, staff_id=staff_id, now=now), filters)


def inbox_rows(ids: Sequence[int], *, scope: Scope, staff_id: int, now: datetime) -> tuple[InboxRow, ...]:
    """These tickets of the desk as lines, in the order that they are named in; one query."""
    if not ids:
        return ()
    values = {
        _A_DESK.desk_id: scope.desk_id,
        _A_STAFF_ID: staff_id,
        _LATELY: now - WRITING,
        _SOME_IDS: f"{{{','.join(map(str, ids))}}}",
    }
    by_id = {row.id: row for row in (InboxRow(*columns) for columns in _listing_these().run(values))}
    return tuple(by_id[each] for each in ids if each in by_id)


@cache
def _listing_these() -> Compiled:
    these = Ticket.objects.within(_A_DESK).extra(
        where=['"tickets_ticket"."id" = ANY(%s::bigint[])'], params=[_SOME_IDS]
    )
    lines = _lines(these, staff_id=_A_STAFF_ID, now=_AN_INSTANT).order_by()
    return compiled(lines, _A_DESK.desk_id, _A_STAFF_ID, _LATELY, _SOME_IDS)


@value
class _Shape:
    """What distinguishes two queries of the list, without the values of a request."""

    view: str
    #: Marks in the place of what narrows the list.
    filters: Filters
    by_due: bool
    is_first: bool
    backwards: bool
    size: int


@lru_cache(maxsize=256)
def _listing(shape: _Shape) -> Compiled:
    """The query of a page."""
    rows = view_of(shape.view, scope=_A_DESK, staff_id=_A_STAFF_ID, now=_AN_INSTANT)
    rows = _narrowed(rows, shape.filters)
    column = _column(shape)
    descending = shape.by_due == shape.backwards
    if not shape.is_first:
        compare = TupleLessThan if descending else TupleGreaterThan
        rows = rows.filter(compare((column, F("id")), (Value(_A_PLACE), Value(_A_TICKET_ID))))
    order = (column.desc(), "-id") if descending else (column.asc(), "id")
    lines = _lines(rows, staff_id=_A_STAFF_ID, now=_AN_INSTANT).order_by(*order)
    return compiled(lines[: shape.size + 1], *_MARKS)


def _column(shape: _Shape) -> F | Coalesce:
    """What the list is ordered by; every ticket that is due soon has a promise."""
    if not shape.by_due:
        return F("last_message_at")
    return F("next_deadline_at") if shape.view == "due" else DUE_FIRST


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


def view_counts(views: tuple[str, ...], *, scope: Scope, staff_id: int, now: datetime) -> Asked[Mapping[str, int]]:
    """How many tickets each view holds, counted up to COUNT_CAP."""
    values = {_A_DESK.desk_id: scope.desk_id, _A_STAFF_ID: staff_id, _SOON: now + DUE_SOON}
    return Asked(_counting(views), values, lambda rows: dict(zip(views, rows[0], strict=True)))


@lru_cache(maxsize=64)
def _counting(views: tuple[str, ...]) -> Compiled:
    """The query that counts these views."""
    parts = [compiled(_counted(view), *_MARKS) for view in views]
    text = ", ".join(
        f"(SELECT count(*) FROM ({part.text}) AS counted) AS view_{place}"  # noqa: S608  # compiled, values go apart
        for place, part in enumerate(parts)
    )
    return Compiled("SELECT " + text, tuple(mark for part in parts for mark in part.marks))


def _counted(view: str) -> QuerySet[Ticket, Any]:
    """The tickets of a view, as many as are counted."""
    rows = view_of(view, scope=_A_DESK, staff_id=_A_STAFF_ID, now=_AN_INSTANT)
    return rows.order_by().values_list("id")[:COUNT_CAP]


#: Stand in a compiled query for the values of a request.
_A_DESK: Final = Scope(desk_id=-1)
_A_STAFF_ID: Final = -2
_AN_INSTANT: Final = datetime(1000, 1, 1, tzinfo=UTC)
_SOON: Final = _AN_INSTANT + DUE_SOON
_LATELY: Final = _AN_INSTANT - WRITING
_A_PLACE: Final = datetime(1001, 1, 1, tzinfo=UTC)
_A_TICKET_ID: Final = -3
_SOME_IDS: Final = "{-7}"
_FILTERS: Final = Filters(organisation_id=-4, product="<product>", priority="<priority>", kind="<kind>")
_MARKS: Final = (
    *(_A_DESK.desk_id, _A_STAFF_ID, _A_TICKET_ID, _SOON, _LATELY, _A_PLACE),
    *(_FILTERS.organisation_id, _FILTERS.product, _FILTERS.priority, _FILTERS.kind),
)


def _narrowed(rows: QuerySet[Ticket], filters: Filters) -> QuerySet[Ticket]:
    wanted = {
        "organisation_id": filters.organisation_id,
        "product": filters.product,
        "priority": filters.priority,
        "kind": filters.kind,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def _lines(rows: QuerySet[Ticket], *, staff_id: int, now: datetime) -> QuerySet[Ticket, Any]:
    """The columns of InboxRow as plain values: fifty rows of four models would take longer to make than to read."""
    read = ReadMark.objects.filter(staff_id=staff_id, ticket_id=OuterRef("pk"), at__gte=OuterRef("last_message_at"))
    writing = (
        ReplyDraft.unscoped.filter(ticket_id=OuterRef("pk"), by_kind="staff", updated_at__gte=now - WRITING)
        .exclude(by_id=staff_id)
        .order_by("-updated_at")
        .annotate(writer=Subquery(Staff.unscoped.filter(pk=OuterRef("by_id")).values("name")))
    )
    annotated = rows.annotate(
        urgent=Q(facts__urgent=True),
        requester_name=F("requester__name"),
        organisation_name=F("organisation__name"),
        assignee_name=F("assignee__name"),
        unread=Q(customer_spoke_last=True) & ~Exists(read),
        writer=Subquery(writing.values("writer")[:1]),
    )
    return annotated.values_list(*InboxRow._fields)


def _key(row: InboxRow, shape: _Shape) -> str:
    instant = (row.next_deadline_at or NOTHING_PROMISED) if shape.by_due else row.last_message_at
    return place_key(instant, row.id)


def _read_key(key: str) -> tuple[datetime, int]:
    try:
        return read_place(key)
    except PlaceError as error:
        raise UnknownViewError(key) from error
