"""The palette by keyboard: it opens from anywhere, walks by arrows, acts on the open ticket and gives focus back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def test_palette_goes_to_a_view_by_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.arrive("answerer")
    page.goto(f"{visitors.site.workspace}tickets/{visitors.site.world.tickets['long']}/")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Sök och kommandon")
    field = dialog.get_by_role("searchbox")
    expect(field).to_be_focused()
    expect(dialog.get_by_role("button", name="Lös")).to_be_visible()
    assert checks.axe_says(page) == []

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+k")
    # Whoever leaves before the answer is there ends the search, which htmx calls a fault.
    with page.expect_response(lambda answer: "q=otagna" in answer.url):
        page.keyboard.type("otagna")
    expect(dialog.get_by_role("link")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link", name="Otagna")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("view=unassigned"))


def test_palette_is_a_page_without_script(visitors: Visitors) -> None:
    page = visitors.arrive("answerer", script=False)
    page.goto(f"{visitors.site.workspace}tickets/")
    page.get_by_role("link", name="Sök och kommandon").click()
    page.get_by_role("main").get_by_role("searchbox").fill(visitors.site.world.tickets["fresh"])
    page.get_by_role("button", name="Sök", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=visitors.site.world.tickets["fresh"]).click()

    expect(page).to_have_url(re.compile(f"{visitors.site.world.tickets['fresh']}/$"))
