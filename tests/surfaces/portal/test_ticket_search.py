"""A customer searches the tickets that they may read, and finds nothing else."""

import pytest
from bs4 import BeautifulSoup
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.models import Ticket


def search(customer: Customer, words: str, more: str = "") -> BeautifulSoup:
    response = customer.client.get(f"/{customer.desk.slug}/tickets/?q={words}{more}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def subjects(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".list__link")]


def test_words_are_found_in_open_and_finished_tickets(maj: Customer) -> None:
    done = world.ask(maj.person, subject="Knappen", text="Det gäller kapslingen.")
    lifecycle.close(
        scope=world.customer_scope(maj.person), number=done.number, by=world.actor(maj.person), now=world.NOW
    )
    world.ask(maj.person, subject="Kapsling", text="Den är sönder.")
    world.ask(maj.person, subject="Annat", text="Något annat.")
    page = search(maj, "kapsling")
    assert subjects(page) == ["Kapsling", "Knappen"]
    assert [mark.get_text() for mark in page.select("mark")] == ["Kapsling", "kapslingen"]


def test_words_that_searches_leave_out_are_said_to_be_too_common(maj: Customer) -> None:
    world.ask(maj.person, text="Den och den.")
    titles = [search(maj, typed).select(".empty__title")[0].get_text() for typed in ("och", "kanariefågel")]
    assert titles == ["De här orden är för vanliga att söka på", "Inget ärende innehåller orden"]


def test_number_and_case_come_first(maj: Customer) -> None:
    named = world.ask(maj.person, subject="Första")
    Ticket.unscoped.filter(pk=named.pk).update(case_reference="BYGG.2022.194")
    world.ask(maj.person, subject="Andra", text=f"Se BYGG.2022.194 och {named.number}.")
    assert subjects(search(maj, "BYGG.2022.194")) == ["Första", "Andra"]
    assert subjects(search(maj, f"{maj.desk.prefix}-{named.number}")) == ["Första"]


def test_t43_colleagues_and_others_are_not_found(maj: Customer) -> None:
    world.ask(world.make_person(maj.person.organisation), text="kanariefågel")
    world.ask(world.make_person(world.make_organisation(maj.desk)), text="kanariefågel")
    page = search(maj, "kanariefågel", "&whose=all")
    assert (subjects(page), page.select_one(".empty__title") is not None) == ([], True)


def test_t44_notes_are_not_found(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    by = world.actor(world.make_staff(maj.desk))
    scope = world.desk_scope(maj.desk)
    conversation.note(scope=scope, number=ticket.number, text="kanariefågel", by=by, now=world.NOW)
    assert subjects(search(maj, "kanariefågel")) == []


def test_whoever_sees_the_organisation_finds_its_tickets(maj: Customer) -> None:
    world.ask(maj.person, subject="Min", text="kapsling")
    world.ask(world.make_person(maj.person.organisation), subject="Kollegas", text="kapsling")
    maj.person.may_see_organisation = True
    maj.person.save(update_fields=["may_see_organisation"])
    assert subjects(search(maj, "kapsling")) == ["Kollegas", "Min"]
    assert subjects(search(maj, "kapsling", "&whose=mine")) == ["Min"]


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_for_one_and_three(
    maj: Customer, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        world.ask(maj.person, text="kapsling")
    search(maj, "kapsling")
    # who asks (2); words, how common (2), hits, tickets; stems, texts; promises
    with django_assert_num_queries(7):
        page = search(maj, "kapsling")
    assert len(subjects(page)) == count


@pytest.mark.parametrize("value", ["%00", "'; DROP TABLE x; --", "9" * 40, "\ud7ff", "<!--"])
def test_t46_odd_words_are_no_fault(maj: Customer, value: str) -> None:
    assert maj.client.get(f"/{maj.desk.slug}/tickets/", {"q": value, "page": value}).status_code == 200
