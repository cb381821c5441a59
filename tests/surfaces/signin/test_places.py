"""Where somebody goes after sign-in, and who they are there: nobody else decides it for them (trust 46)."""

import pytest
from django.test import Client

from tests.factories import NOW, make_desk, make_organisation, make_person, make_staff
from tests.surfaces.signin.conftest import sign_in
from vaxel.domain.people.models import Account, Organisation, Person

pytestmark = pytest.mark.django_db

ELSEWHERE = "Annaberg kommun"


@pytest.fixture
def person() -> Person:
    return make_person(make_organisation(make_desk("kompass", slug="kompass"), name="Åsklinge kommun"))


@pytest.fixture
def account(person: Person) -> Account:
    assert person.account is not None
    return person.account


def invited_elsewhere(person: Person) -> Person:
    """The same human at an organisation that comes first in the alphabet, without having been asked."""
    other: Organisation = make_organisation(person.desk, name=ELSEWHERE)
    return Person.objects.create(
        desk=person.desk,
        organisation=other,
        account=person.account,
        name="Somebody",
        email=person.email,
        created_at=NOW,
    )


def test_place_is_chosen_among_several_and_remembered(client: Client, person: Person, account: Account) -> None:
    twin = invited_elsewhere(person)
    sign_in(client, account)
    assert client.get("/kompass/")["Location"] == "/signin/places/?next=%2Fkompass%2F"
    for chosen, name in ((person, "Åsklinge kommun"), (twin, ELSEWHERE)):
        assert client.post("/signin/places/", {"place": f"kompass:{chosen.pk}"})["Location"] == "/kompass/"
        assert name in client.get("/kompass/").content.decode()
    assert client.post("/signin/places/", {"place": f"baver:{twin.pk}"})["Location"] == "/signin/places/"


def test_t46_invitation_elsewhere_moves_nobody_who_has_signed_in(
    client: Client, person: Person, account: Account
) -> None:
    sign_in(client, account)
    invited_elsewhere(person)
    page = client.get("/kompass/").content.decode()
    assert ("Åsklinge kommun" in page, ELSEWHERE in page) == (True, False)


def test_t46_question_of_somebody_invited_elsewhere_waits_for_their_choice(
    client: Client, person: Person, account: Account
) -> None:
    client.force_login(account)
    client.get("/kompass/ask/")
    invited_elsewhere(person)
    asked = client.post("/kompass/ask/", {"words": "Hemligt om vår kommun"}, headers={"referer": "/kompass/ask/"})
    assert asked["Location"] == "/signin/places/?next=%2Fkompass%2Fask%2F"
    place = {"place": f"kompass:{person.pk}", "next": "/kompass/ask/"}
    assert client.post("/signin/places/", place)["Location"] == "/kompass/ask/"
    page = client.get("/kompass/ask/").content.decode()
    assert ("Hemligt om vår kommun" in page, "Åsklinge kommun" in page) == (True, True)


def test_choice_leads_on_to_the_page_that_was_asked_for(client: Client, person: Person, account: Account) -> None:
    make_staff(person.desk, account=account)
    twin = invited_elsewhere(person)
    sign_in(client, account)
    page = client.get("/signin/places/?next=/kompass/tickets/").content.decode()
    assert ('name="next" value="/kompass/tickets/"' in page, "kompass:staff" in page) == (True, False)
    answer = client.post("/signin/places/", {"place": f"kompass:{twin.pk}", "next": "/kompass/tickets/"})
    assert answer["Location"] == "/kompass/tickets/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/kompass/", "/kompass\\evil.example"])
def test_t61_choice_leads_nowhere_else(client: Client, person: Person, account: Account, target: str) -> None:
    invited_elsewhere(person)
    sign_in(client, account)
    answer = client.post("/signin/places/", {"place": f"kompass:{person.pk}", "next": target})
    assert answer["Location"] == "/kompass/"


def test_page_that_is_not_there_offers_the_other_organisation(client: Client, person: Person, account: Account) -> None:
    sign_in(client, account)
    assert "/signin/places/?next" not in client.get("/kompass/tickets/KOM-9999/").content.decode()
    invited_elsewhere(person)
    page = client.get("/kompass/tickets/KOM-9999/")
    assert page.status_code == 404
    assert "/signin/places/?next=%2Fkompass%2Ftickets%2FKOM-9999%2F" in page.content.decode()
