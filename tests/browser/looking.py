"""Open a page in a language, and run the checks of every page on it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.pages import Look
from tests.browser.visitors import PATIENCE_MS, Visitors

#: Asked in one breath: each finder of Playwright's own brings along a script as long as a page's.
_LANGUAGE_IN_THE_END: Final = """async (patience) => {
  const { dataset, lang } = document.documentElement;
  const end = performance.now() + patience;
  while (!('scripted' in dataset) && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
  return [lang, 'scripted' in dataset]; }"""


@dataclass(slots=True)
class Windows:
    """A window for each reader and language that stays open from page to page, for whoever only looks.

    What a browser has fetched and compiled for one page it has for the next: that is half the work of a look.
    """

    visitors: Visitors
    _open: dict[tuple[str, str], Page] = field(default_factory=dict)

    @contextmanager
    def of(self, role: str, *, language: str) -> Iterator[Page]:
        """Somebody's window; whatever goes wrong in it, the next look does not find it."""
        page = self._open.pop((role, language), None)
        if page is None:
            page = self.visitors.arrive(role, language=language, viewport=checks.DESKTOP)
            page.context.add_init_script(checks.AXE)
        elif role:
            self.visitors.site.speaks(role, language=language)
        yield page
        self._open[role, language] = page

    def complaints(self) -> list[str]:
        """What pages have complained about since the last time."""
        heard = list(self.visitors.faults)
        self.visitors.faults.clear()
        return heard


def faults_of(windows: Windows, look: Look, *, language: str) -> dict[str, list[str]]:
    """What is wrong with a page, by check; empty when nothing is."""
    with windows.of(look.role, language=language) as page:
        open_in(page, look.address(windows.visitors.site), language=language)
        found = {
            "frame": checks.frame_lacks(page, language=language),
            "touch": checks.too_small_to_touch(page),
            "width": checks.scrolls_sideways(page),
        }
        if language == "sv":
            found["axe"] = checks.axe_says(page)
            found["axe in other colours"] = checks.axe_says_in_other_colours(page)
            found["tab"] = checks.tab_fails(page)
        else:
            # Other words: they may be wider, and each must be there. Colours and the way by Tab are the same.
            found["axe"] = checks.axe_says_of_words(page)
    found["complaints"] = windows.complaints()
    return {check: faults for check, faults in found.items() if faults}


def open_in(page: Page, address: str, *, language: str) -> None:
    """Open a page in a language. Whoever finds another one presses the page's button.

    In the help centre it belongs to the address.
    """
    address = re.sub(r"/help/(sv|en)/", f"/help/{language}/", address)
    if _spoken(page, address) == language:
        return
    with page.expect_navigation():
        page.locator(f"button[name=language][value={language}]").evaluate("button => button.click()")
    _spoken(page, address)


def _spoken(page: Page, address: str) -> str:
    """The language of the page, which has come to its end and whose script has run."""
    page.goto(address)
    language, has_run = page.evaluate(_LANGUAGE_IN_THE_END, PATIENCE_MS)
    assert has_run, f"no script has run on {address}"
    return str(language)
