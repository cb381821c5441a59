"""Two of the staff on one ticket: each sees what the other does, and nobody's words are lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
WORDS = "Jag tittar på det nu."


def open_ticket(visitors: Visitors, role: str, ticket: str) -> Page:
    page = visitors.arrive(role)
    page.goto(f"{visitors.site.workspace}tickets/{visitors.site.world.tickets[ticket]}/")
    return page


def test_t75_what_a_colleague_changes_is_seen_before_anything_is_sent(visitors: Visitors) -> None:
    mine, theirs = (open_ticket(visitors, role, "shared") for role in ("agent", "answerer"))
    box = mine.get_by_role("textbox", name="Din text")
    box.fill(WORDS)

    theirs.get_by_role("button", name="Prioritet: Normal").click()
    theirs.get_by_role("button", name="Hög", exact=True).click()

    expect(mine.get_by_role("button", name="Prioritet: Hög")).to_be_visible()
    expect(mine.locator(".conversation .event").last).to_contain_text("prioriteten från Normal till Hög")
    expect(box).to_have_text(WORDS)
    mine.get_by_role("button", name="Skicka svar", exact=True).click()
    expect(mine.locator(".conversation")).to_contain_text(WORDS)


def test_t75_head_and_panel_follow_when_a_colleagues_answer_is_taken_in(visitors: Visitors) -> None:
    mine, theirs = (open_ticket(visitors, role, "handed") for role in ("agent", "answerer"))

    theirs.get_by_role("textbox", name="Din text").fill("Nu är det löst.")
    theirs.get_by_role("button", name="Skicka och lös").click()
    more = mine.get_by_role("button", name="1 nytt svar")
    expect(more).to_be_visible()
    expect(mine.get_by_role("button", name="Lös", exact=True)).to_be_visible()
    more.click()

    expect(mine.get_by_role("button", name="Öppna igen")).to_be_visible()
    expect(mine.locator("#panel .timeline")).to_contain_text("löste ärendet")
    mine.get_by_role("button", name="Öppna igen").click()
    expect(mine.get_by_role("button", name="Lös", exact=True)).to_be_visible()
