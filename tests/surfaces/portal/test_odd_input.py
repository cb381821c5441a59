"""Input that no form of ours sends, or that people send by mistake: left out or explained, never a fault of ours."""

import pytest
from django.test import Client

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import Asking, begin, errors_of, signed_in
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.rules.policy.reader import read_policy
from vaxel.rules.policy.suggest import suggest

MANY_DIGITS = "9" * 5_000
NUMBER_ASKED = """
[facts.users-hit]
name = { sv = "Antal berörda", en = "Users affected" }
from = "form"
number = true
min = 1
max = 10000
question = { sv = "Hur många berörs?", en = "How many are affected?" }
"""
HIT = "fact-users-hit"


def browser(customer: Customer) -> Client:
    """A browser that sees the pages of faults."""
    client = signed_in(customer.person)
    client.raise_request_exception = False
    return client


def at_details(customer: Customer) -> Asking:
    asking = begin(browser(customer), customer.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    return asking


@pytest.mark.parametrize("path", ["ask/%00/words/", "ask/%00/sent/", "files/%00/bild.png"])
def test_t24_nul_in_an_address_is_a_bad_request(maj: Customer, path: str) -> None:
    assert browser(maj).get(f"/{maj.desk.slug}/{path}").status_code == 400


@pytest.mark.parametrize("field", ["remove", "checked", "impact-0"])
def test_t24_nul_in_a_value_that_a_button_sends_is_a_bad_request(maj: Customer, field: str) -> None:
    assert at_details(maj).post("details", **{field: "\x00"}).status_code == 400


def test_answer_with_more_digits_than_numbers_have_is_no_answer(maj: Customer) -> None:
    answer = at_details(maj).post("details", **{"impact-0": MANY_DIGITS, "field-description": "x"})

    assert answer.status_code == 422


def test_details_kept_by_themselves_after_the_kind_is_gone_are_not_found(maj: Customer) -> None:
    asking = begin(browser(maj), maj.desk.slug, "Det blir fel")

    assert asking.post("save/details", **{"field-page": "/plan"}).status_code == 404


@pytest.mark.parametrize("typed", ["tio", "12,5", "0", "10001", "-3", MANY_DIGITS])
def test_number_that_cannot_be_is_explained_and_kept(maj: Customer, typed: str) -> None:
    publish_policy(desk=maj.desk, source=NUMBER_ASKED + world.policy_source("kompass"), by=SYSTEM, now=world.NOW)
    asking = at_details(maj)
    answers = {"field-description": "Fel", "impact-0": "1", "checked": "read-manual"}

    page = asking.post("details", **answers, **{HIT: typed})

    assert page.status_code == 422
    assert errors_of(page) == [(HIT, "Skriv ”Hur många berörs?” som ett tal från 1 till 10000")]
    assert Draft.unscoped.get().data["declared"] == {"users-hit": typed}
    asking.post("details", **answers, **{HIT: "12"})
    asking.post("review")
    assert Ticket.unscoped.get().facts["declared"] == {"users-hit": 12}


def test_t26_a_book_costs_no_more_than_its_first_pages() -> None:
    policy = read_policy(world.policy_source("kompass"))
    question = "Jag får ett oväntat fel när jag sparar. " * 200
    book = question + "Ändra behörigheter för en ny medarbetare. " * 50_000

    assert suggest(book, policy=policy, language="sv") == suggest(question, policy=policy, language="sv")


@pytest.mark.parametrize("words", ["\u200b\u2060", "\u202e", "\u00a0\ufeff"])
def test_words_that_nobody_can_see_are_none(maj: Customer, words: str) -> None:
    response = browser(maj).post(f"/{maj.desk.slug}/ask/", {"words": words})
    assert errors_of(response) == [("words", "Beskriv vad du behöver hjälp med")]
    assert not Draft.unscoped.exists()


@pytest.mark.parametrize("words", ["😀", "?", "محمود"])
def test_words_of_any_kind_are_words(maj: Customer, words: str) -> None:
    assert browser(maj).post(f"/{maj.desk.slug}/ask/", {"words": words}).status_code == 302
