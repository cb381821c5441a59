"""A desk's file is loaded whole or not at all, and a second time changes only what differs."""

from datetime import date

import pytest

from tests import factories as world
from tests.factories import NOW
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.facts import CustomerFacts, customer_facts
from vaxel.domain.people.models import Account, Agreement, Certificate, Organisation, Person, Seat, Staff
from vaxel.domain.people.queries import person_for_role
from vaxel.insight.reports.readiness import what_is_missing
from vaxel.insight.transfer.desk_file import DeskFileFaultsError
from vaxel.insight.transfer.loading import Loaded, load_desk

EXAMPLE = (world.EXAMPLES.parent / "first-desk.toml").read_text(encoding="utf-8")
SMALL = """
[[organisations]]
name = "Norrviks kommun"

[organisations.agreement]
plan = "standard"
products = ["suite"]
starts = 2026-01-01
"""
PERSON = '[[organisations.people]]\nmail = "{0}@norrvik.example"\nname = "{0}"\n'

pytestmark = pytest.mark.django_db


def _load(desk: Desk, text: str, *, dry_run: bool = False) -> Loaded:
    return load_desk(text.encode(), desk=desk, by=SYSTEM, now=NOW, dry_run=dry_run)


def _faults(desk: Desk, text: str) -> list[str]:
    with pytest.raises(DeskFileFaultsError) as refused:
        _load(desk, text)
    return [fault.told("f.toml") for fault in refused.value.faults]


def _facts(desk: Desk, name: str, *, product: str = "suite") -> CustomerFacts:
    person = Person.unscoped.get(name=name)
    return customer_facts(person_id=person.pk, desk_id=desk.pk, product=product, today=NOW.date())


def test_example_makes_a_desk_that_lacks_nothing() -> None:
    desk = world.make_desk()
    loaded = _load(desk, EXAMPLE)
    assert (len(loaded.made), loaded.changed, loaded.left) == (18, [], 0)
    assert what_is_missing(desk, today=NOW.date()) == []
    contact, user, enterprise = (_facts(desk, name) for name in ("Ronja Ask", "Uno Sten", "Ebba Hed"))
    assert (contact.standing, contact.certificate, contact.plan, contact.project) == (
        "contact",
        "valid",
        "standard",
        "none",
    )
    assert (user.standing, user.certificate) == ("user", "none")
    assert (enterprise.plan, enterprise.products, enterprise.project) == (
        "enterprise",
        frozenset({"suite", "meetings"}),
        "active",
    )


def test_roles_of_the_example_lead_to_people() -> None:
    desk = world.make_desk()
    _load(desk, EXAMPLE)
    region, town = Organisation.unscoped.get(form="region"), Organisation.unscoped.get(form="municipality")
    found = {
        (organisation.form, role): holder and holder.name
        for organisation in (region, town)
        for role in ("account-manager", "customer-success-manager", "project-manager")
        for holder in [person_for_role(desk_id=desk.pk, organisation_id=organisation.pk, role=role, today=NOW.date())]
    }
    assert found == {
        ("region", "account-manager"): "Disa Vret",
        ("region", "customer-success-manager"): "Alva Sund",
        ("region", "project-manager"): "Tor Linge",
        ("municipality", "account-manager"): "Disa Vret",
        ("municipality", "customer-success-manager"): None,
        ("municipality", "project-manager"): None,
    }


def test_second_load_changes_nothing() -> None:
    desk = world.make_desk()
    _load(desk, EXAMPLE)
    entries = AuditEntry.unscoped.count()
    loaded = _load(desk, EXAMPLE)
    assert (loaded.made, loaded.changed, loaded.left) == ([], [], 18)
    assert AuditEntry.unscoped.count() == entries + 1


def test_dry_run_tells_the_same_and_keeps_nothing() -> None:
    desk = world.make_desk()
    loaded = _load(desk, EXAMPLE, dry_run=True)
    assert len(loaded.made) == 18
    assert (Account.objects.count(), Organisation.unscoped.count(), Staff.unscoped.count()) == (0, 0, 0)


def test_only_what_the_file_says_is_changed() -> None:
    desk = world.make_desk()
    _load(desk, EXAMPLE)
    ronja = '[[organisations]]\nname = "NORRVIKS kommun"\n\n' + PERSON.replace("{0}@", "Ronja.Ask@").replace(
        "{0}", "Ronja Ask-Lind"
    )
    loaded = _load(desk, f"{ronja}approves = true\nsees_organisation = false")
    assert loaded.changed == [
        "organisation NORRVIKS kommun: name",
        "Ronja Ask-Lind, NORRVIKS kommun: name, sees_organisation, approves",
    ]
    person = Person.unscoped.get(email="ronja.ask@norrvik.example")
    assert (person.phone, person.may_administer, person.may_approve, person.may_see_organisation) == (
        "070-555 01 22",
        True,
        True,
        False,
    )
    assert _facts(desk, "Ronja Ask-Lind").standing == "contact"


def test_contact_beyond_the_seats_is_a_fault_and_nothing_is_kept() -> None:
    desk = world.make_desk()
    people = "".join(PERSON.format(name) + "contact = true\n" for name in ("Ada", "Bo", "Cia", "Dan"))
    problem = "All 2 seats of the agreement are taken: contact = false gives one back, seats = … more."
    assert _faults(desk, SMALL + people) == [
        f'f.toml:20: organisations 1 "Norrviks kommun" › people 3 › contact: {problem}',
        f'f.toml:24: organisations 1 "Norrviks kommun" › people 4 › contact: {problem}',
    ]
    assert (Organisation.unscoped.count(), Account.objects.count()) == (0, 0)


