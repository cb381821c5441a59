"""Saying yes or no to work that costs: in the portal, and by the link in a mail without signing in (A14)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests import factories as world
from tests.domain.smalljobs.jobs_world import Small, make_small
from tests.surfaces.workspace.conftest import signed_in
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.prepaid import buy_hours
from vaxel.domain.smalljobs.tokens import offer_token


@pytest.fixture
def small(db: None) -> Small:
    return make_small()


@pytest.fixture
def offer(small: Small) -> Offer:
    return small.offer()


def _words(content: bytes) -> str:
    return " ".join(BeautifulSoup(content, "html.parser").get_text(" ").split())


def _ticket(small: Small) -> str:
    return f"/{small.desk.slug}/tickets/{small.desk.prefix}-{small.ticket.number}/"


def _link(small: Small, offer: Offer, person: Person | None = None) -> str:
    token = offer_token(offer_id=offer.pk, person_id=(person or small.approver).pk)
    return f"/{small.desk.slug}/offers/{token}/"


def _state(offer: Offer) -> str:
    return Offer.unscoped.get(pk=offer.pk).state


def test_the_asker_reads_who_decides(small: Small, offer: Offer) -> None:
    page = signed_in(small.asker.account).get(_ticket(small))

    assert "Gun Palm bestämmer. Du behöver inte göra något." in _words(page.content)
    assert b'name="answer"' not in page.content


def test_the_approver_finds_what_waits_and_says_yes(small: Small, offer: Offer) -> None:
    client = signed_in(small.approver.account)
    buy_hours(small.asker.organisation, minutes=90, note="Paket", by=world.actor(small.manager), now=world.NOW)
    home = client.get(f"/{small.desk.slug}/")
    page = client.get(f"/{small.desk.slug}/approvals/")
    client.post(f"/{small.desk.slug}/approvals/{offer.pk}/", {"answer": "yes"})

    assert "1 offert väntar på ditt ja" in _words(home.content)
    assert "1 timme 30 minuter kvar" in _words(page.content)
    assert (_state(offer), Offer.unscoped.get().answered_by) == ("accepted", small.approver)


def test_whoever_may_not_approve_finds_no_page_and_no_door(small: Small, offer: Offer) -> None:
    client = signed_in(small.asker.account)
    answers = [
        client.get(f"/{small.desk.slug}/approvals/"),
        client.post(f"/{small.desk.slug}/approvals/{offer.pk}/", {"answer": "yes"}),
    ]

    assert ([answer.status_code for answer in answers], _state(offer)) == ([404, 404], "made")


def test_t51_reading_the_link_answers_nothing(small: Small, offer: Offer) -> None:
    """Programs that look through mails follow every link."""
    for method in ("get", "head", "get"):
        answer = getattr(Client(), method)(_link(small, offer))
        assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")

    assert _state(offer) == "made"


@pytest.mark.parametrize(("sent", "state"), [({"answer": "yes"}, "accepted"), ({"answer": "no"}, "declined")])
def test_the_link_answers_for_its_person_without_signing_in(
    small: Small, offer: Offer, sent: dict[str, str], state: str
) -> None:
    Client().post(_link(small, offer), {**sent, "why": "För dyrt"})

    answered = Offer.unscoped.get(pk=offer.pk)
    assert (answered.state, answered.answered_by_name) == (state, "Gun Palm")


def test_t51_a_second_answer_changes_nothing(small: Small, offer: Offer) -> None:
    Client().post(_link(small, offer), {"answer": "yes"})
    again = Client().post(_link(small, offer), {"answer": "no"})

    assert "Någon annan har redan svarat. Inget är ändrat." in _words(again.content)
    assert _state(offer) == "accepted"


def test_t51_the_link_ends_with_the_offer(small: Small, offer: Offer) -> None:
    Offer.unscoped.filter(pk=offer.pk).update(valid_until=world.NOW - timedelta(days=400))
    page = Client().get(_link(small, offer))
    Client().post(_link(small, offer), {"answer": "yes"})

    assert ("Offerten har gått ut" in _words(page.content), _state(offer)) == (True, "made")


@pytest.mark.parametrize(
    "lost",
    [{"may_approve": False}, {"is_active": False}],
)
def test_t51_the_right_is_asked_at_the_answer(small: Small, offer: Offer, lost: dict[str, bool]) -> None:
    link = _link(small, offer)
    Person.unscoped.filter(pk=small.approver.pk).update(**lost)
    answers = [Client().get(link).status_code, Client().post(link, {"answer": "yes"}).status_code]

    assert (answers, _state(offer)) == ([404, 404], "made")


def test_t51_a_link_is_for_its_person_desk_and_offer_alone(small: Small, offer: Offer) -> None:
    stranger = world.make_person(world.make_organisation(small.desk), may_approve=True)
    links = [
        _link(small, offer, small.asker),
        _link(small, offer, stranger),
        _link(small, offer).replace(small.desk.slug, "nowhere"),
        _link(small, offer)[:-3] + "xx/",
        f"/{small.desk.slug}/offers/%20/",
    ]

    assert [Client().post(link, {"answer": "yes"}).status_code for link in links] == [404] * len(links)
