"""Tickets by their words: at once, for whom they are, and without what staff say among themselves."""

import pytest
from django.db import connection

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader
from vaxel.insight.search import tickets as ticket_search
from vaxel.insight.search.tickets import tickets_of_customer, tickets_of_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.desk)


def reader(person: Person, *, everyone: bool = False) -> Reader:
    return Reader(scope=world.customer_scope(person), person_id=person.pk, sees_organisation=everyone)


def by_staff(person: Person, text: str) -> list[int]:
    return tickets_of_desk(world.desk_scope(person.desk), text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("exporten", True),
        ("EXPORT", True),
        ("kalkylarket", True),
        ("export kalkylark", True),
        ("export och kalkylark", True),
        ("export budget", False),
        ("8.9.0", True),
        ("8.9", False),
        ("BYGG.2022.194", True),
        ("bygg.2022.194", True),
        ("BYGG.2022.19", False),
        ("och", False),
        ("", False),
        ("'); DROP TABLE x; --", False),
        ("a:* & | ! ( <->", False),
    ],
)
def test_ticket_is_found_by_its_words(person: Person, typed: str, found: bool) -> None:  # noqa: FBT001  # a table's column
    ticket = world.ask(
        person,
        subject="Exporten stannar",
        text="Kalkylarken blir tomma i version 8.9.0. Ärendet är BYGG.2022.194.",
    )
    assert by_staff(person, typed) == ([ticket.pk] if found else [])


def test_ticket_is_found_by_its_number_before_others(person: Person) -> None:
    first = world.ask(person)
    second = world.ask(person, text=f"Se {first.number}.")
    assert by_staff(person, str(first.number)) == [first.pk, second.pk]
    assert by_staff(person, f"{person.desk.prefix}-{first.number}") == [first.pk]


def test_ticket_is_found_in_the_language_that_it_is_written_in(person: Person) -> None:
    ticket = world.ask(person, subject="Reports", text="The reports are missing their totals.")
    assert by_staff(person, "report totals") == [ticket.pk]


def test_ticket_is_found_by_what_was_answered_a_moment_ago(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    reply(ticket, agent, "Det beror på en trasig kapslingsnyckel.")
    assert by_staff(person, "kapslingsnyckel") == [ticket.pk]


def test_t44_notes_are_found_by_nobody(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    scope = world.desk_scope(person.desk)
    conversation.note(scope=scope, number=ticket.number, text="kanariefågel", by=world.actor(agent), now=world.NOW)
    assert by_staff(person, "kanariefågel") == []
    assert tickets_of_customer(reader(person, everyone=True), "kanariefågel") == []


@pytest.mark.parametrize("crossover", [0, 1e9], ids=["walking", "gathering"])
def test_t43_customers_find_what_they_may_read(
    person: Person, crossover: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_search, "_CROSSOVER", crossover)
    colleague = world.make_person(person.organisation)
    neighbour = world.make_person(world.make_organisation(person.desk))
    abroad = world.make_person(world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",)))
    tickets = [world.ask(one, text="kanariefågel") for one in (person, colleague, neighbour)]
    mine, ours, theirs = (ticket.pk for ticket in tickets)
    found = {
        "own": tickets_of_customer(reader(person), "kanariefågel"),
        "organisation": tickets_of_customer(reader(person, everyone=True), "kanariefågel"),
        "neighbour": tickets_of_customer(reader(neighbour, everyone=True), "kanariefågel"),
        "staff": by_staff(person, "kanariefågel"),
        "staff abroad": by_staff(abroad, "kanariefågel"),
    }
    expected = {"own": [mine], "organisation": [ours, mine], "neighbour": [theirs]}
    assert found == {**expected, "staff": [theirs, ours, mine], "staff abroad": []}


@pytest.mark.parametrize("crossover", [0, 1e9], ids=["walking", "gathering"])
def test_newest_come_first_and_no_more_than_asked_for(
    person: Person, crossover: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_search, "_CROSSOVER", crossover)
    made = [world.ask(person, text="kapsling").pk for _ in range(4)]
    assert tickets_of_desk(world.desk_scope(person.desk), "kapsling", most=3) == made[:0:-1]


def test_subject_can_change(person: Person) -> None:
    ticket = world.ask(person, subject="Kapsling", text="Text.")
    Ticket.unscoped.filter(pk=ticket.pk).update(subject="Tätning")
    assert (by_staff(person, "kapsling"), by_staff(person, "tätning")) == ([], [ticket.pk])
    assert by_staff(person, "text") == [ticket.pk]


def test_t25_ticket_with_more_words_than_fit_takes_another_message(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    many = " ".join(f"ord{number}" for number in range(40_000))
    for _ in range(4):
        reply(ticket, agent, many)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(words) FROM search_ticketwords WHERE ticket_id = %s", [ticket.pk])
        assert cursor.fetchone()[0] < 1_000_000


def reply(ticket: Ticket, agent: Staff, text: str) -> None:
    conversation.reply(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        text=text,
        by=world.actor(agent),
        now=world.NOW,
    )
