"""A session that ends while somebody writes loses none of the words."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from time_machine import Traveller

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import BACKEND, begin, text_of
from vaxel.domain.people.models import Session

KEPT = "Du blev utloggad innan det du skrev kom fram."


def sign_in_again(customer: Customer) -> None:
    account = customer.person.account
    assert account is not None
    customer.client.force_login(account, backend=BACKEND)


def send_signed_out(customer: Customer, address: str, *, page: str, **typed: str) -> str:
    """Send a form after the session has ended; the page that sign-in leads back to."""
    customer.client.session.flush()
    response = customer.client.post(address, typed, headers={"referer": f"http://testserver{page}"})
    assert response.status_code == 302
    return parse_qs(urlsplit(response.headers["Location"]).query)["next"][0]


def test_the_form_comes_back_after_sign_in(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    address = asking.at("details")
    back = send_signed_out(maj, address, page=address, **{"field-description": "Allt jag hann skriva", "impact-0": "2"})
    sign_in_again(maj)
    response = maj.client.get(back)

    assert back == address
    assert KEPT in text_of(response)
    assert "Allt jag hann skriva" in text_of(response)
    assert 'name="impact-0" value="2" checked' in response.content.decode()


def test_the_form_is_forgotten_once_it_has_arrived(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, "Det blir fel")
    asking.post("kind", kind="unexpected-error", product="suite")
    address = asking.at("details")
    send_signed_out(maj, address, page=address, **{"field-description": "Allt jag hann skriva"})
    sign_in_again(maj)
    maj.client.post(address, {"field-description": "Nytt", "impact-0": "1", "checked": "read-manual"})

    said = text_of(maj.client.get(address))
    assert KEPT not in said
    assert "Allt jag hann skriva" not in said


def test_the_first_words_come_back_on_the_start_page(maj: Customer) -> None:
    home = f"/{maj.desk.slug}/"
    send_signed_out(maj, f"{home}ask/", page=home, words="Varför är listan tom?")
    sign_in_again(maj)

    assert 'value="Varför är listan tom?"' in maj.client.get(home).content.decode()


def test_sign_in_says_that_the_words_are_kept(maj: Customer) -> None:
    home = f"/{maj.desk.slug}/"
    assert "Det du skrev finns kvar" not in text_of(maj.client.get("/signin/"))
    send_signed_out(maj, f"{home}ask/", page=home, words="Varför är listan tom?")

    assert "Det du skrev finns kvar" in text_of(maj.client.get("/signin/"))


def test_an_answer_comes_back_on_the_ticket(maj: Customer) -> None:
    ticket = world.ask(maj.person)
    page = f"/{maj.desk.slug}/tickets/{maj.desk.prefix}-{ticket.number}/"
    back = send_signed_out(maj, f"{page}reply/", page=page, text="Mitt långa svar")
    sign_in_again(maj)

    assert back == page
    assert "Mitt långa svar" in text_of(maj.client.get(back))


def test_t59_a_flood_of_late_forms_is_not_kept(maj: Customer) -> None:
    stranger = Client(headers={"accept-language": "sv"})
    for _ in range(62):
        stranger.cookies.clear()
        stranger.post(f"/{maj.desk.slug}/ask/", {"words": "x" * 1000})

    kept = [one.get_decoded() for one in Session.objects.all()]
    assert len([one for one in kept if "kept_form" in one]) == 60


@pytest.mark.parametrize("minutes", [61, 24 * 60])
def test_a_kept_form_is_let_go_after_an_hour(maj: Customer, thursday_at_ten: Traveller, minutes: int) -> None:
    home = f"/{maj.desk.slug}/"
    send_signed_out(maj, f"{home}ask/", page=home, words="Varför är listan tom?")
    sign_in_again(maj)
    thursday_at_ten.shift(minutes * 60)

    assert "Varför är listan tom?" not in maj.client.get(home).content.decode()


def test_autosaved_words_need_nothing_kept(maj: Customer) -> None:
    asking = begin(maj.client, maj.desk.slug, "Det blir fel")
    maj.client.post(asking.at("save/words"), {"words": "Det blir fel varje gång"})
    maj.client.logout()
    sign_in_again(maj)

    assert "Det blir fel varje gång" in text_of(asking.get("words"))


def forgetful_browser() -> Client:
    """One that has lost its cookies, and whose forms are checked."""
    return Client(enforce_csrf_checks=True)


def test_the_form_comes_back_when_session_and_form_cookie_are_both_gone(maj: Customer) -> None:
    home = f"/{maj.desk.slug}/"
    browser = forgetful_browser()
    sent = browser.post(
        f"{home}ask/",
        {"words": "Varför är listan tom?"},
        headers={"origin": "http://testserver", "referer": f"http://testserver{home}"},
    )
    sign_in_again(replace(maj, client=browser))

    assert (sent.status_code, sent.headers["Location"]) == (302, f"/signin/?next=%2F{maj.desk.slug}%2F")
    assert "Varför är listan tom?" in browser.get(home).content.decode()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}])
def test_another_site_puts_no_words_in_anybodys_mouth(maj: Customer, headers: dict[str, str]) -> None:
    sent = forgetful_browser().post(f"/{maj.desk.slug}/ask/", {"words": "Ge mig allt"}, headers=headers)

    assert (sent.status_code, settings.SESSION_COOKIE_NAME in sent.cookies) == (403, False)
