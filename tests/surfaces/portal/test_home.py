"""The start page, for those who may ask and for those who ask somebody else first."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import BACKEND, signed_in, text_of
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.status import Status
from vaxel.insight.reports.answer_pace import measure_paces


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_for_one_and_three(
    maj: Customer, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        world.ask(maj.person, subject=f"Fråga {number}")
        world.make_person(maj.organisation, name=f"Lo {number}", is_local_contact=True)
    maj.client.get(f"/{maj.desk.slug}/")

    with django_assert_num_queries(10):
        response = maj.client.get(f"/{maj.desk.slug}/")

    assert response.content.decode().count("list__item") == count


def test_home_shows_open_tickets_with_the_ball_and_the_promise(maj: Customer) -> None:
    world.ask(maj.person, subject="Oväntat fel när jag sparar")
    said = text_of(maj.client.get(f"/{maj.desk.slug}/"))

    assert "Oväntat fel när jag sparar Teknisk support har fått frågan." in said
    assert "Första svar senast i dag kl. 14.00 om 4 h" in said


def test_home_shows_first_what_waits_for_the_reader(maj: Customer) -> None:
    old = world.ask(maj.person, subject="Väntar på mitt svar")
    conversation.reply(
        scope=world.desk_scope(maj.desk),
        number=old.number,
        text="Vilken version?",
        by=world.actor(world.make_staff(maj.desk, name="Linnea Ek")),
        now=world.NOW,
        then=Status.WAITING_CUSTOMER,
    )
    for _ in range(6):
        world.ask(maj.person, subject="Nyare fråga")

    said = text_of(maj.client.get(f"/{maj.desk.slug}/"))

    assert said.index("Väntar på mitt svar") < said.index("Nyare fråga")


def test_home_shows_more_than_fits_as_a_way_to_all(maj: Customer) -> None:
    for _ in range(7):
        world.ask(maj.person)

    assert "Visa alla 7" in text_of(maj.client.get(f"/{maj.desk.slug}/"))


def test_home_has_local_contacts_with_ways_to_reach_them(maj: Customer) -> None:
    world.make_person(maj.organisation, name="Lo Kahl", phone="0555-123 40", is_local_contact=True)
    page = maj.client.get(f"/{maj.desk.slug}/").content.decode()

    assert 'href="tel:055512340"' in page
    assert "Lo Kahl" in page


def test_home_has_an_entrance_for_each_product_that_has_one(maj: Customer) -> None:
    page = maj.client.get(f"/{maj.desk.slug}/").content.decode()

    named = [f"/{maj.desk.slug}/ask/?product={name}" in page for name in ("suite", "meetings", "resource-planning")]
    assert named == [True, True, False]


def test_home_tells_where_invoices_go(bo: Customer) -> None:
    said = text_of(bo.client.get(f"/{bo.desk.slug}/"))

    assert "Frågor om fakturor och avtal tar vi över telefon eller mejl. 0570-55 01 00" in said


def test_home_of_a_user_names_the_local_contacts_first(maj: Customer) -> None:
    organisation = world.make_organisation(maj.desk)
    world.make_person(organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(organisation, name="Ulf Ek", contact=False, certified=False)
    said = text_of(signed_in(user).get(f"/{maj.desk.slug}/"))

    assert "Dina kollegor hjälper dig först Supporten är till för era utbildade supportkontakter." in said
    assert "Lo Kahl" in said


def test_home_of_an_expired_contact_says_how_to_renew(maj: Customer) -> None:
    person = world.make_person(maj.organisation, name="Rut Wall", certified=False)
    record_certificate(person, passed_on=date(2022, 1, 1), expires_on=date(2025, 1, 1), by=SYSTEM, now=world.NOW)
    said = text_of(signed_in(person).get(f"/{maj.desk.slug}/"))

    assert "Ditt utbildningsintyg har gått ut." in said
    assert "Boka en plats på utbildningen" in said


def test_home_judges_by_the_training_for_each_product(maj: Customer) -> None:
    per_product = world.policy_source("kompass").replace('per = "person"', 'per = "product"')
    publish_policy(desk=maj.desk, source=per_product, by=SYSTEM, now=world.NOW)
    person = world.make_person(world.make_organisation(maj.desk, products=("suite",)), certified=False)
    is_refused = []
    for product in ("meetings", "suite"):
        record_certificate(person, product=product, passed_on=world.NOW.date(), by=SYSTEM, now=world.NOW)
        said = text_of(signed_in(person).get(f"/{maj.desk.slug}/"))
        is_refused.append("Boka en plats på utbildningen" in said)
    assert is_refused == [True, False]


def test_home_of_somebody_who_may_ask_has_no_such_notice(maj: Customer) -> None:
    assert "Dina kollegor hjälper dig först" not in text_of(maj.client.get(f"/{maj.desk.slug}/"))


def test_home_tells_a_stranger_whom_to_contact(maj: Customer) -> None:
    elsewhere = world.make_person(world.make_organisation(world.make_desk("baver"), products=("baver",)))
    response = signed_in(elsewhere).get(f"/{maj.desk.slug}/")

    assert response.status_code == 404
    assert "Vi hittar dig inte här Vi känner inte igen dig" in text_of(response)
    assert "010-555 01 00" in text_of(response)


@pytest.mark.parametrize("needs_second_factor", [True, False])
def test_home_leads_staff_to_the_workspace(maj: Customer, *, needs_second_factor: bool) -> None:
    maj.desk.staff_need_second_factor = needs_second_factor
    maj.desk.save(update_fields=["staff_need_second_factor"])
    client = Client(headers={"accept-language": "sv"})
    client.force_login(world.make_staff(maj.desk).account, backend=BACKEND)
    response = client.get(f"/{maj.desk.slug}/")
    workspace = f"/{maj.desk.slug}/workspace/"

    assert response.status_code == 404
    assert "Det här är kundernas del Du arbetar på den här supportdesken." in text_of(response)
    assert f'href="{workspace}"' in response.content.decode()
    onward = client.get(workspace).headers.get("Location", "")
    assert onward.startswith("/signin/second-factor/") == needs_second_factor


def test_home_takes_the_staff_of_another_desk_for_strangers(maj: Customer) -> None:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(world.make_staff(world.make_desk("baver")).account, backend=BACKEND)

    assert "Vi hittar dig inte här" in text_of(client.get(f"/{maj.desk.slug}/"))


def test_home_of_a_desk_that_is_not_there_is_not_found(maj: Customer) -> None:
    response = maj.client.get("/ingen/")

    assert response.status_code == 404
    assert "Vi hittar dig inte här" not in text_of(response)


def test_home_in_english_is_english(maj: Customer) -> None:
    said = text_of(signed_in(maj.person, language="en").get(f"/{maj.desk.slug}/"))

    assert "What do you need help with?" in said


def test_slow_answers_are_told_before_one_asks(maj: Customer) -> None:
    cache.clear()
    for _ in range(10):
        world.ask(maj.person, now=world.NOW - timedelta(hours=24))
    page = f"/{maj.desk.slug}/"
    assert "dröjer" not in text_of(maj.client.get(page))

    measure_paces(now=world.NOW)

    assert "hälften av de första svaren mer än 9 timmar av öppettiden" in text_of(maj.client.get(page))
