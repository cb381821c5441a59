"""Several questions at once: a hint, cards, as many tickets, and what they share told once (B12)."""

import re

import pytest
from django.test import Client

from tests import factories as world
from tests.stories.portal.asked import ANSWERS
from tests.surfaces.portal.walk import Asking, begin, signed_in, text_of
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Draft, Ticket

pytestmark = pytest.mark.django_db

TWO = "Målet går inte att spara i dag. En annan sak: hur byter jag färg på diagrammet?"
HINT = "Det ser ut som flera frågor"


@pytest.fixture
def person() -> Person:
    organisation = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    return world.make_person(organisation)


@pytest.fixture
def client(person: Person) -> Client:
    return signed_in(person)


def divided(client: Client, person: Person, *cards: str) -> Asking:
    asking = begin(client, person.desk.slug, TWO)
    answer = asking.post("several", **{f"card-{number}": words for number, words in enumerate(cards, start=1)})
    assert answer.headers["Location"] == asking.at("kind")
    return asking


def send(asking: Asking, **colleague: str) -> str:
    """Walk the rest of the way; the receipt's text."""
    asking.post("kind", kind="fault", product="baver", topic="other")
    asking.post("details", **{**ANSWERS, **colleague})
    answer = asking.client.post(asking.at("review"))
    assert answer.headers.get("Location") == asking.at("sent"), text_of(answer)
    return text_of(asking.get("sent"))


def test_hint_is_given_and_not_forced(client: Client, person: Person) -> None:
    desk = person.desk.slug
    assert HINT in text_of(client.post(f"/{desk}/ask/suggestions/", {"words": TWO}))
    assert HINT not in text_of(client.post(f"/{desk}/ask/suggestions/", {"words": "Målet går inte att spara i dag."}))
    asking = begin(client, desk, TWO)
    assert HINT in text_of(asking.get("kind"))
    assert asking.post("kind", kind="fault", product="baver").headers["Location"] == asking.at("details")


def test_divide_button_leads_to_the_cards(client: Client, person: Person) -> None:
    answer = client.post(f"/{person.desk.slug}/ask/", {"words": TWO, "several": "yes"})
    cards = re.findall(
        r"<textarea[^>]*>\s*(.*?)</textarea>", client.get(answer.headers["Location"]).content.decode(), re.DOTALL
    )
    assert cards == ["Målet går inte att spara i dag.", "En annan sak: hur byter jag färg på diagrammet?", ""]


def test_two_cards_become_two_tickets_with_shared_facts(client: Client, person: Person) -> None:
    first = divided(client, person, "Målet går inte att spara.", "", "Hur byter jag färg på diagrammet?")
    assert "Fråga 1 av 2" in text_of(first.get("kind"))
    receipt = send(first, colleague_name="Ove Lind", colleague_phone="070-111 22 33")
    assert "Fortsätt med fråga 2 av 2" in receipt
    second = Draft.unscoped.get(sent=None)
    assert (second.data["colleague_name"], second.data["fields"]) == ("Ove Lind", {"version": "8.9.0"})
    send(Asking(client, person.desk.slug, second.public_id))
    assert Ticket.unscoped.count() == 2
    assert [each.fields["version"] for each in Ticket.unscoped.order_by("number")] == ["8.9.0", "8.9.0"]


def test_cards_can_be_divided_anew(client: Client, person: Person) -> None:
    asking = divided(client, person, "Den första frågan.", "Den andra frågan.", "Den tredje frågan.")
    assert [each.data["nth"] for each in Draft.unscoped.order_by("id")] == [1, 2, 3]
    asking.post("several", **{"card-1": "Den första frågan.", "card-2": "Den tredje frågan."})
    assert [(each.data["nth"], each.data["words"]) for each in Draft.unscoped.order_by("id")] == [
        (1, "Den första frågan."),
        (2, "Den tredje frågan."),
    ]
    asking.post("several", **{"card-1": "Allt i ett."})
    assert [(each.data["of"], each.data["words"]) for each in Draft.unscoped.all()] == [(0, "Allt i ett.")]


def test_empty_cards_are_said(client: Client, person: Person) -> None:
    asking = begin(client, person.desk.slug, TWO)
    assert asking.post("several", **{"card-1": " "}).status_code == 422
