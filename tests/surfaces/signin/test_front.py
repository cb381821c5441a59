"""The bare address."""

import pytest
from django.test import Client

from tests import factories as world

pytestmark = pytest.mark.django_db


def test_an_installation_without_a_desk_says_how_to_make_one(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})

    assert "vaxel desk create" in response.content.decode()


def test_the_bare_address_of_a_demonstration_leads_to_its_people(client: Client) -> None:
    world.make_desk()

    assert client.get("/").headers["Location"] == "/demo/"


def test_somebody_signed_in_goes_on_to_their_place(client: Client) -> None:
    person = world.make_person(world.make_organisation(world.make_desk()))
    assert person.account is not None
    client.force_login(person.account, backend="vaxel.surfaces.signin.backend.AccountBackend")

    assert client.get("/").headers["Location"] == "/signin/places/"
