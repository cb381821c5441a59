"""Help inside a product that is another site than ours, under a policy as strict as a host's can be."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import checks
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def _product(visitors: Visitors, *, named: bool = True, language: str = "sv", **more: Any) -> Page:
    """The demonstration's product, at another host name than ours; with a name, as its first person."""
    page = visitors.arrive(language=language, **more)
    port = urlsplit(visitors.site.url).port
    page.goto(f"http://localhost:{port}/demo/product/{visitors.site.world.desk}/")
    if named:
        page.get_by_role("link", name="Maj Ekdahl").click()
        expect(page).to_have_url(re.compile(quote("@")))
    return page


def _open(page: Page) -> Locator:
    page.get_by_role("button", name=re.compile("^(Hjälp|Help)$")).click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    return panel


def test_a_question_goes_from_the_product_to_a_ticket(visitors: Visitors) -> None:
    page = _product(visitors, viewport={"width": 1280, "height": 800})
    panel = _open(page)
    panel.get_by_role("button", name="Ställ en fråga").click()
    panel.get_by_label("Din fråga").fill("Det kommer upp ett oväntat fel när jag sparar målet.")
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Vad gäller din fråga?")).to_be_focused()
    panel.get_by_role("radio").first.check()
    panel.get_by_label("Produkt", exact=True).select_option(index=1)
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Berätta mer")).to_be_focused()
    panel.get_by_label(re.compile("^Prioritet")).select_option(index=2)
    for box in panel.get_by_role("group", name="Har du provat det här?").get_by_role("checkbox").all():
        box.check()
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Stämmer det här?")).to_be_focused()
    expect(panel.get_by_text("Vem svarar")).to_be_visible()
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name=re.compile("^Skicka")).click()
    expect(panel.get_by_role("heading", name="Tack, din fråga är skickad")).to_be_visible()
    assert page.context.cookies() == []


def test_t57_no_cookie_and_no_other_site_is_needed(visitors: Visitors) -> None:
    page = _product(visitors, named=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    panel = _open(page)
    expect(panel.get_by_role("searchbox")).to_be_visible()
    expect(panel.get_by_role("button", name="Ställ en fråga")).to_have_count(0)
    assert set(asked) == {urlsplit(visitors.site.url).netloc}
    assert page.context.cookies() == []


def test_articles_are_read_in_the_panel(visitors: Visitors) -> None:
    panel = _open(_product(visitors))
    panel.get_by_role("searchbox").fill("rapportmall")
    panel.get_by_role("searchbox").press("Enter")
    expect(panel.get_by_role("heading", name="Träffar")).to_be_visible()
    panel.get_by_role("listitem").get_by_role("button").first.click()
    expect(panel.get_by_role("link", name="Öppna i hjälpcentret")).to_be_visible()
    panel.get_by_role("button", name="Tillbaka").click()
    expect(panel.get_by_role("searchbox")).to_be_visible()


def test_escape_closes_the_panel_and_gives_focus_back(visitors: Visitors) -> None:
    page = _product(visitors)
    panel = _open(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Hjälp", exact=True)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_fits_a_narrow_window_in_light_and_dark(visitors: Visitors, scheme: str) -> None:
    page = _product(visitors, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    panel = _open(page)
    expect(panel.get_by_role("heading", name="Fråga en kollega")).to_be_visible()
    assert checks.axe_says(page) == []
    assert panel.locator(".body").evaluate("e => e.scrollWidth <= e.clientWidth") is True


def test_a_question_that_cannot_be_sent_now_is_sent_later(visitors: Visitors) -> None:
    page = _product(visitors)
    panel = _open(page)
    panel.get_by_role("button", name="Ställ en fråga").click()
    words = panel.get_by_label("Din fråga")
    words.fill("Rapporten visar fel summa.")
    page.context.set_offline(True)
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_text("Vi når inte supporten just nu.")).to_be_visible()
    expect(words).to_have_value("Rapporten visar fel summa.")
    page.context.set_offline(False)
    expect(panel.get_by_role("heading", name="Vad gäller din fråga?")).to_be_visible()
