"""What must hold on every page, looked at in one load of it. Each check says what is wrong; nothing is good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

#: Everything of WCAG 2.2 A and AA that axe can tell, and its own advice.
_AXE: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_COLOURS: Final = ["color-contrast", "link-in-text-block"]
#: In the dark only colours can be otherwise than in the light, and the other way round: the page is the same.
_AXE_COLOURS: Final = {"runOnly": {"type": "rule", "values": _COLOURS}}
#: In another language the page is the same but for its words: whether each thing has a name, and in which language.
_AXE_WORDS: Final = {"runOnly": ["cat.name-role-value", "cat.text-alternatives", "cat.language", "cat.forms"]}
#: Of what is well axe tells nothing: it would be most of the work. Nor does it write down the HTML of all that it has
#: looked at (`noHtml` below), which was half of what is left.
_VIOLATIONS = """async (options) => {
  const { violations } = await axe.run({ ...options, resultTypes: ['violations'] });
  const html = (target) => document.querySelector([target].flat(2)[0])?.outerHTML.slice(0, 160) ?? `${target}`;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${html(target)}`)); }"""
#: Reading a colour as CSS writes it is a third of a look at contrast, and a page has few colours.
_READS_A_COLOUR_ONCE: Final = """() => {
  const known = new Map();
  const { prototype } = axe.commons.color.Color;
  const read = prototype.parseString;
  prototype.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    read.call(this, text);
    const { r, g, b, alpha } = this;
    known.set(text, { r, g, b, alpha });
    return this;
  }; }"""
#: In whose window it stands before a page comes: sent and compiled for each page anew it was a tenth of a look.
AXE: Final = f"if (self === top) {{ {AXE_SCRIPT}\n;axe.configure({{ noHtml: true }}); ({_READS_A_COLOUR_ONCE})(); }}"
#: 320 is 1280 at 400 %; 720 is 1440 at 200 % (WCAG 1.4.4, 1.4.10).
_NARROW, _ZOOMED = 320, 720
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
#: No page of ours has more stops.
_MOST_STOPS = 250
_SPACING = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }' +
  'p { margin-block-end: 2em !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
_TOO_SMALL_TO_TOUCH: Final = """() => document.querySelector('[data-density=dense]') ? [] :
  [...document.querySelectorAll('.button:not(.button--small), .input, .select, .textarea, .choice, .masthead a')]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
    .map((e) => e.outerHTML.slice(0, 120))"""
#: What sticks out of a page that scrolls sideways.
_TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1)
    .slice(-3).map((e) => e.outerHTML.slice(0, 120))"""
_IS_DARK: Final = "() => matchMedia('(prefers-color-scheme: dark)').matches"
#: What moves by scrolling, and not by time, never ends.
_COLOURS_HAVE_SETTLED = """() => new Promise(requestAnimationFrame)
  .then(() => Promise.all(
    document.getAnimations().filter((each) => each.timeline === document.timeline).map((each) => each.finished)))"""
#: Tab is pressed so often before the page is asked where that led: asked after each press, it was half of the time.
_AT_A_TIME: Final = 10
#: Writes down each stop when Tab is pressed again, before that moves on; `walked` tells the stops so far, and how the
#: way ended. Within a frame nobody listens: it is passed over. A field for a date stops at day, month and year.
_WRITE_DOWN_THE_WAY: Final = """() => {
  const stops = [], seen = new Set();
  let end = null, last = null;
  const isOut = (e) => (!e || e === document.body) && stops.length > 0;
  window.walked = () => [stops, end ?? (isOut(document.activeElement) ? 'out' : null)];
  addEventListener('keydown', ({ key }) => {
    const e = document.activeElement;
    if (key !== 'Tab' || end !== null || (e && e === last)) return;
    last = e;
    if (isOut(e)) end = 'out';
    else if (seen.has(e)) end = e === [...seen][0] ? 'out' : `back at ${e.outerHTML.slice(0, 120)}`;
    else if (e && e !== document.body) { seen.add(e); stops.push(stop(e)); }
  }, { capture: true });
  const stop = (e) => {
    const shown = e.closest('.choice, .composer__mode, .editor') ?? e;
    const box = shown.getBoundingClientRect();
    const middle = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height, 40) / 2];
    const on = document.elementFromPoint(...middle);
    const marked = [e, shown].some((el) => [undefined, '::after'].some((part) => {
      const style = getComputedStyle(el, part);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    })) || !!e.closest('.composer') || e.localName === 'iframe';  // Within a frame focus is the frame's own.
    return {
      html: e.outerHTML.slice(0, 120),
      inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      covered: !!on && !shown.contains(on) && !on.contains(shown) && on.closest('label')?.control !== e,
      marked,
    };
  }; }"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where Tab has come to."""

    html: str
    inView: bool  # noqa: N815  # as the script names it
    covered: bool
    marked: bool


def axe_says(page: Page) -> list[str]:
    """Violations of WCAG 2.2 AA and of axe's best practice."""
    return _violations(page, _AXE)


def axe_says_of_words(page: Page) -> list[str]:
    """What words decide, of a page that all else has been looked at in another language."""
    return _violations(page, _AXE_WORDS)


def axe_says_in_other_colours(page: Page) -> list[str]:
    """The same page with the device's dark colours, or with its light ones if it had the dark ones; it keeps them.

    Each way back would draw the whole page once more.
    """
    scheme: Literal["light", "dark"] = "light" if page.evaluate(_IS_DARK) else "dark"
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_COLOURS_HAVE_SETTLED)
    return [f"{scheme}: {each}" for each in _violations(page, _AXE_COLOURS)]


def _violations(page: Page, options: Mapping[str, object]) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(_VIOLATIONS, options)
    return found


def frame_lacks(page: Page, *, language: str) -> list[str]:
    """The page's language, its title and its one main heading."""
    seen = page.evaluate(
        "() => [document.documentElement.lang, !!document.title, document.querySelectorAll('h1').length]"
    )
    return [] if seen == [language, True, 1] else [f"language, title, main headings: {seen}"]


def scrolls_sideways(page: Page) -> list[str]:
    """At 320 px and at 200 %; then with the reader's own spacing (WCAG 1.4.12) at 320 px."""
    found = []
    for width in (_ZOOMED, _NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {each}" for each in page.evaluate(_TOO_WIDE, width)]
    page.evaluate(_SPACING)
    found += [f"with spacing: {each}" for each in page.evaluate(_TOO_WIDE, _NARROW)]
    page.evaluate("() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) }")
    page.set_viewport_size(DESKTOP)
    return found


def too_small_to_touch(page: Page) -> list[str]:
    """Controls lower than 44 px, where nobody has chosen a dense page; small buttons and links in text are let off.

    WCAG 2.5.8 asks for 24.
    """
    small: list[str] = page.evaluate(_TOO_SMALL_TO_TOUCH)
    return small


def tab_fails(page: Page) -> list[str]:
    """Tab comes through the whole page and out of it; every stop is in view, marked, and not covered."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    page.evaluate(_WRITE_DOWN_THE_WAY)
    stops, end = _walk(page)
    found = [] if end == "out" else [f"Tab does not come to an end: {end}"]
    found += [f"out of view: {stop.html}" for stop in stops if not stop.inView]
    found += [f"covered: {stop.html}" for stop in stops if stop.covered]
    return found + [f"not marked: {stop.html}" for stop in stops if not stop.marked]


def _walk(page: Page) -> tuple[list[Stop], str | None]:
    """The stops of Tab in their order, and how the way ended; None where it did not."""
    stops: list[Mapping[str, Any]] = []
    end: str | None = None
    for pressed in range(1, _MOST_STOPS + 1):
        # Held down, it comes again and again.
        page.keyboard.down("Tab")
        if pressed % _AT_A_TIME == 0:
            stops, end = page.evaluate("() => walked()")
            if end is not None:
                break
    page.keyboard.up("Tab")
    return [Stop(**stop) for stop in stops], end
