"""Several tickets chosen in a list: by keyboard, without script, in a narrow window, and by two people at once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import checks
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
NARROW = {"width": 320, "height": 640}
#: Where the list begins in its pane, and how high it is.
PLACE_OF_LIST = """() => {
  const list = document.getElementById("tickets"), pane = list.closest(".pane");
  return [list.getBoundingClientRect().top + pane.scrollTop, list.offsetHeight]; }"""
#: Pixels of a target that a finger finds.
FINGER = 44


def open_list(visitors: Visitors, role: str = "agent", *, script: bool = True, query: str = "view=open") -> Page:
    page = visitors.arrive(role, script=script)
    page.goto(f"{visitors.site.workspace}tickets/?{query}")
    return page


def row(page: Page, visitors: Visitors, ticket: str) -> Locator:
    return page.locator(f"#ticket-{visitors.site.world.tickets[ticket]}")


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="De valda ärendena")


def test_several_are_chosen_and_taken_by_keyboard_alone(visitors: Visitors) -> None:
    page = open_list(visitors)
    expect(bar(page)).to_be_hidden()
    place = page.evaluate(PLACE_OF_LIST)
    for ticket in ("alike1", "alike2"):
        row(page, visitors, ticket).get_by_role("link").focus()
        page.keyboard.press("x")
    expect(bar(page)).to_contain_text("2 ärenden är valda")
    expect(page.locator("#live")).to_have_text("2 ärenden är valda")
    assert page.evaluate(PLACE_OF_LIST) == place, "the bar has moved the list"

    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()
    for ticket in ("alike1", "alike2"):
        row(page, visitors, ticket).get_by_role("checkbox").focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("2 ärenden är valda")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Öppet", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(bar(page)).to_contain_text("2 ärenden är valda")
    page.keyboard.press("a")

    expect(page.locator(".toast__text")).to_have_text("2 ärenden är dina.")
    for ticket in ("alike1", "alike2"):
        expect(row(page, visitors, ticket).locator(".ticket-row__person")).to_contain_text("Sven Berg")


def test_several_are_solved_and_taken_back_without_script(visitors: Visitors) -> None:
    page = open_list(visitors, script=False)
    expect(bar(page)).to_be_hidden()
    for ticket in ("alike3", "alike4"):
        row(page, visitors, ticket).get_by_role("checkbox").check()
    page.keyboard.press("Enter")
    bar(page).get_by_role("button", name="Lös").click()
    expect(page.locator(".toast__text")).to_have_text("2 ärenden är lösta.")
    expect(row(page, visitors, "alike3")).to_have_count(0)
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator(".toast__text")).to_have_text("2 ärenden är öppna igen.")
    expect(row(page, visitors, "alike3").locator(".ticket-row__state")).to_have_text("Öppet")

    row(page, visitors, "alike3").get_by_role("checkbox").check()
    bar(page).get_by_role("link", name="Välj alla på sidan").click()
    assert page.locator("[data-select]:not(:checked)").count() == 0
    bar(page).get_by_role("link", name="Avmarkera").click()
    expect(bar(page)).to_be_hidden()


def test_t75_what_a_colleague_changed_meanwhile_is_told_and_stays_chosen(visitors: Visitors) -> None:
    mine, theirs = open_list(visitors, script=False), open_list(visitors, "answerer")
    for ticket in ("alike5", "alike6"):
        row(mine, visitors, ticket).get_by_role("checkbox").check()

    row(theirs, visitors, "alike5").get_by_role("checkbox").check()
    bar(theirs).get_by_role("button", name="Prioritet").click()
    theirs.get_by_role("button", name="Hög", exact=True).click()
    expect(theirs.locator(".toast__text")).to_have_text(
        "1 ärende har fått en annan prioritet, och svarstiderna följer med."
    )

    bar(mine).get_by_role("button", name="Ta dem").click()
    told = mine.get_by_role("main").get_by_role("alert")
    expect(told).to_contain_text("1 ärende är som det var.")
    expect(told).to_contain_text(f"{visitors.site.world.tickets['alike5']}: Någon annan har ändrat under tiden.")
    expect(mine.locator(".toast__text")).to_have_text("1 ärende är ditt.")
    expect(row(mine, visitors, "alike5").get_by_role("checkbox")).to_be_checked()
    expect(row(mine, visitors, "alike6").get_by_role("checkbox")).not_to_be_checked()
    bar(mine).get_by_role("button", name="Ta dem").click()
    expect(mine.locator(".toast__text")).to_have_text("1 ärende är ditt.")


def test_bar_has_room_for_fingers_in_a_narrow_window(visitors: Visitors) -> None:
    page = visitors.arrive("agent", viewport=NARROW)
    page.goto(f"{visitors.site.workspace}tickets/?view=open&chosen=all")
    expect(bar(page)).to_be_visible()
    ways = bar(page).locator(".button").all()
    sizes = [box for way in ways if (box := way.bounding_box()) is not None]
    assert len(sizes) == len(ways)
    assert [box for box in sizes if box["width"] < FINGER or box["height"] < FINGER] == []
    cell = page.locator(".ticket-row .ticket-row__pick label").first.bounding_box()
    assert cell is not None
    assert min(cell["width"], cell["height"]) >= FINGER
    whole = bar(page).bounding_box()
    assert whole is not None
    assert whole["height"] <= NARROW["height"] / 3
    assert checks.scrolls_sideways(page) == []


def test_words_beside_a_long_subject_are_seen_in_a_narrow_window(visitors: Visitors) -> None:
    page = visitors.arrive("agent", viewport=NARROW)
    page.goto(f"{visitors.site.workspace}tickets/?view=all")
    one = row(page, visitors, "long")
    subject, word = one.get_by_role("rowheader").bounding_box(), one.get_by_text("Bråttom").bounding_box()
    assert subject is not None
    assert word is not None
    assert subject["y"] <= word["y"]
    assert word["y"] + word["height"] <= subject["y"] + subject["height"]
    assert word["x"] + word["width"] <= NARROW["width"]
