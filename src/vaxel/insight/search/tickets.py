"""Search in tickets: the newest first, at most so many, and never how many there are.

A rare word is looked up in the index of words. For a common one that would gather half of all tickets before the
first is shown, so there the newest tickets are walked through until enough have it. PostgreSQL's own statistics say
which it is; whichever way is taken, it finds the same. What a reader may see is the same as in the lists of tickets,
and no note is in what is searched (trust 43, 44).
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.insight.search.words import MOST_WORDS, relatives, tokens
from vaxel.kit.tenancy import Scope

MOST: Final = 50
#: Walking passes 50 x tickets / hits tickets, gathering fetches all hits, and a ticket passed costs 1.4 of a hit
#: fetched: so walking is quicker when hits² is larger than this many times the tickets.
_CROSSOVER: Final = 70
#: A walk gives up after so many times the way that it should have taken; the page is gathered after all then. Words
#: are not spread evenly: the newest tickets lack those of answers.
_PATIENCE: Final = 3
_SHORTEST_WALK, _LONGEST_WALK = 2_000, 15_000
_WORD: Final = re.compile(r"'([^\W\d_]+)'")
_DIGIT: Final = re.compile(r"\d")
_NAME: Final = re.compile(r"(?:[^\W\d_]{1,6}-)?(\d{1,15})")


@dataclass(frozen=True, slots=True)
class FoundTickets:
    """A page of what a search found, as ids; `more` says that there is another."""

    ids: tuple[int, ...]
    more: bool


def tickets_among(rows: QuerySet[Ticket], text: str, *, most: int = MOST, skip: int = 0) -> FoundTickets:
    """Those of the reader's tickets that hold every word of the text, the newest first.

    A ticket that is named by its number or its case comes before those that hold the words. Four queries; five when
    the text may be a name.
    """
    wanted = skip + most + 1
    named = _named(rows, text)
    query = _query(text)
    held = _holding(rows, query, most=wanted + len(named)) if query else []
    found = list(dict.fromkeys([*named, *held]))
    return FoundTickets(tuple(found[skip : skip + most]), more=len(found) >= wanted)


def tickets_of_desk(scope: Scope, text: str, *, most: int = MOST) -> list[int]:
    """Ids of the desk's tickets that hold every word of the text. For staff."""
    return list(tickets_among(Ticket.objects.within(scope), text, most=most).ids)


def tickets_of_customer(reader: Reader, text: str, *, most: int = MOST) -> list[int]:
    """The same among the tickets that a customer's person may read."""
    return list(tickets_among(tickets_of(reader, everyone=True), text, most=most).ids)


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


@dataclass(frozen=True, slots=True)
class _Query:
    """What is looked for, as text-search queries: every word in each of its forms, and in its usual one alone.

    The planner knows how common usual forms are; for one that it has never seen it assumes too much.
    """

    forms: str
    usual: str


def _query(text: str) -> _Query | None:
    """Every word, in the one language or the other; a word that either leaves out ("och", "the") is left out."""
    said = list(dict.fromkeys(tokens(text)))[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phraseto_tsquery('swedish', token)::text, phraseto_tsquery('english', token)::text"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS said(token, place) ORDER BY place",
            [said],
        )
        words = [(swedish, english) for swedish, english in cursor.fetchall() if swedish and english]
    if not words:
        return None
    return _Query(
        forms=" & ".join(_either(swedish, english) for swedish, english in words),
        usual=" & ".join(f"({swedish})" for swedish, _english in words),
    )


def _either(swedish: str, english: str) -> str:
    """A word in any of its forms; an identifier is several words in a row, and has one form."""
    stem = _WORD.fullmatch(swedish)
    forms = [f"'{form}'" for form in relatives(stem[1])] if stem else [swedish]
    return f"({' | '.join(dict.fromkeys([*forms, english]))})"


def _holding(rows: QuerySet[Ticket], query: _Query, *, most: int) -> list[int]:
    hits, tickets = _expected(query.usual)
    if hits * hits >= _CROSSOVER * tickets:
        way = min(max(round(_PATIENCE * most * tickets / hits), _SHORTEST_WALK), _LONGEST_WALK)
        walked = _walk(rows, query.forms, most=most, way=way)
        if len(walked) == most:
            return walked
    return _gather(rows, query.forms, most=most)


def _expected(query: str) -> tuple[float, float]:
    """About how many tickets hold the words, and how many there are: what the planner thinks, with nothing run."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM search_ticketwords WHERE words @@ %s::tsquery", [query])
        (plan,) = cursor.fetchone()
        cursor.execute("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'search_ticketwords'::regclass")
        (tickets,) = cursor.fetchone()
    read: list[dict[str, dict[str, float]]] = plan if isinstance(plan, list) else json.loads(plan)
    return max(read[0]["Plan"]["Plan Rows"], 1.0), tickets


def _walk(rows: QuerySet[Ticket], query: str, *, most: int, way: int) -> list[int]:
    """From the newest ticket on, until enough hold the words; `coalesce` keeps the index of words out of it."""
    newest = rows.order_by("-last_message_at", "-id").values("id", "last_message_at")[:way]
    sql, values = newest.query.sql_with_params()
    walking = (
        f"SELECT newest.id FROM ({sql}) AS newest JOIN search_ticketwords said ON said.ticket_id = newest.id"  # noqa: S608  # Django's own SQL
        " WHERE coalesce(said.words, '') @@ %s::tsquery"
        " ORDER BY newest.last_message_at DESC, newest.id DESC LIMIT %s"
    )
    return _ids(walking, [*values, query, most])


def _gather(rows: QuerySet[Ticket], query: str, *, most: int) -> list[int]:
    """Every ticket that holds the words, by their index; then the newest of them that the reader may see.

    `OFFSET 0` keeps the planner from walking the newest tickets here too, in the hope of an early end.
    """
    sql, values = rows.order_by().values("id", "last_message_at").query.sql_with_params()
    gathering = (
        f"SELECT found.id FROM (SELECT own.id, own.last_message_at FROM ({sql}) AS own"  # noqa: S608  # Django's own SQL
        " WHERE own.id IN (SELECT ticket_id FROM search_ticketwords WHERE words @@ %s::tsquery) OFFSET 0) AS found"
        " ORDER BY found.last_message_at DESC, found.id DESC LIMIT %s"
    )
    return _ids(gathering, [*values, query, most])


def _ids(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [ticket_id for (ticket_id,) in cursor.fetchall()]
