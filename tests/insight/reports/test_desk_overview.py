"""What `vaxel desk list` and `show` tell, and at what cost."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.factories import NOW
from vaxel.domain.people.models import Agreement
from vaxel.insight.reports.desk_overview import DeskLine, Somebody, customers_of, desks, staff_of

pytestmark = pytest.mark.django_db


def test_desks_are_told_with_their_size() -> None:
    kompass, baver = world.make_desk("kompass", slug="kompass"), world.make_desk("baver", slug="baver")
    for _ in range(2):
        world.make_organisation(kompass)
    world.make_staff(kompass)
    world.make_staff(baver)
    world.make_staff(baver, name="Ada Ek", is_active=False)
    assert desks() == [DeskLine("baver", "Baver", 1, 1, 0), DeskLine("kompass", "Kompass", 1, 1, 2)]


def test_staff_are_told_with_what_they_do() -> None:
    desk = world.make_desk()
    organisation = world.make_organisation(desk, name="Norrviks kommun")
    ada = world.make_staff(desk, name="Ada Ek", may_administer=True)
    bo = world.make_staff(desk, name="Bo Rask", roles=(), is_active=False)
    world.hold_role(ada, "account-manager")
    world.hold_role(ada, "customer-success-manager", organisation=organisation)
    assert staff_of(desk) == [
        Somebody(
            "Ada Ek",
            ada.account.email,
            (
                "answers support",
                "account-manager of everybody",
                "customer-success-manager of Norrviks kommun",
                "administers",
            ),
        ),
        Somebody("Bo Rask", bo.account.email, ("left",)),
    ]


def test_customer_is_told_with_seats_and_people() -> None:
    desk = world.make_desk()
    organisation = world.make_organisation(desk, name="Norrviks kommun")
    world.make_person(organisation, name="Ada Ek", is_local_contact=True)
    world.make_person(organisation, name="Bo Rask", contact=False, is_active=False)
    Agreement.unscoped.filter(organisation=organisation).update(ends_on=date(2025, 12, 31))
    (customer,) = customers_of(desk, today=NOW.date())
    assert (customer.name, customer.agreement, customer.seats) == (
        "Norrviks kommun",
        "standard: suite, from 2025-01-01 to 2025-12-31 (ended)",
        "1 of 2 seats",
    )
    assert [(one.name, one.words) for one in customer.people] == [
        ("Ada Ek", ("contact", "local contact")),
        ("Bo Rask", ("left",)),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_customers_cost_the_same_however_many(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    desk = world.make_desk()
    for _ in range(count):
        organisation = world.make_organisation(desk)
        for _ in range(count):
            world.make_person(organisation)
    with django_assert_num_queries(6):  # one of them the policy, once in a process
        customers_of(desk, today=NOW.date())
