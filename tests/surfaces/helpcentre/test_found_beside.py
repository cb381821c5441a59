"""One search finds articles, known problems and own tickets, each under its heading and for whom it is."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article
from tests.surfaces.helpcentre.test_pages import read, signed_in_staff, words
from tests.surfaces.portal.test_problems import make_problem
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.conversation import take_note
from vaxel.insight.search.lexicon import learn_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk(slug="kompass")
    begin_manual(desk)
    make_article(desk, "exportera", title="Exportera", markdown="Så gör du en export.")
    learn_words(desk_id=desk.pk)
    make_problem(world.make_staff(desk))
    return desk


@pytest.fixture
def person(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk))


def kinds(client: Client, text: str) -> dict[str, list[str]]:
    page = read(client, f"sv/search/?q={text}")
    return {
        "problems": words(page, "#found-problems + ul a"),
        "tickets": words(page, "#found-tickets + ul a"),
        "articles": words(page, ".help-hit__title"),
    }


def test_each_kind_stands_under_its_heading(person: Person) -> None:
    ticket = world.ask(person, subject="Exporten blir tom")
    assert kinds(signed_in(person), "export") == {
        "problems": ["Exporten till PDF stannar"],
        "tickets": [f"KOM-{ticket.number} Exporten blir tom"],
        "articles": ["Exportera"],
    }


def test_own_ticket_is_found_by_its_number(person: Person) -> None:
    ticket = world.ask(person, subject="Exporten blir tom")
    found = kinds(signed_in(person), f"KOM-{ticket.number}")
    assert found == {"problems": [], "tickets": [f"KOM-{ticket.number} Exporten blir tom"], "articles": []}


def test_search_that_found_a_ticket_does_not_say_that_nothing_was_found(person: Person) -> None:
    ticket = world.ask(person, subject="Exporten blir tom")
    said = "Ingen artikel innehåller de orden."

    found = read(signed_in(person), f"sv/search/?q=KOM-{ticket.number}")
    missed = read(signed_in(person), "sv/search/?q=xyzzyqq")

    assert [said in page.get_text() for page in (found, missed)] == [False, True]


def test_t43_tickets_are_found_by_their_readers_alone(desk: Desk, person: Person) -> None:
    world.ask(person, text="kanariefågel")
    neighbour = world.make_person(world.make_organisation(desk))
    for client in (Client(), signed_in(neighbour), signed_in_staff(world.make_staff(desk))):
        assert kinds(client, "kanariefågel")["tickets"] == []
    assert len(kinds(signed_in(person), "kanariefågel")["tickets"]) == 1


def test_words_are_marked_in_titles_and_where_they_stand(desk: Desk, person: Person) -> None:
    texts = {"sv": "Den stannar vid en lång export. Vi letar.", "en": "It stops."}
    make_problem(world.make_staff(desk), "Utskriften stannar", text=texts)
    world.ask(person, subject="Exporten blir tom", text="Hej! Min export av fredagens rapport är tom.")

    page = read(signed_in(person), "sv/search/?q=export")

    marks = {kind: sorted(words(page, f"#found-{kind} + ul mark")) for kind in ("problems", "tickets")}
    assert marks == {"problems": ["Exporten", "Exporten", "export"], "tickets": ["Exporten", "export"]}
    assert words(page, ".help-hits .help-hit__title mark") == ["Exportera"]
    assert words(page, "#found-tickets + ul p") == ["Hej! Min export av fredagens rapport är tom."]


def test_what_a_reader_may_not_see_is_in_no_excerpt(desk: Desk, person: Person) -> None:
    ticket = world.ask(person, subject="Exporten blir tom", text="Hej!")
    staff = world.make_staff(desk)
    take_note(
        scope=world.desk_scope(desk), number=ticket.number, text="Hemlig export.", by=world.actor(staff), now=world.NOW
    )

    page = read(signed_in(person), "sv/search/?q=export")

    assert words(page, "#found-tickets + ul p") == []


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_however_many_hits(
    person: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(person)
    for _ in range(count):
        world.ask(person, text="Exporten blir tom.")
    kinds(client, "export")
    # The page asks 5, articles take 6, problems 4, tickets 5, and what is marked 2.
    with django_assert_num_queries(18):
        found = kinds(client, "export")
    assert len(found["tickets"]) == count
