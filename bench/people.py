"""Who measures: accounts and tickets of the filled database, looked up without Django."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from bench.client import Client
from bench.running import DESK, running

Row = tuple[Any, ...]


def connect() -> psycopg.Connection[Row]:
    """The database that is measured."""
    return psycopg.connect(running().database_url, autocommit=True, row_factory=tuple_row)


def rows(query: str, *values: object) -> list[Row]:
    """The rows of a query."""
    with connect() as connection:
        return connection.execute(query.encode(), values).fetchall()


def agents(count: int) -> list[Client]:
    """So many signed-in windows of the desk's support agents."""
    found = rows(
        "SELECT s.account_id FROM people_staff s JOIN desks_desk d ON d.id = s.desk_id"
        " WHERE d.slug = %s AND s.is_active AND 'support' = ANY(s.roles) ORDER BY s.id",
        DESK,
    )
    return [_signed_in(found[place % len(found)][0]) for place in range(count)]


def contacts(count: int) -> list[tuple[Client, Row]]:
    """So many signed-in support contacts of different customers, each as (person, organisation, desk)."""
    found = rows(
        "SELECT DISTINCT ON (p.organisation_id) p.account_id, p.id, p.organisation_id, p.desk_id FROM people_person p"
        " JOIN people_seat s ON s.person_id = p.id"
        " JOIN people_certificate c ON c.person_id = p.id AND c.expires_on > current_date"
        " JOIN people_agreement a ON a.organisation_id = p.organisation_id AND a.ends_on IS NULL"
        " WHERE p.is_active AND 'suite' = ANY(a.products)"
        # Somebody with two customers would have to say for which.
        " AND (SELECT count(*) FROM people_person o WHERE o.account_id = p.account_id) = 1"
        " ORDER BY p.organisation_id, p.id LIMIT %s",
        count,
    )
    return [(_signed_in(account), who) for account, *who in found]  # type: ignore[misc]  # a list where a tuple is


def _signed_in(account_id: int) -> Client:
    client = Client(running().port)
    client.sign_in(account_id)
    return client


def drafts(who: Row, *, count: int) -> list[str]:
    """So many questions of this person, filled in and ready to be sent: the addresses' ids."""
    person, organisation, desk = who
    now = datetime.now(UTC)
    answers = {
        "words": "Oväntat fel när jag sparar uppföljningen. Det står bara att något gick fel, och texten är borta.",
        "kind": "unexpected-error",
        "product": "suite",
        "checked": ["read-manual"],
        # To the question whether they can go on working: yes, in another way.
        "impact": ["1"],
    }
    ids = [secrets.token_hex(13) for _ in range(count)]
    with connect() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO tickets_draft (public_id, desk_id, organisation_id, person_id, data, created_at, updated_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [(one, desk, organisation, person, json.dumps(answers), now, now) for one in ids],
        )
    return ids


def ticket_with_messages(count: int) -> str:
    """The name of a ticket with exactly so many messages, or the nearest above."""
    ((number, _),) = rows(
        "SELECT t.number, count(*) FROM tickets_ticket t JOIN tickets_message m ON m.ticket_id = t.id"
        " WHERE NOT t.is_first_line AND t.id > (SELECT max(id) - 20000 FROM tickets_ticket)"
        " GROUP BY t.number HAVING count(*) >= %s ORDER BY count(*), t.number LIMIT 1",
        count,
    )
    return f"KOM-{number}"


def open_tickets(count: int, *, of_person: int | None = None) -> list[str]:
    """Names of so many tickets that may be answered."""
    found = rows(
        "SELECT number FROM tickets_ticket WHERE status <> 'closed' AND NOT is_first_line"
        " AND (%s::bigint IS NULL OR requester_id = %s) ORDER BY id DESC LIMIT %s",
        of_person,
        of_person,
        count,
    )
    return [f"KOM-{number}" for (number,) in found]