def test_seat_that_is_given_back_can_be_taken_by_another() -> None:
    desk = world.make_desk()
    _load(desk, SMALL + "".join(PERSON.format(name) + "contact = true\n" for name in ("Ada", "Bo")))
    loaded = _load(desk, SMALL + f"{PERSON.format('Ada')}contact = false\n{PERSON.format('Cia')}contact = true\n")
    assert (loaded.changed, loaded.made) == (
        ["seat of Ada: given back"],
        ["Cia, Norrviks kommun", "seat of Cia: number 1"],
    )
    assert list(Seat.unscoped.order_by("number").values_list("person__name", flat=True)) == ["Cia", "Bo"]


def test_contact_of_an_organisation_without_agreement_is_a_fault() -> None:
    text = f'[[organisations]]\nname = "Norrviks kommun"\n{PERSON.format("Ada")}contact = true\n'
    assert _faults(world.make_desk(), text) == [
        (
            'f.toml:6: organisations 1 "Norrviks kommun" › people 1 › contact: '
            "The organisation has no agreement, so there is no seat: give it an `agreement`."
        )
    ]


def test_next_agreement_follows_and_contacts_are_contacts_in_both() -> None:
    desk = world.make_desk()
    ada, bo = f"{PERSON.format('Ada')}contact = true\n", f"{PERSON.format('Bo')}contact = true\n"
    _load(desk, SMALL + ada)
    _load(desk, SMALL.replace("2026-01-01", "2027-01-01") + bo)
    held = Seat.unscoped.order_by("agreement__starts_on", "number")
    assert list(held.values_list("agreement__starts_on", "person__name")) == [
        (date(2026, 1, 1), "Ada"),
        (date(2026, 1, 1), "Bo"),
        (date(2027, 1, 1), "Ada"),
        (date(2027, 1, 1), "Bo"),
    ]
    assert Agreement.unscoped.order_by("starts_on").values_list("ends_on", flat=True)[0] == date(2026, 12, 31)


def test_agreement_before_the_one_that_is_there_is_a_fault() -> None:
    desk = world.make_desk()
    _load(desk, SMALL)
    assert _faults(desk, SMALL.replace("2026-01-01", "2025-01-01")) == [
        (
            'f.toml:8: organisations 1 "Norrviks kommun" › agreement › starts: There is an agreement from 2026-01-01 '
            "already: write that day to change it, or a later one."
        )
    ]


@pytest.mark.parametrize(
    ("passed", "expires", "last_day"),
    [
        ("2026-02-10", "", date(2029, 2, 10)),
        ("2024-02-29", "", date(2027, 2, 28)),
        ("2026-02-10", ", expires = 2026-12-31", date(2026, 12, 31)),
    ],
)
def test_certificate_holds_as_long_as_it_says_or_else_the_policy(passed: str, expires: str, last_day: date) -> None:
    desk = world.make_desk()
    _load(desk, f"{SMALL}{PERSON.format('Ada')}certificates = [{{ passed = {passed}{expires} }}]")
    assert Certificate.unscoped.get().expires_on == last_day


def test_certificate_with_another_last_day_is_corrected() -> None:
    desk = world.make_desk()
    text = f"{SMALL}{PERSON.format('Ada')}certificates = [{{ passed = 2026-02-10 }}]"
    _load(desk, text)
    loaded = _load(desk, text.replace(" }", ", expires = 2026-06-30 }"))
    assert loaded.changed == ["certificate of Ada from 2026-02-10: expires"]
    assert Certificate.unscoped.get().expires_on == date(2026, 6, 30)


def test_role_and_project_pass_to_somebody_else() -> None:
    desk = world.make_desk()
    _load(desk, EXAMPLE)
    text = EXAMPLE.replace(
        'account-manager = "disa.vret@kompass.example"', 'account-manager = "bo.rask@kompass.example"'
    ).replace('manager = "tor.linge@kompass.example"', 'manager = "disa.vret@kompass.example"')
    assert _load(desk, text).changed == [
        "account-manager of everybody: now Bo Rask",
        "project Införande av mötesmodulen, Region Mälarvik: manager",
    ]


def test_same_address_at_another_desk_is_the_same_account() -> None:
    text = '[[staff]]\nmail = "bo.rask@kompass.example"\nname = "Bo Rask"\nanswers = ["support"]\n'
    for policy in ("kompass", "baver"):
        _load(world.make_desk(policy), text)
    assert (Account.objects.count(), Staff.unscoped.count()) == (1, 2)


def test_readiness_names_what_is_missing() -> None:
    desk = world.make_desk()
    assert what_is_missing(desk, today=NOW.date()) == [
        "Nobody administers the desk.",
        "Nobody of the staff answers support: its questions would wait for nobody.",
        "There are no customers yet.",
    ]
    _load(desk, SMALL.replace("starts = 2026-01-01", "starts = 2027-01-01"))
    assert what_is_missing(desk, today=NOW.date())[2:] == [
        "Norrviks kommun has no account-manager, and nobody is it for all.",
        "Norrviks kommun has no agreement that runs today.",
        "Norrviks kommun has neither a support contact nor a local contact.",
    ]
