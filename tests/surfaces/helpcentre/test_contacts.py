"""Whom to ask first at one's own organisation: names for its people and for nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.manual.writers import begin_manual
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.people.models import Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    desk = world.make_desk(slug="kompass")
    begin_manual(desk)
    return world.make_organisation(desk)


def local(organisation: Organisation, name: str) -> Person:
    return world.make_person(organisation, name=name, is_local_contact=True)


def read(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/kompass/help/sv/contacts/").content, "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [one.get_text().strip() for one in page.select(".person__name")]


def test_user_sees_whom_to_ask_and_what_comes_then(organisation: Organisation) -> None:
    local(organisation, "Berit Ask")
    local(world.make_organisation(organisation.desk, name="En annan"), "Cilla Ek")

    page = read(signed_in(world.make_person(organisation)))

    assert names(page) == ["Berit Ask"]
    assert [one["href"] for one in page.select("main .button")] == ["/kompass/ask/"]


def test_contact_is_told_that_colleagues_ask_them(organisation: Organisation) -> None:
    berit = local(organisation, "Berit Ask")

    page = read(signed_in(berit))

    assert names(page) == []
    assert "Det är dig som dina kollegor frågar." in page.get_text()


def test_stranger_learns_no_names(organisation: Organisation, client: Client) -> None:
    local(organisation, "Berit Ask")

    page = read(client)

    assert names(page) == []
    assert [one["href"] for one in page.select("main .button")] == ["/signin/?next=/kompass/help/sv/contacts/"]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many(
    organisation: Organisation, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        local(organisation, f"Kontakt {number}")
    client = signed_in(world.make_person(organisation))

    with django_assert_num_queries(5):
        read(client)
