"""A customer's list: by key, in both directions, and counted in one query."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.people.models import Person
from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.customer_list import CustomerCounts, customer_counts, customer_page, running_promises
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.paging import PlaceError
from vaxel.domain.tickets.queries import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


def reader(person: Person, *, sees: bool = False) -> Reader:
    return Reader(scope=world.customer_scope(person), person_id=person.pk, sees_organisation=sees)


def ask_five(person: Person) -> list[Ticket]:
    """Newest first."""
    return [world.ask(person, now=world.NOW + timedelta(minutes=number)) for number in range(5)][::-1]


def numbers(tickets: tuple[Ticket, ...] | list[Ticket]) -> list[int]:
    return [ticket.number for ticket in tickets]


def test_pages_follow_each_other_in_both_directions(person: Person) -> None:
    asked = numbers(ask_five(person))
    options = {"everyone": False, "finished": False, "size": 2}

    first = customer_page(reader(person), **options)  # type: ignore[arg-type]  # three of one sort each
    second = customer_page(reader(person), **options, after=first.older)  # type: ignore[arg-type]
    third = customer_page(reader(person), **options, after=second.older)  # type: ignore[arg-type]
    back = customer_page(reader(person), **options, before=third.newer)  # type: ignore[arg-type]

    assert [numbers(page.tickets) for page in (first, second, third, back)] == [
        asked[:2],
        asked[2:4],
        asked[4:],
        asked[2:4],
    ]
    assert [(page.newer is None, page.older is None) for page in (first, second, third)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_tickets_of_the_same_instant_are_neither_lost_nor_repeated(person: Person) -> None:
    asked = {world.ask(person).number for _ in range(4)}

    first = customer_page(reader(person), everyone=False, finished=False, size=2)
    second = customer_page(reader(person), everyone=False, finished=False, size=2, after=first.older)

    assert {*numbers(first.tickets), *numbers(second.tickets)} == asked


@pytest.mark.parametrize("key", ["", "1", "1-", "-1", "1-1-1", "9" * 30 + "-1", "1-1 OR 1=1"])
def test_a_key_that_is_none_is_refused(person: Person, key: str) -> None:
    with pytest.raises(PlaceError):
        customer_page(reader(person), everyone=False, finished=False, after=key)


def test_counts_tell_own_from_all(person: Person, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    colleague = world.make_person(person.organisation, name="Ove Lind")
    tickets = ask_five(person)
    world.ask(colleague)
    lifecycle.solve(scope=world.customer_scope(person), number=tickets[0].number, by=world.actor(person), now=world.NOW)

    with django_assert_num_queries(1):
        counts = customer_counts(reader(person, sees=True))

    assert counts == CustomerCounts(
        own_open=4, own_finished=1, all_open=5, all_finished=1, asked_open=0, asked_finished=0, to_answer=0
    )
    assert customer_counts(reader(person)).all_open == 4


def test_running_promises_are_one_query_for_all(
    person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tickets = tuple(ask_five(person))

    with django_assert_num_queries(1):
        promises = running_promises(tickets)

    assert {pk: clock.name for pk, clock in promises.items()} == {ticket.pk: "first-answer" for ticket in tickets}
