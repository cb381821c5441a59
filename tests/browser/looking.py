"""Open a page in a language, and run the checks of every page on it."""

import re

from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.pages import Look
from tests.browser.visitors import Visitors


def faults_of(visitors: Visitors, look: Look, *, language: str) -> dict[str, list[str]]:
    """What is wrong with a page, by check; empty when nothing is."""
    page = visitors.arrive(look.role, language=language, viewport={"width": 1440, "height": 900})
    open_in(page, look.address(visitors.site), language=language)
    found = {
        "frame": checks.frame_lacks(page, language=language),
        "axe": checks.axe_says(page),
        "axe in the dark": checks.axe_says_in_the_dark(page),
        "width": checks.scrolls_sideways(page),
    }
    if language == "sv":
        found["tab"] = checks.tab_fails(page)
    return {check: faults for check, faults in found.items() if faults}


def open_in(page: Page, address: str, *, language: str) -> None:
    """Open a page in a language. It belongs to the account: whoever finds another one presses the page's button.

    In the help centre it belongs to the address.
    """
    address = re.sub(r"/help/(sv|en)/", f"/help/{language}/", address)
    page.goto(address)
    if page.locator("html").get_attribute("lang") != language:
        with page.expect_navigation():
            page.locator(f"button[name=language][value={language}]").evaluate("button => button.click()")
        page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_function("'scripted' in document.documentElement.dataset")
