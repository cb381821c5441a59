"""Terms that count: what is used of a quota stands where each who needs it looks, from the customer to the vendor."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests import factories as world
from tests.stories.portal.asked import ask_by_portal
from tests.surfaces.portal.walk import signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from vaxel.domain.people.models import Person, Staff
from vaxel.surfaces.ui.ticket_names import ticket_name

#: The plan, what is asked, how often it was asked before, and what the review then says of the price.
ASKED: Mapping[str, tuple[str, str, int, str]] = {
    "first of two": ("bas", "fault", 0, "0 av 2 är använda det här kvartalet, innan den här frågan."),
    "second of two": ("bas", "fault", 1, "1 av 2 är använda det här kvartalet, innan den här frågan."),
    "sixth of six": ("plus", "session", 5, "5 av 6 är använda det här avtalsåret, innan den här frågan."),
    "none left": ("bas", "fault", 2, "Ni har använt kvartalets två fel."),
    "price": ("plus", "session", 6, "Ni har ingen genomgång kvar, så den här har ett fast pris. Vi frågar er först."),
}


@dataclass(frozen=True, slots=True)
class Tarna:
    """The desk whose terms count, an agent, and who answers for its customers."""

    agent: Staff
    manager: Staff

    def contact(self, *, plan: str) -> Person:
        """Who may ask, and administers their side."""
        organisation = world.make_organisation(self.agent.desk, plan=plan, products=("booking", "door-tags"))
        return world.make_person(organisation, name="Maj Ekdahl", certified=False, may_administer=True)


@pytest.fixture
def tarna(db: None) -> Tarna:
    desk = world.make_desk("tarna", slug="tarna")
    manager = world.make_staff(desk, name="Rut Sand", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    return Tarna(world.make_staff(desk, name="Emil Back"), manager)


def _ask_often(person: Person, count: int, *, kind: str) -> None:
    for _ in range(count):
        world.ask(person, kind=kind, product="booking")


@pytest.mark.parametrize("case", ASKED)
def test_asker_reads_what_is_left_before_sending(tarna: Tarna, case: str) -> None:
    plan, kind, before, said = ASKED[case]
    person = tarna.contact(plan=plan)
    _ask_often(person, before, kind=kind)

    assert said in ask_by_portal(person, "Kalendern är tom", kind=kind, product="booking").said


def test_administrator_agent_and_account_manager_read_the_same_count(tarna: Tarna) -> None:
    person = tarna.contact(plan="plus")
    _ask_often(person, 5, kind="session")
    last = world.ask(person, kind="fault", product="door-tags")

    organisation = text_of(signed_in(person).get("/tarna/organisation/"))
    ticket = text_of(
        staff_signed_in(tarna.agent.account).get(f"/tarna/workspace/tickets/{ticket_name(last.desk, last.number)}/")
    )
    page = text_of(staff_signed_in(tarna.manager.account).get(f"/tarna/workspace/customers/{person.organisation_id}/"))
    listed = text_of(staff_signed_in(tarna.manager.account).get("/tarna/workspace/customers/"))

    assert "Genomgångar som ingår det här avtalsåret 5 6 1" in organisation
    assert "Genomgångar som ingår 5 av 6" in ticket
    assert "Genomgångar som ingår: 1 av 6 kvar" in page
    assert "Genomgångar som ingår: 1 av 6 kvar" in listed
    ends = "Tärna dörrbrickor"
    assert [ends in each for each in (organisation, ticket, page)] == [True, True, True]
