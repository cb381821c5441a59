"""Terms that count: what is used of a quota stands where each who needs it looks, from the customer to the vendor."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests import factories as world
from tests.stories.portal.asked import ask_by_portal
from tests.surfaces.portal.walk import signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as staff_signed_in
from vaxel.domain.people.models import Person, RoleHolder, Staff
from vaxel.surfaces.ui.ticket_names import ticket_name

#: The plan, what is asked, how often it was asked before, and what the review then says of the price.
ASKED: Mapping[str, tuple[str, str, int, str]] = {
    "first of two": ("bas", "fault", 0, "Före den här frågan: 0 av 2 använda det här kvartalet."),
    "second of two": ("bas", "fault", 1, "Före den här frågan: 1 av 2 använda det här kvartalet."),
    "sixth of six": ("plus", "session", 5, "Före den här frågan: 5 av 6 använda det här avtalsåret."),
    "none left": ("bas", "fault", 2, "Ni har använt kvartalets två fel."),
    "none left, counted": (
        "bas",
        "fault",
        2,
        "Inget är kvar av det som ingår: 2 av 2 använda det här kvartalet.",
    ),
    "more than all": ("bas", "fault", 3, "2 av 2 använda det här kvartalet, och 1 utöver det. Nya från"),
    "sixth session used": ("plus", "session", 6, "Inget är kvar av det som ingår: 6 av 6 använda det här avtalsåret."),
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
    manager = world.make_staff(desk, name="Rut Sand", roles=("account-manager",), phone="010-555 01 64")
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


@pytest.mark.parametrize(("plan", "before", "is_named"), [("bas", 2, True), ("bas", 1, False), ("plus", 2, False)])
def test_asker_reads_who_helps_when_nothing_is_left(tarna: Tarna, plan: str, before: int, *, is_named: bool) -> None:
    person = tarna.contact(plan=plan)
    _ask_often(person, before, kind="fault")
    mail = tarna.manager.account.email.replace("@", " @")
    said = f"Rut Sand Kundansvarig, {person.desk.name} {tarna.manager.phone} {mail}"

    told = ask_by_portal(person, "Kalendern är tom", kind="fault", product="booking")

    assert [said in page for page in (told.said, told.receipt)] == [is_named, is_named]


@pytest.mark.parametrize(("before", "said"), [(1, "läser din fråga och svarar dig"), (2, "Inget arbete med den ingår")])
def test_nobody_is_promised_an_answer_when_nothing_is_left(tarna: Tarna, before: int, said: str) -> None:
    person = tarna.contact(plan="bas")
    _ask_often(person, before, kind="fault")

    told = ask_by_portal(person, "Kalendern är tom", kind="fault", product="booking")

    known = ("läser din fråga och svarar dig", "Inget arbete med den ingår")
    assert [each for each in known if each in told.receipt] == [said]


def test_nobody_is_named_where_nobody_answers_for_the_customer(tarna: Tarna) -> None:
    RoleHolder.unscoped.all().delete()
    person = tarna.contact(plan="bas")
    _ask_often(person, 2, kind="fault")

    told = ask_by_portal(person, "Kalendern är tom", kind="fault", product="booking")

    assert ["Rut Sand" in page for page in (told.said, told.receipt)] == [False, False]


def test_asker_reads_that_the_product_reaches_its_end_of_life(tarna: Tarna) -> None:
    asked = ask_by_portal(tarna.contact(plan="plus"), "Brickan öppnar inte", kind="fault", product="door-tags")
    assert "Tärna dörrbrickor, avvecklas 30 juni 2027" in asked.said


def test_more_than_is_included_is_told_as_what_is_used_and_what_is_beyond(tarna: Tarna) -> None:
    person = tarna.contact(plan="bas")
    _ask_often(person, 3, kind="fault")

    organisation = text_of(signed_in(person).get("/tarna/organisation/"))
    page = text_of(staff_signed_in(tarna.manager.account).get(f"/tarna/workspace/customers/{person.organisation_id}/"))

    assert "Fel som ingår det här kvartalet 2 2 0" in organisation
    assert (
        "Fel som ingår: En fråga av typen ”Något är fel” räknas från den dag den ställs, och den räknas också när den "
        "är löst. Nya från"
    ) in organisation
    assert "1 har ställts utöver det som ingår." in organisation
    assert "2 av 2 använda det här kvartalet, och 1 utöver det" in page


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
