"""Search in tickets: the newest first, at most so many, and never how many there are.

A rare word is looked up in the index of words. For a common one that would gather half of all tickets before the
first is shown, so there the newest tickets are walked through until enough have it. When the newest lack it, as they
may for years, the index is asked for one span of numbers after the other, from the latest ticket back. PostgreSQL's
own statistics know the common words; of any other one some tickets are gathered, and if there are more it counts as
common after all. Whichever way is taken, it finds the same. What a reader may see is the same as in the lists of
tickets, and no note is in what is searched (trust 43, 44).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.insight.search.sought import Sought, sought
from vaxel.kit.tenancy import Scope

MOST: Final = 50
#: Walking passes wanted x tickets / held tickets, if the words are spread evenly, and gathering fetches all that are
#: held, which costs twice as much for each: so walking is quicker when held² is larger than so many times
#: wanted x tickets. It begins later, since words are not spread evenly.
_CROSSOVER: Final = 2.5
#: A walk gives up when it has cost more than the spans do, for which the index reads all that it knows of the words:
#: after one ticket for so many that hold them.
_PATIENCE: Final = 10
_SHORTEST_WALK, _LONGEST_WALK = 3_000, 20_000
#: How many tickets the first span shall have of those that hold the words, and how much longer each next one is.
_SPAN, _LONGER = 200, 4
#: Tickets with words that are not known as common which are gathered before they count as common.
_FEW: Final = 3_000
_DIGIT: Final = re.compile(r"\d")
_NAME: Final = re.compile(r"(?:[^\W\d_]{1,6}-)?(\d{1,15})")


@dataclass(frozen=True, slots=True)
class FoundTickets:
    """A page of what a search found, as ids; `more` says that there is another."""

    ids: tuple[int, ...]
    more: bool


def tickets_among(rows: QuerySet[Ticket], words: Sought, *, most: int = MOST, skip: int = 0) -> FoundTickets:
    """Those of the reader's tickets that hold every word, the newest first.

    A ticket that is named by its number or its case comes before those that hold the words. One query, two when the
    text may be a name; one more for words that are commoner than they were known to be, and some for common words that
    the newest tickets lack.
    """
    wanted = skip + most + 1
    named = _named(rows, words.text)
    held = _holding(rows, words, most=wanted + len(named)) if words.query else []
    found = list(dict.fromkeys([*named, *held]))
    return FoundTickets(tuple(found[skip : skip + most]), more=len(found) >= wanted)


def tickets_of_desk(scope: Scope, text: str, *, most: int = MOST) -> list[int]:
    """Ids of the desk's tickets that hold every word of the text. For staff."""
    return list(tickets_among(Ticket.objects.within(scope), sought(text), most=most).ids)


def tickets_of_customer(reader: Reader, text: str, *, most: int = MOST) -> list[int]:
    """The same among the tickets that a customer's person may read."""
    return list(tickets_among(tickets_of(reader, everyone=True), sought(text), most=most).ids)


def _named(rows: QuerySet[Ticket], text: str) -> list[int]:
    """Tickets whose number, or the product's own case number, is all that was typed: "KOM-1042", "BYGG.2022.194"."""
    said = text.strip()
    if " " in said or _DIGIT.search(said) is None:
        return []
    number = _NAME.fullmatch(said)
    meant = Q(case_reference__in={said, said.upper()})
    if number is not None:
        meant |= Q(number=int(number[1]))
    return list(rows.filter(meant).order_by("-last_message_at", "-id").values_list("id", flat=True)[:MOST])


def _holding(rows: QuerySet[Ticket], words: Sought, *, most: int) -> list[int]:
    held = words.held
    if held is None or held * held < _CROSSOVER * most * words.tickets:
        few = _gather(rows, words.query, most=most, among=_FEW)
        if few is not None:
            return few
        # How many more nobody has counted: gathering them would cost at least as much again.
        held = max(held or 0, 2 * _FEW, 1)
    way = min(max(round(held / _PATIENCE), _SHORTEST_WALK), _LONGEST_WALK)
    walked = _walk(rows, words.query, most=most, way=way)
    if len(walked) == most or _newest(rows)[way:].first() is None:
        return walked
    return _by_spans(rows, words.query, most=most, first=max(round(_SPAN * words.tickets / held), 1))


def _newest(rows: QuerySet[Ticket]) -> QuerySet[Ticket, Any]:
    return rows.order_by("-last_message_at", "-id").values("id", "last_message_at")


