"""Somebody who asks, and somebody who answers."""

import pytest

from tests import factories as world
from tests.domain.notices.conversations import desk_of
from vaxel.domain.people.models import Person, Staff


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk(), name="Åsklinge kommun"))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(desk_of(person))
