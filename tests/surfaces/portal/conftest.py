"""Every walk through the portal begins on a Thursday at 10 in Stockholm."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from time_machine import Traveller, travel

from tests import factories as world
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation, Person


@pytest.fixture(autouse=True)
def thursday_at_ten() -> Iterator[Traveller]:
    with travel(world.NOW, tick=False) as clock:
        yield clock


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody at a customer, signed in, and where they are."""

    desk: Desk
    organisation: Organisation
    person: Person
    client: Client


@pytest.fixture
def maj(db: None) -> Customer:
    """A trained support contact of a Kompass customer with the suite."""
    desk = world.make_desk("kompass")
    organisation = world.make_organisation(desk, plan="enterprise", products=("suite", "meetings"))
    person = world.make_person(organisation)
    return Customer(desk, organisation, person, signed_in(person))


@pytest.fixture
def bo(db: None) -> Customer:
    """Responsible for the system at a Bäver customer."""
    desk = world.make_desk("baver")
    organisation = world.make_organisation(desk, plan="support", products=("baver",))
    person = world.make_person(organisation, name="Bo Ahl", certified=False)
    return Customer(desk, organisation, person, signed_in(person))
