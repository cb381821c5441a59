"""The main pages with text twice as large (WCAG 1.4.4), and in the reader's own few colours (high contrast).

That pages fit 320 px is looked at with every page (`checks.scrolls_sideways`); both at once nobody demands.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import open_in
from tests.browser.pages import AGENT, CONTACT, NOBODY, Look
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
MAIN = (
    Look("/{desk}/", CONTACT, "home"),
    Look("/{desk}/ask/{words_draft}/words/", CONTACT, "words"),
    Look("/{desk}/ask/{details_draft}/details/", CONTACT, "details"),
    Look("/{desk}/ask/{review_draft}/review/", CONTACT, "review"),
    Look("/{desk}/tickets/{fresh_ticket}/", CONTACT, "ticket"),
    Look("/{desk}/workspace/tickets/?view=open", AGENT, "inbox"),
    Look("/{desk}/workspace/tickets/{fresh_ticket}/", AGENT, "ticket of an agent"),
    Look("/{desk}/workspace/go/", AGENT, "palette"),
    Look("/signin/", NOBODY, "sign-in"),
)
TEXT_TWICE_AS_LARGE = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(':root { font-size: 200% }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
#: Parts that stick out of a page that is wider than its window; tables scroll within a frame of their own.
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map((e) => e.outerHTML.slice(0, 120))"""
#: Controls that are told by their words' colour alone, which forced colours take away: neither they nor the box that
#: they fill has an edge, they are not underlined, and the browser does not draw them.
WITHOUT_EDGE = """() => [...document.querySelectorAll('button, input:not([type=hidden]), textarea, select, .button')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((e) => e.getBoundingClientRect().width > 2)
  .filter((e) => {
    const edges = [[e, null], [e, '::file-selector-button'], [e.closest('label'), null]];
    const edged = edges.some(([part, pseudo]) => {
      const style = part && getComputedStyle(part, pseudo);
      const width = style && Math.max(...['Top', 'Right', 'Bottom', 'Left'].map((side) =>
        style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`])));
      return style && (width >= 1 || style.outlineStyle !== 'none');
    });
    const own = getComputedStyle(e);
    return !edged && own.textDecorationLine !== 'underline' && ['none', 'button'].includes(own.appearance);
  })
  .map((e) => e.outerHTML.slice(0, 120))"""
FOCUS_MARK = """() => { const e = document.activeElement;
  const shown = [e, e.closest('.choice, .composer__mode, .editor, .search')];
  return shown.some((el) => el && [undefined, '::after'].some((part) => {
    const style = getComputedStyle(el, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; })); }"""


@pytest.mark.parametrize("look", MAIN, ids=lambda look: look.title)
def test_text_twice_as_large_scrolls_one_way_only(visitors: Visitors, look: Look) -> None:
    page = visitors.arrive(look.role, viewport={"width": 640, "height": 640})
    open_in(page, look.address(visitors.site), language="sv")
    page.evaluate(TEXT_TWICE_AS_LARGE)

    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("look", MAIN, ids=lambda look: look.title)
def test_controls_and_focus_are_seen_in_forced_colours(visitors: Visitors, look: Look) -> None:
    page = visitors.arrive(look.role, forced_colors="active", viewport={"width": 1280, "height": 800})
    open_in(page, look.address(visitors.site), language="sv")

    assert (page.evaluate(WITHOUT_EDGE), _stops_without_mark(page)) == ([], [])


def _stops_without_mark(page: Page) -> list[str]:
    """The first stops of Tab that show no focus."""
    found = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUS_MARK):
            found.append(page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
    return found
