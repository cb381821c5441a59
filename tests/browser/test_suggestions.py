"""Suggestions while somebody writes: they come by themselves, take no focus, and what is chosen goes along."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_suggestions_follow_the_words_and_leave_focus_where_it_is(visitors: Visitors) -> None:
    page = visitors.arrive("contact")
    page.goto(f"{visitors.site.portal}ask/")
    box = page.locator("#words")

    box.press_sequentially("Jag vill boka en utbildning")
    expect(page.get_by_role("radio", name="Utbildning")).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator("#suggested-said")).to_have_text(re.compile("^Förslag: Utbildning"))

    box.fill("Ett oväntat fel visas när jag sparar i Kompass möten")
    fault, product = (page.get_by_role("radio", name=name) for name in ("Oväntat fel", "Kompass möten"))
    expect(fault).to_be_visible()
    expect(box).to_be_focused()
    fault.check()
    product.check()
    box.press("End")
    box.press_sequentially(" i dag")
    page.get_by_role("button", name="Fortsätt").click()

    expect(page).to_have_url(re.compile("/kind/$"))
    expect(page.get_by_role("radio", name="Oväntat fel")).to_be_checked()
    expect(page.get_by_role("radio", name="Kompass möten")).to_be_checked()