def _walk(rows: QuerySet[Ticket], query: str, *, most: int, way: int) -> list[int]:
    """From the newest ticket on, until enough hold the words.

    `coalesce` keeps the index of words out of it, and the LIMIT of one has the tickets' words read one by one.
    """
    sql, values = _newest(rows)[:way].query.sql_with_params()
    walking = (
        f"SELECT newest.id FROM ({sql}) AS newest, LATERAL ("  # noqa: S608  # Django's own SQL
        " SELECT FROM search_ticketwords said WHERE said.ticket_id = newest.id"
        " AND coalesce(said.words, '') @@ %s::tsquery LIMIT 1) AS said"
        " ORDER BY newest.last_message_at DESC, newest.id DESC LIMIT %s"
    )
    return [ticket_id for (ticket_id,) in _found(walking, [*values, query, most])]


@dataclass(frozen=True, slots=True, order=True)
class _Held:
    """A ticket that holds the words, as the lists order it: by its last message."""

    last_message_at: datetime
    id: int


def _by_spans(rows: QuerySet[Ticket], query: str, *, most: int, first: int) -> list[int]:
    """The newest that hold the words, from one span of ids to the next lower one, until enough are found.

    A ticket below these spans comes before what was found when it was written in later: there are few of those, and
    each is looked at.
    """
    ((above,),) = _found("SELECT coalesce(max(ticket_id), 0) + 1 FROM search_ticketwords", [])
    held: list[_Held] = []
    length, lowest = first, above
    while len(held) < most and lowest > 0:
        until, lowest = lowest, max(lowest - length, 0)
        held += _in_span(rows, query, since=lowest, until=until, most=most)
        length *= _LONGER
    held.sort(reverse=True)
    if len(held) >= most and lowest > 0:
        last = held[most - 1].last_message_at
        held += _written_in_later(rows.filter(last_message_at__gte=last, pk__lt=lowest), query)
        held.sort(reverse=True)
    return [each.id for each in held[:most]]


def _in_span(rows: QuerySet[Ticket], query: str, *, since: int, until: int, most: int) -> list[_Held]:
    """The newest of a span. The index gives all that hold the words, and another one the span, before any is read."""
    sql, values = rows.order_by().values("id", "last_message_at").query.sql_with_params()
    looking = (
        "WITH held AS MATERIALIZED ("  # noqa: S608  # Django's own SQL
        "SELECT ticket_id FROM search_ticketwords WHERE words @@ %s::tsquery AND ticket_id >= %s AND ticket_id < %s)"
        f", own AS (SELECT own.id, own.last_message_at FROM ({sql}) AS own"
        " WHERE own.id IN (SELECT ticket_id FROM held) OFFSET 0)"
        " SELECT last_message_at, id FROM own ORDER BY last_message_at DESC, id DESC LIMIT %s"
    )
    return [_Held(*row) for row in _found(looking, [query, since, until, *values, most])]


def _written_in_later(rows: QuerySet[Ticket], query: str) -> list[_Held]:
    sql, values = rows.order_by().values("id", "last_message_at").query.sql_with_params()
    looking = (
        f"SELECT later.last_message_at, later.id FROM ({sql}) AS later, LATERAL ("  # noqa: S608  # Django's own SQL
        " SELECT FROM search_ticketwords said WHERE said.ticket_id = later.id"
        " AND coalesce(said.words, '') @@ %s::tsquery LIMIT 1) AS said"
    )
    return [_Held(*row) for row in _found(looking, [*values, query])]


def _gather(rows: QuerySet[Ticket], query: str, *, most: int, among: int) -> list[int] | None:
    """Every ticket that holds the words, by their index; then the newest of them that the reader may see.

    None when more than `among` hold them: their tickets are not read then. `OFFSET 0` keeps the planner from walking
    the newest tickets here too, in the hope of an early end.
    """
    sql, values = rows.order_by().values("id", "last_message_at").query.sql_with_params()
    gathering = (
        "WITH held AS MATERIALIZED (SELECT ticket_id FROM search_ticketwords WHERE words @@ %s::tsquery LIMIT %s)"  # noqa: S608  # Django's own SQL
        f", own AS (SELECT own.id, own.last_message_at FROM ({sql}) AS own"
        " WHERE own.id IN (SELECT ticket_id FROM held) AND (SELECT count(*) FROM held) <= %s OFFSET 0)"
        ", newest AS (SELECT id, last_message_at FROM own ORDER BY last_message_at DESC, id DESC LIMIT %s)"
        " SELECT newest.id, total.held FROM (SELECT count(*) AS held FROM held) AS total LEFT JOIN newest ON true"
        " ORDER BY newest.last_message_at DESC, newest.id DESC"
    )
    found = _found(gathering, [query, among + 1, *values, among, most])
    if found[0][1] > among:
        return None
    return [ticket_id for ticket_id, _held in found if ticket_id is not None]


def _found(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
