"""Both desks with the people that their texts speak of, on a Thursday at 10 in Stockholm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from time_machine import travel

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.models import Organisation, Person


@pytest.fixture(autouse=True)
def thursday_at_ten() -> Iterator[None]:
    with travel(world.NOW, tick=False):
        yield


@dataclass(frozen=True, slots=True)
class Kompass:
    """The first text: who asks, and who at the vendor answers what support does not."""

    desk: Desk
    standard: Organisation
    #: Who asks, by a word for their standing.
    askers: dict[str, Person]


@pytest.fixture
def kompass(db: None) -> Kompass:
    desk = world.make_desk("kompass")
    for name, role in (
        ("Jonas Hedvall", "account-manager"),
        ("Amira Salo", "customer-success-manager"),
        ("Petra Nord", "project-manager"),
    ):
        world.hold_role(world.make_staff(desk, name=name, roles=(role,), phone="010-555 01 77"), role)
    standard = world.make_organisation(desk, plan="standard")
    enterprise = world.make_organisation(desk, plan="enterprise", products=("suite", "meetings"))
    building = world.make_organisation(desk, plan="standard")
    world.make_project(building, manager=world.make_staff(desk, name="Pelle Ring", roles=("project-manager",)))
    meetings = world.make_organisation(desk, plan="standard", products=("meetings",))
    planning = world.make_organisation(desk, plan="standard", products=("suite", "resource-planning"))
    world.make_person(standard, name="Lo Kahl", is_local_contact=True, phone="0555-123 40")
    return Kompass(
        desk,
        standard,
        {
            "standard": world.make_person(standard, name="Maj Ekdahl"),
            "enterprise": world.make_person(enterprise, name="Elis Berg"),
            "project": world.make_person(building, name="Bea Strand"),
            "user": world.make_person(standard, name="Ulf Ek", contact=False, certified=False),
            "untrained": world.make_person(standard, name="Nils Ny", certified=False),
            "expired": _expired(standard),
            "meetings-user": world.make_person(meetings, name="Mia Mo", contact=False, certified=False),
            "suite-and-meetings-user": world.make_person(enterprise, name="Stig Lo", contact=False, certified=False),
            "planning-user": world.make_person(planning, name="Pia Al", contact=False, certified=False),
        },
    )


def _expired(organisation: Organisation) -> Person:
    person = world.make_person(organisation, name="Rut Wall", certified=False)
    record_certificate(person, passed_on=date(2022, 1, 1), expires_on=date(2025, 1, 1), by=SYSTEM, now=world.NOW)
    return person


@dataclass(frozen=True, slots=True)
class Baver:
    """The second text: those responsible for the system, and everybody else."""

    desk: Desk
    responsible: Person
    user: Person


@pytest.fixture
def baver(db: None) -> Baver:
    desk = world.make_desk("baver")
    organisation = world.make_organisation(desk, plan="support", products=("baver",))
    return Baver(
        desk,
        world.make_person(organisation, name="Bo Ahl", certified=False, is_local_contact=True, phone="0555-123 41"),
        world.make_person(organisation, name="Ulla Ros", contact=False, certified=False),
    )
