"""Numbers of tickets: one series per desk, without a number twice and without a gap, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.intake import take_question
from vaxel.domain.tickets.models import Ticket


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.mark.django_db
def test_take_number_leaves_no_gap_after_a_question_that_was_taken_back(person: Person) -> None:
    asked = partial(take_question, world.make_question(), desk=person.organisation.desk, person_id=person.pk, by=SYSTEM)
    first = asked(now=world.NOW)
    with transaction.atomic():
        lost = asked(now=world.NOW)
        transaction.set_rollback(True)
    second = asked(now=world.NOW)

    assert (first.number, lost.number, second.number) == (1001, 1002, 1002)


@pytest.mark.django_db(transaction=True)
def test_take_number_gives_each_of_many_at_once_its_own(person: Person) -> None:
    def asked(place: int) -> int:
        try:
            return world.ask(person, now=world.NOW + timedelta(seconds=place)).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as together:
        numbers = sorted(together.map(asked, range(12)))

    assert numbers == list(range(1001, 1013))
    assert sorted(Ticket.unscoped.values_list("number", flat=True)) == numbers
