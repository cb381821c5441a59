"""What a customer has asked: a page at a time, and how many tickets are open and finished."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from vaxel.domain.tickets.models import Clock, Ticket
from vaxel.domain.tickets.paging import place_key, read_place
from vaxel.domain.tickets.queries import A_READER, Reader, marks_of, tickets_of
from vaxel.domain.tickets.status import DONE, OPEN_STATUSES, OURS
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as
from vaxel.kit.values import value

PAGE_SIZE: Final = 25
_OPEN: Final = [status.value for status in OPEN_STATUSES]
_OURS: Final = [status.value for status in OURS]
_DONE: Final = [status.value for status in DONE]


@value
class CustomerPage:
    """A page, newest activity first. `older` and `newer` are keys of the neighbouring pages, None at the ends."""

    tickets: tuple[Ticket, ...]
    older: str | None
    newer: str | None


@value
class CustomerCounts:
    """How many tickets there are, own and all that may be read."""

    own_open: int
    own_finished: int
    all_open: int
    all_finished: int
    #: Questions of colleagues to the local contacts (A12); of the open ones, those that wait for an answer there.
    asked_open: int
    asked_finished: int
    to_answer: int


def customer_page(
    reader: Reader,
    *,
    everyone: bool,
    finished: bool,
    colleagues: bool = False,
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
) -> CustomerPage:
    """The page after (older than) a key, or before (newer than) one; one query. Raises PlaceError.

    With `colleagues` it is what others have asked the local contacts: what they see first of all.
    """
    rows = tickets_of(reader, everyone=everyone or colleagues).filter(status__in=_DONE if finished else _OPEN)
    if colleagues:
        rows = rows.filter(_asked_by_colleagues(reader))
    backwards = before is not None and after is None
    key = before if backwards else after
    if key is not None:
        compare = TupleGreaterThan if backwards else TupleLessThan
        instant, ticket_id = read_place(key)
        rows = rows.filter(compare((F("last_message_at"), F("id")), (Value(instant), Value(ticket_id))))
    sign = "" if backwards else "-"
    found = list(_columns(rows).order_by(f"{sign}last_message_at", f"{sign}id")[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    return CustomerPage(
        tickets=tuple(found),
        older=_key(found[-1]) if found and (more or backwards) else None,
        newer=_key(found[0]) if found and (more if backwards else key is not None) else None,
    )


def customer_tickets(reader: Reader, ids: Sequence[int]) -> tuple[Ticket, ...]:
    """Those of the tickets that the reader may read, in the order that they are named in; one query."""
    found = {ticket.pk: ticket for ticket in _columns(tickets_of(reader, everyone=True).filter(pk__in=ids))}
    return tuple(found[each] for each in ids if each in found)


def customer_counts(reader: Reader) -> CustomerCounts:
    """All the counts in one query."""
    counting = _counting(sees=reader.sees_organisation, is_local=reader.is_local_contact)
    found = counting.run(marks_of(reader))
    return CustomerCounts(*found[0]) if found else CustomerCounts(*(0 for _count in fields(CustomerCounts)))


@cache
def _counting(*, sees: bool, is_local: bool) -> Compiled:
    """In one group, the desk's: none when there are no tickets."""
    reader = replace(A_READER, sees_organisation=sees, is_local_contact=is_local)
    own, asked = Q(requester_id=reader.person_id), _asked_by_colleagues(reader)
    counts = {
        "own_open": Count("pk", filter=own & Q(status__in=_OPEN)),
        "own_finished": Count("pk", filter=own & Q(status__in=_DONE)),
        "all_open": Count("pk", filter=Q(status__in=_OPEN)),
        "all_finished": Count("pk", filter=Q(status__in=_DONE)),
        "asked_open": Count("pk", filter=asked & Q(status__in=_OPEN)),
        "asked_finished": Count("pk", filter=asked & Q(status__in=_DONE)),
        "to_answer": Count("pk", filter=asked & Q(status__in=_OURS, customer_spoke_last=True)),
    }
    rows = tickets_of(reader, everyone=True).order_by().values("desk").annotate(**counts)
    return compiled(rows.values_list(*(count.name for count in fields(CustomerCounts))), *marks_of(A_READER))


def _asked_by_colleagues(reader: Reader) -> Q:
    return Q(is_first_line=True) & ~Q(requester_id=reader.person_id)


def running_promises(tickets: tuple[Ticket, ...]) -> dict[int, Clock]:
    """The promise that is due first of each ticket that has one running, by the ticket's id; one query."""
    if not tickets:
        return {}
    found = _reading_promises().run({_SOME_IDS: f"{{{','.join(str(ticket.pk) for ticket in tickets)}}}"})
    return {clock.ticket_id: clock for clock in (row_as(Clock, row) for row in found)}


#: The mark in the compiled query where each run puts the tickets' ids (see `kit.compiled`).
_SOME_IDS: Final = "{-1}"


@cache
def _reading_promises() -> Compiled:
    running = Clock.unscoped.filter(state=Clock.State.RUNNING, due_at__isnull=False).order_by("-due_at")
    of_these = running.extra(where=['"tickets_clock"."ticket_id" = ANY(%s::bigint[])'], params=[_SOME_IDS])
    return compiled(of_these.values_list(*columns_of(Clock)), _SOME_IDS)


def _columns(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return rows.select_related("requester", "assignee").only(
        "number",
        "subject",
        "status",
        "kind",
        "destination",
        "is_first_line",
        "policy",
        "created_at",
        "last_message_at",
        "customer_spoke_last",
        "next_deadline_at",
        "requester__name",
        "assignee__name",
    )


def _key(ticket: Ticket) -> str:
    return place_key(ticket.last_message_at, ticket.pk)
