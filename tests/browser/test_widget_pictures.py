"""Pictures of the window: what is secret or blackened is in no byte that leaves the page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Locator, Page, expect

from tests.browser.chromium import whole
from tests.browser.product import answer_details, choose_kind, open_panel, product_page, send, write_question
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

#: Colours that no page of ours has, so that each pixel of them is what it lies on: two secrets, a place that somebody
#: blackens by hand, and one that everybody may see.
_PAINT = """() => { for (const [place, colour] of Object.entries({
    '#password, #personal-number': 'rgb(255, 0, 0)', 'table': 'rgb(255, 0, 255)', 'h1': 'rgb(0, 255, 0)' }))
  for (const each of document.querySelectorAll(place)) each.style.background = each.style.color = colour; }"""
#: How many pixels of a picture are red, magenta, green and black; a video's colours are a little off.
_COUNT = """async (bytes) => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const ink = canvas.getContext('2d');
  ink.drawImage(picture, 0, 0);
  const { data } = ink.getImageData(0, 0, picture.width, picture.height);
  const found = { red: 0, magenta: 0, green: 0, black: 0, width: picture.width, height: picture.height };
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = data.subarray(at, at + 3);
    if (red > 180 && green < 90 && blue < 90) found.red += 1;
    if (red > 180 && green < 90 && blue > 180) found.magenta += 1;
    if (red < 90 && green > 180 && blue < 90) found.green += 1;
    if (red < 20 && green < 20 && blue < 20) found.black += 1;
  }
  return found;
}"""
#: What a strict policy stops the library from; the picture is right without it.
_BLOCKED = "base URI|Applying inline style"
_NO_CAPTURE = "() => { delete MediaDevices.prototype.getDisplayMedia; }"


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """One with tabs, of which a page may ask for a picture."""
    browser = browser_type.launch(**whole())
    yield browser
    browser.close()


@pytest.mark.parametrize("way", ["captured", "drawn"])
def test_hidden_pixels_never_leave_the_page(visitors: Visitors, way: str) -> None:
    page = product_page(visitors, viewport={"width": 1280, "height": 1000})
    if way == "drawn":
        page.evaluate(_NO_CAPTURE)
    page.evaluate(_PAINT)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    panel = open_panel(page)
    write_question(panel)
    choose_kind(panel)
    _take_picture_without_the_table(page, panel)
    expect(panel.get_by_role("listitem").filter(has_text="window.png")).to_be_visible()
    assert len([url for url in sent if url.endswith("/files/")]) == 1
    answer_details(panel)
    seen = _picture_of(visitors, send(panel))
    assert (seen["width"], seen["height"]) == (1280, 1000)
    assert (seen["red"], seen["magenta"]) == (0, 0)
    assert seen["green"] > 1000
    assert seen["black"] > 10_000
    assert page.context.cookies() == []
    visitors.faults = [told for told in visitors.faults if not (way == "drawn" and re.search(_BLOCKED, told))]


def _take_picture_without_the_table(page: Page, panel: Locator) -> None:
    table = page.get_by_role("table").bounding_box()
    assert table is not None
    panel.get_by_role("button", name="Ta en bild av fönstret").click()
    expect(panel.get_by_role("heading", name="Dölj det som ingen ska se")).to_be_focused()
    drawn = panel.locator("canvas")
    drawn.scroll_into_view_if_needed()
    shown = drawn.bounding_box()
    assert shown is not None
    scale = shown["width"] / 1280
    left, top = (shown[side] + 1 + max(table[side] - 6, 0) * scale for side in ("x", "y"))
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + (table["width"] + 12) * scale, top + (table["height"] + 12) * scale)
    page.mouse.up()
    panel.get_by_role("button", name="Använd bilden").click()


def _picture_of(visitors: Visitors, ticket: str) -> dict[str, Any]:
    """What the staff get to see of it."""
    page = visitors.arrive("agent")
    page.goto(f"{visitors.site.workspace}tickets/{ticket}/")
    address = page.get_by_role("link", name=re.compile("window.png")).get_attribute("href")
    bytes_ = page.request.get(visitors.site.at(address or "")).body()
    found: dict[str, Any] = page.evaluate(_COUNT, list(bytes_))
    return found
