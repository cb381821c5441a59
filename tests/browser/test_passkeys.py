"""Passkeys in the served program, which loads what they need when somebody first uses one (`vaxel.kit.later`)."""

import json

import pytest

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


def test_first_passkey_is_asked_for_and_a_made_up_answer_is_refused(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.goto(visitors.site.at("/signin/"))
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()

    asked = page.request.get(visitors.site.at("/signin/passkey/"), headers={"X-Requested-With": "XMLHttpRequest"})
    answer = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "AAAA"}}
    told = page.request.post(
        visitors.site.at("/signin/passkey/"),
        form={"csrfmiddlewaretoken": token, "credential": json.dumps(answer)},
        headers={"Referer": visitors.site.at("/signin/")},
    )

    assert asked.json()["request_options"]["publicKey"]["challenge"]
    assert (told.status, told.url) == (200, visitors.site.at("/signin/"))
    assert "Koden stämmer inte. Kontrollera den och ange den igen." in told.text()
