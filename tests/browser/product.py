"""The vendor's product with help in it: another site than ours, under a policy as strict as a host's can be."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitors import Visitors

#: Its policy, but for where Växel is.
STRICT = (
    "default-src 'none'; script-src {base}; connect-src 'self' {base}; style-src 'self'; font-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types vaxel html2canvas-pro"
)
QUESTION = "Det kommer upp ett oväntat fel när jag sparar målet."


def product_page(visitors: Visitors, *, named: bool = True, language: str = "sv", **more: Any) -> Page:
    """The demonstration's product, at another host name than ours; with a name, as its first person."""
    page = visitors.arrive(language=language, **more)
    page.goto(f"{product_origin(visitors)}/demo/product/{visitors.site.world.desk}/")
    if named:
        page.get_by_role("link", name="Maj Ekdahl").click()
        expect(page).to_have_url(re.compile(quote("@")))
    return page


def product_origin(visitors: Visitors) -> str:
    """For a browser `localhost` is another site than 127.0.0.1."""
    return f"http://localhost:{urlsplit(visitors.site.url).port}"


def open_panel(page: Page) -> Locator:
    """Press Help; the panel when it has begun."""
    page.get_by_role("button", name=re.compile("^(Hjälp|Help)$")).click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    return panel


def write_question(panel: Locator, words: str = QUESTION) -> None:
    """From the panel's beginning to the choice of a kind."""
    panel.get_by_role("button", name="Ställ en fråga").click()
    panel.get_by_label("Din fråga").fill(words)
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Vad gäller din fråga?")).to_be_focused()


def choose_kind(panel: Locator) -> None:
    """From the choice of a kind to what it asks."""
    panel.get_by_role("radio").first.check()
    panel.get_by_label("Produkt", exact=True).select_option(index=1)
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Berätta mer")).to_be_focused()


def answer_details(panel: Locator) -> None:
    """From what the kind asks to the look before sending."""
    panel.get_by_label(re.compile("^Prioritet")).select_option(index=2)
    for box in panel.get_by_role("group", name="Har du provat det här?").get_by_role("checkbox").all():
        box.check()
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Stämmer det här?")).to_be_focused()


def send(panel: Locator) -> str:
    """Send the question; the number of its ticket."""
    panel.get_by_role("button", name=re.compile("^Skicka")).click()
    expect(panel.get_by_role("heading", name="Tack, din fråga är skickad")).to_be_visible()
    return panel.locator("p", has_text="Ärendenummer").locator("b").inner_text()
