"""What only a browser can tell of the design system: accessibility, reflow, the content policy, the keyboard."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import checks

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

_PHONE: ViewportSize = {"width": 390, "height": 844}
_DESKTOP: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complains about: policy violations, script errors. Asserted empty by the tests."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


def test_every_component_is_for_everybody(page: Page, preview_url: str, faults: list[str]) -> None:
    """Each as pages use them; pages themselves are looked at as they are (tests/browser/test_…_pages.py)."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{preview_url}/components-light.html")
    page.wait_for_function("'scripted' in document.documentElement.dataset")
    page.wait_for_load_state("networkidle")
    found = {
        "tab": [stop for stop in _tab_through(page) if not (stop["inView"] and stop["outlined"])],
        "axe": checks.axe_says(page),
        "width": _scrolls_sideways(page),
        "touch": checks.too_small_to_touch(page),
        "spacing": _scrolls_with_spacing(page),
    }
    page.set_viewport_size(_DESKTOP)
    page.goto(f"{preview_url}/components-dark.html")
    found["axe in the dark"] = checks.axe_says(page)
    assert {check: told for check, told in found.items() if told} == {}
    assert faults == []


def _scrolls_sideways(page: Page) -> list[int]:
    """The widths at which it does."""
    found = []
    for width in (320, 390, 768, 1024, 1440, 3840):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") != width:
            found.append(width)
    page.set_viewport_size(_PHONE)
    return found


def _scrolls_with_spacing(page: Page) -> list[int]:
    """WCAG 1.4.12: the four spacings of the reader's own at once, at phone width."""
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }' +
          'p { margin-block-end: 2em !important }'); document.adoptedStyleSheets = [sheet]; }"""
    )
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return [] if width == _PHONE["width"] else [width]


def _tab_through(page: Page) -> list[dict[str, object]]:
    """Every stop of Tab until it comes back to the start: is it in view, is it marked?"""
    seen: list[dict[str, object]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body) return null;
              const box = e.getBoundingClientRect();
              const marked = (el, pseudo) => getComputedStyle(el, pseudo).outlineStyle !== 'none'
                || getComputedStyle(el, pseudo).borderColor === getComputedStyle(el, pseudo).outlineColor;
              return {
                html: e.outerHTML.slice(0, 120),
                inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                outlined: marked(e) || marked(e, '::after') || !!e.closest('.choice, .composer'),
              };
            }"""
        )
        if stop is None or (seen and stop == seen[0]):
            break
        seen.append(stop)
    return seen


def test_error_summary_has_focus_and_its_links_land_in_the_field(page: Page, preview_url: str) -> None:
    page.goto(f"{preview_url}/ask-light.html")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Ange version med tre tal, till exempel 8.9.0").click()
    expect(page.get_by_label("Version")).to_be_focused()


def test_dialog_takes_focus_and_gives_it_back(page: Page, preview_url: str) -> None:
    page.goto(f"{preview_url}/components-light.html")
    opener = page.get_by_role("button", name="Öppna dialog")
    opener.click()
    dialog = page.get_by_role("dialog", name="Stäng ärendet?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_menu_opens_at_its_first_way_and_closes_with_escape(page: Page, preview_url: str) -> None:
    page.goto(f"{preview_url}/workspace-inbox-light.html")
    page.get_by_role("button", name="Filter").click()
    first = page.get_by_role("link", name="Bara olästa")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Granåsa kommun", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(page.get_by_role("button", name="Filter")).to_be_focused()


def test_editor_lets_tab_leave_and_sends_text_and_html(page: Page, preview_url: str) -> None:
    page.goto(f"{preview_url}/workspace-ticket-light.html")
    # The editor comes a moment after the page and takes the place of the plain field.
    writing = page.locator(".editor").get_by_role("textbox", name="Ditt svar")
    writing.click()
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="Fet").click()
    assert page.locator("[name=body_html]").input_value() == "<p><strong>Hej Åsa!</strong></p>"
    assert page.locator("textarea[name=body]").input_value() == "Hej Åsa!"
    writing.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skicka och nästa")).to_be_focused()


def test_question_mark_opens_the_sheet_of_shortcuts(page: Page, preview_url: str) -> None:
    page.goto(f"{preview_url}/workspace-inbox-light.html")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Oväntat fel när jag sparar målet för 2027")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Kortkommandon")).to_be_visible()


def test_portal_menu_folds_on_a_phone_and_works_without_script(page: Page, preview_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{preview_url}/home-light.html")
    manual = page.get_by_role("link", name="Manual", exact=True)
    expect(manual).to_be_hidden()
    page.get_by_role("button", name="Meny").click()
    expect(manual).to_be_visible()
