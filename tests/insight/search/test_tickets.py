"""Tickets by their words: at once, for whom they are, and without what staff say among themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader
from vaxel.insight.search import tickets as ticket_search
from vaxel.insight.search.sought import Sought, sought
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


@pytest.fixture(params=["known as common", "gathered", "too many to gather", "walked too far", "spans"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How a search looks, whatever it looks for: each way finds the same."""

    def understood(text: str) -> Sought:
        return replace(sought(text), tickets=1.0, held=1e3 if request.param == "known as common" else None)

    monkeypatch.setattr(ticket_search, "sought", understood)
    if request.param in {"too many to gather", "walked too far", "spans"}:
        monkeypatch.setattr(ticket_search, "_FEW", 0)
    if request.param in {"walked too far", "spans"}:
        monkeypatch.setattr(ticket_search, "_SHORTEST_WALK", 1)
    if request.param == "spans":
        monkeypatch.setattr(ticket_search, "_SPAN", 1)
        # Not of one ticket each: numbers of tickets are not used again, so that there are thousands below a test's own.
        monkeypatch.setattr(ticket_search, "_LONGER", 2)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_t43_customers_find_what_they_may_read(person: Person) -> None:
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


@pytest.mark.usefixtures("way")
def test_newest_come_first_and_no_more_than_asked_for(person: Person) -> None:
    made = [world.ask(person, text="kapsling").pk for _ in range(4)]
    assert tickets_of_desk(world.desk_scope(person.desk), "kapsling", most=3) == made[:0:-1]


@pytest.mark.usefixtures("way")
def test_ticket_is_found_in_the_transaction_that_wrote_it_after_others_were_answered(
    person: Person, agent: Staff
) -> None:
    first, second, third = (world.ask(person, text="kapsling") for _ in range(3))
    world.ask(person, text="tätning")
    later = world.NOW + timedelta(hours=1)
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=first.number, text="Snart.", by=world.actor(agent), now=later
    )

    assert by_staff(person, "kapsling") == [first.pk, third.pk, second.pk]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("answered", [(), (0,), (2, 0), (5, 4, 3, 1), (9, 0, 7)])
@pytest.mark.parametrize("most", [1, 2, 3, 5, 50])
def test_newest_lack_the_word_and_old_ones_are_answered(
    person: Person, agent: Staff, answered: tuple[int, ...], most: int
) -> None:
    texts = ["kapsling", "tätning", "kapsling", "kapsling", "tätning", "kapsling", *["tätning"] * 5]
    tickets = [world.ask(person, text=text) for text in texts]
    for place, index in enumerate(answered):
        conversation.reply(
            scope=world.desk_scope(agent.desk),
            number=tickets[index].number,
            text="Snart.",
            by=world.actor(agent),
            now=world.NOW + timedelta(hours=place + 1),
        )

    held = [ticket.pk for ticket, text in zip(tickets, texts, strict=True) if text == "kapsling"]
    newest = Ticket.unscoped.filter(pk__in=held).order_by("-last_message_at", "-pk").values_list("pk", flat=True)

    assert tickets_of_desk(world.desk_scope(person.desk), "kapsling", most=most) == list(newest[:most])


def test_words_are_known_as_common_once_statistics_are_made(person: Person) -> None:
    for _ in range(3):
        world.ask(person, text="kapslingen och tätningen")
    world.ask(person, text="kapslingen 8.9.0")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_ticketwords")

    held = {text: sought(text).held for text in ("kapsling", "kapsling tätning", "giraff", "8.9.0", "och", "")}

    assert held == {
        "kapsling": pytest.approx(4),
        "kapsling tätning": pytest.approx(3),
        "giraff": None,
        "8.9.0": pytest.approx(1),
        "och": pytest.approx(4),
        "": None,
    }


def test_rare_word_costs_two_queries(person: Person, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ticket, scope = world.ask(person, text="kapsling"), world.desk_scope(person.desk)
    with django_assert_num_queries(2):
        assert tickets_of_desk(scope, "kapsling") == [ticket.pk]


def test_common_word_costs_a_reader_with_few_tickets_three_queries(
    person: Person, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Words, a walk through all that the reader may see, and that it ended there: the index is left alone."""
    ticket = world.ask(person, text="kapsling")
    neighbour = world.make_person(world.make_organisation(person.desk))
    for _ in range(3):
        world.ask(neighbour, text="kapsling")

    def understood(text: str) -> Sought:
        return replace(sought(text), tickets=4.0, held=1e3)

    monkeypatch.setattr(ticket_search, "sought", understood)
    with django_assert_num_queries(3):
        assert tickets_of_customer(reader(person), "kapsling") == [ticket.pk]


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
