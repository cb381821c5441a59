"""Search in tickets: the newest first, at most so many, and never how many there are.

A rare word is looked up in the index of words. For a common one that would gather half of all tickets before the
first is shown, so there the newest tickets are walked through until enough have it. PostgreSQL's own statistics say
which it is; whichever way is taken, it finds the same. What a reader may see is the same as in the lists of tickets,
and no note is in what is searched (trust 43, 44).
"""

import json
import re
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.insight.search.models import TicketWords
from vaxel.insight.search.words import MOST_WORDS, relatives, tokens
from vaxel.kit.tenancy import Scope

MOST: Final = 50
#: The share of all tickets from which on a page is full sooner by walking than by gathering.
_COMMON: Final = 0.004
#: So many tickets are walked; a page that is not full by then is gathered after all.
_WALKED: Final = 15_000
_WORD: Final = re.compile(r"'([^\W\d_]+)'")
_NAME: Final = re.compile(r"(?:[^\W\d_]{1,6}-)?(\d{1,15})")


def tickets_of_desk(scope: Scope, text: str, *, most: int = MOST) -> list[int]:
    """Ids of the desk's tickets that hold every word of the text, the newest first. For staff."""
    return _search(Ticket.objects.within(scope), text, most=most)


def tickets_of_customer(reader: Reader, text: str, *, most: int = MOST) -> list[int]:
    """The same among the tickets that a customer's person may read."""
    return _search(tickets_of(reader, everyone=True), text, most=most)


def _search(rows: QuerySet[Ticket], text: str, *, most: int) -> list[int]:
    """A ticket that is named by its number or its case comes before those that hold the words."""
    named = _named(rows, text)
    query = _query(text)
    held = _holding(rows, query, most=most) if query else []
    return list(dict.fromkeys([*named, *held]))[:most]


def _named(rows: QuerySet[Ticket], text: str) -> list[int]:
    """Tickets whose number, or the product's own case number, is all that was typed: "KOM-1042", "BYGG.2022.194"."""
    said = text.strip()
    if not said or " " in said:
        return []
    number = _NAME.fullmatch(said)
    meant = Q(case_reference__in={said, said.upper()})
    if number is not None:
        meant |= Q(number=int(number[1]))
    return list(rows.filter(meant).order_by("-last_message_at", "-id").values_list("id", flat=True)[:MOST])


def _query(text: str) -> str:
    """Every word, in the one language or the other; a word that either leaves out ("och", "the") is left out."""
    said = list(dict.fromkeys(tokens(text)))[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phraseto_tsquery('swedish', token)::text, phraseto_tsquery('english', token)::text"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS said(token, place) ORDER BY place",
            [said],
        )
        words = [_either(swedish, english) for swedish, english in cursor.fetchall() if swedish and english]
    return " & ".join(words)


def _either(swedish: str, english: str) -> str:
    """A word in any of its forms; an identifier is several words in a row, and has one form."""
    stem = _WORD.fullmatch(swedish)
    forms = [f"'{form}'" for form in relatives(stem[1])] if stem else [swedish]
    return f"({' | '.join(dict.fromkeys([*forms, english]))})"


def _holding(rows: QuerySet[Ticket], query: str, *, most: int) -> list[int]:
    if _share(query) >= _COMMON:
        walked = _walk(rows, query, most=most)
        if len(walked) == most:
            return walked
    return _gather(rows, query, most=most)


def _share(query: str) -> float:
    """About which share of all tickets holds the words: what the planner would think, without running anything."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM search_ticketwords WHERE words @@ %s::tsquery", [query])
        (plan,) = cursor.fetchone()
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'search_ticketwords'::regclass")
        (tickets,) = cursor.fetchone()
    expected: float = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]["Plan Rows"]
    return expected / tickets if tickets > 0 else 0.0


def _walk(rows: QuerySet[Ticket], query: str, *, most: int) -> list[int]:
    """From the newest ticket on, until enough hold the words; `coalesce` keeps the index of words out of it."""
    newest = rows.order_by("-last_message_at", "-id").values("id", "last_message_at")[:_WALKED]
    sql, values = newest.query.sql_with_params()
    walking = (
        f"SELECT newest.id FROM ({sql}) AS newest JOIN search_ticketwords said ON said.ticket_id = newest.id"  # noqa: S608  # Django's own SQL
        " WHERE coalesce(said.words, '') @@ %s::tsquery"
        " ORDER BY newest.last_message_at DESC, newest.id DESC LIMIT %s"
    )
    return _ids(walking, [*values, query, most])


def _gather(rows: QuerySet[Ticket], query: str, *, most: int) -> list[int]:
    """Every ticket that holds the words, by their index; then the newest of them that the reader may see."""
    holding = TicketWords.unscoped.extra(where=["words @@ %s::tsquery"], params=[query]).values(
        "ticket_id"
    )  # a constant; the value apart
    found = rows.filter(id__in=holding).order_by("-last_message_at", "-id")
    return list(found.values_list("id", flat=True)[:most])


def _ids(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [ticket_id for (ticket_id,) in cursor.fetchall()]
