"""Writing the manual and answering from it, as a person does with a keyboard and a pointer."""

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
PICTURE: Final = Path(__file__).parents[2] / "docs" / "pictures" / "inbox.png"


def _article(visitors: Visitors, slug: str) -> Page:
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/articles/{slug}/"))
    return page


def test_words_are_seen_as_they_are_written(visitors: Visitors) -> None:
    page = _article(visitors, "rapportmall")
    page.locator("#markdown_sv").focus()
    page.keyboard.press("Control+Home")

    page.get_by_role("toolbar").first.get_by_role("button", name="Faktaruta").click()

    expect(page.locator("#preview-sv .callout--tip")).to_contain_text("Spara först.")


def test_picture_stands_in_the_text_and_in_the_preview(visitors: Visitors) -> None:
    page = _article(visitors, "rapportmall")

    page.get_by_role("toolbar").first.locator("input[type=file]").set_input_files(PICTURE)

    expect(page.locator("#markdown_sv")).to_have_value(re.compile(r"!\[inbox\]\(bilder/inbox-[0-9a-f]{16}\.png\)"))
    expect(page.locator("#preview-sv img")).to_be_visible()


def test_typed_words_are_there_after_the_page_is_left(visitors: Visitors) -> None:
    page = _article(visitors, "kom-igang")
    page.locator("#summary_sv").fill("Halvskriven sammanfattning")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()

    page.reload()

    expect(page.locator("#summary_sv")).to_have_value("Halvskriven sammanfattning")
    page.get_by_role("button", name="Släng det").click()
    expect(page.locator("#summary_sv")).not_to_have_value("Halvskriven sammanfattning")


def test_passage_is_put_into_an_answer_and_nothing_is_sent(visitors: Visitors) -> None:
    world = visitors.site.world
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{world.desk}/workspace/tickets/{world.tickets['long']}/"))
    page.locator("#from-manual summary").click()
    page.locator(".editor__text").press_sequentially("Läs  först.")
    for _ in range(len(" först.")):
        page.locator(".editor__text").press("ArrowLeft")
    page.locator("#find_words").fill("rapportmall")

    page.locator("#articles-found button[value=rapportmall]").click()

    expect(page.locator(".editor__text")).to_have_text("Läs Gör en rapportmall först.")
    expect(page.locator(".editor__text a")).to_have_text("Gör en rapportmall")
    page.locator("#find_words").press("Enter")
    expect(page.locator(".editor__text a")).to_have_text("Gör en rapportmall")
    expect(page.locator(".toast__text")).to_have_count(0)
