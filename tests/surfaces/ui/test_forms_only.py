"""Addresses that only take forms, as a browser stands on them."""

import pytest
from django.test import Client

from vaxel.surfaces.ui.middleware import page_above


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/kompass/workspace/tickets/KOM-1042/conversation/", "/kompass/workspace/tickets/KOM-1042/"),
        ("/kompass/workspace/tickets/KOM-1042/offers/7/start/", "/kompass/workspace/tickets/KOM-1042/offers/7/"),
        ("/kompass/workspace/tickets/KOM-1042/mails/7/address/", "/kompass/workspace/tickets/KOM-1042/mails/7/"),
        ("/kompass/workspace/absences/7/end/", "/kompass/workspace/absences/"),
        ("/kompass/workspace/settings/canned/7/removal/", "/kompass/workspace/settings/canned/7/"),
        ("/kompass/help/sv/mallar/verdict/", "/kompass/help/sv/mallar/"),
        ("/kompass/tickets/KOM-1042/reopen/", "/kompass/tickets/KOM-1042/"),
        # Nothing above is of any desk.
        ("/looks/language/", "/"),
    ],
)
def test_page_above_is_the_nearest_that_leads_somewhere(sent_to: str, page: str) -> None:
    assert page_above(sent_to) == page


@pytest.mark.django_db
def test_browser_is_led_to_a_page_and_a_program_is_told_of_the_method() -> None:
    address = "/kompass/workspace/tickets/KOM-1042/conversation/"
    browser = Client(headers={"accept": "text/html,application/xhtml+xml"}).get(address)
    program = Client(headers={"accept": "application/json"}).get(address)
    fragment = Client(headers={"accept": "text/html", "hx-request": "true"}).get(address)

    assert (browser.status_code, browser.headers["Location"]) == (302, "/kompass/workspace/tickets/KOM-1042/")
    assert (program.status_code, fragment.status_code) == (405, 405)
