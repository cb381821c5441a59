"""Suggestions while the words are written: a part of the page that proposes and never decides."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import begin, text_of
from vaxel.domain.tickets.models import Draft

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

FAULT = "Ett oväntat fel visas i Kompass möten när jag sparar"
HTMX = {"HX-Request": "true"}


def suggest(customer: Customer, words: str, **more: str) -> "Page":
    return customer.client.post(f"/{customer.desk.slug}/ask/suggestions/", {"words": words, **more}, headers=HTMX)


def test_words_suggest_kind_and_product(maj: Customer) -> None:
    page = suggest(maj, FAULT)

    said = text_of(page)
    assert "Är det något av det här? (frivilligt)" in said
    assert said.endswith("Förslag: Oväntat fel, Kompass möten")
    assert 'value="unexpected-error"' in page.content.decode()


def test_words_like_nothing_suggest_nothing(maj: Customer) -> None:
    assert suggest(maj, "xyzzy").status_code == 204


def test_same_suggestions_are_not_told_again(maj: Customer) -> None:
    shown = suggest(maj, FAULT).content.decode().split('name="shown" value="')[1].split('"')[0]

    assert suggest(maj, f"{FAULT} i dag", shown=shown).status_code == 204


def test_chosen_suggestion_stays_chosen_and_goes_with_the_words(maj: Customer) -> None:
    page = suggest(maj, FAULT, kind="unexpected-error", product="meetings")
    assert page.content.decode().count(" checked") == 2

    form = {"words": FAULT, "kind": "unexpected-error", "product": "meetings"}
    maj.client.post(f"/{maj.desk.slug}/ask/", form)

    data = Draft.unscoped.get().data
    assert (data["words"], data["kind"], data["product"]) == (FAULT, "unexpected-error", "meetings")


def test_words_that_were_saved_come_back_with_their_suggestions(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, FAULT)

    assert "Är det något av det här?" in text_of(asking.get("words"))


def test_whoever_was_signed_out_goes_on_writing(maj: Customer) -> None:
    maj.client.logout()

    assert suggest(maj, FAULT).status_code == 204


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("Kompass möten är långsam", "meetings"),
        ("Kan vi se målen i planeringen?", ""),
        ("Kompass möten och Kompass verksamhetsstyrning", ""),
    ],
)
def test_product_that_the_words_name_is_chosen_on_the_next_step(maj: Customer, words: str, product: str) -> None:
    asking = begin(maj.client, maj.desk.slug, words)
    page = asking.get("kind").content.decode()

    chosen = re.findall(r'<input[^>]*name="product"[^>]*value="([^"]*)"[^>]* checked', page)
    assert chosen == ([product] if product else [])

    asking.post("kind", kind="function-broken", product="suite")
    page = asking.get("kind").content.decode()
    assert re.findall(r'<input[^>]*name="product"[^>]*value="([^"]*)"[^>]* checked', page) == ["suite"]
