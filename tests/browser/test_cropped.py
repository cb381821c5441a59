"""A picture of less than the whole window gets a friendly hint, in the portal and in the product, and is taken (A9)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import choose_kind, open_panel, product_page, write_question
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

_HINT = "Bilden ser beskuren ut. Det går bra att skicka den, men hela fönstret hjälper oss ofta mer."
#: Windows as people have them: width, height, and pixels of the screen for each.
_WINDOWS = [(1366, 768, 1), (1280, 720, 1.5), (1440, 900, 2)]


def _taken(page: Page, folder: Path) -> tuple[Path, Path]:
    """A picture of the whole page's area, and one of a part of it."""
    whole, part = folder / "fönster.png", folder / "del.png"
    page.screenshot(path=whole)
    page.screenshot(path=part, clip={"x": 40, "y": 40, "width": 500, "height": 300})
    return whole, part


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height", "ratio"), _WINDOWS)
def test_the_portal_hints_at_a_cropped_picture(
    visitors: Visitors, tmp_path: Path, width: int, height: int, ratio: float, scheme: str
) -> None:
    window = {"width": width, "height": height}
    page = visitors.arrive("contact", viewport=window, device_scale_factor=ratio, color_scheme=scheme)
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/ask/{world.drafts['details']}/details/"))
    page.wait_for_function("'scripted' in document.documentElement.dataset")
    page.locator("input[type=file]").set_input_files(_taken(page, tmp_path))
    rows = page.locator("[data-files] .file")
    expect(rows.filter(has_text="del.png")).to_contain_text(_HINT)
    expect(rows.filter(has_text="fönster.png").locator(".file__hint")).to_have_count(0)


def test_the_panel_hints_at_a_cropped_picture_and_takes_it(visitors: Visitors, tmp_path: Path) -> None:
    page = product_page(visitors, viewport={"width": 1280, "height": 800})
    panel = open_panel(page)
    write_question(panel)
    choose_kind(panel)
    whole, part = _taken(page, tmp_path)
    panel.locator("input[type=file]").set_input_files(whole)
    expect(panel.get_by_role("listitem").filter(has_text="fönster.png")).to_be_visible()
    expect(panel.get_by_text(_HINT)).to_have_count(0)
    panel.locator("input[type=file]").set_input_files(part)
    expect(panel.get_by_role("listitem").filter(has_text="del.png")).to_be_visible()
    expect(panel.get_by_text(_HINT)).to_be_visible()
