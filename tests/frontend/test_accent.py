"""Any accent that a desk may choose stays readable in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaxel.surfaces.ui.accent import accent_stylesheet, contrast, dark_shades, light_shades

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
#: Grounds of `tokens.css` as a screen shows them, without and with the accent's tint.
LIGHT_GROUNDS = ("#ffffff", "#f7f6f3", "#f1f0ec", "#ecf1f2")
DARK_GROUNDS = ("#0d1113", "#151a1d", "#1e2427", "#223134")


@given(COLOURS)
def test_accent_reads_as_text_and_carries_text(colour: str) -> None:
    for shades, grounds in ((light_shades(colour), LIGHT_GROUNDS), (dark_shades(colour), DARK_GROUNDS)):
        assert [ground for ground in grounds if contrast(shades.accent, ground) < 4.5] == []
        assert [ground for ground in grounds if contrast(shades.strong, ground) < 7] == []
        assert contrast(shades.contrast, shades.accent) >= 4.5
        assert contrast(shades.contrast, shades.strong) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#abcdef", "#abcdef", 1.0)],
)
def test_contrast_is_wcags(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


def test_a_colour_that_reads_already_is_kept() -> None:
    assert light_shades("#1d4f86").accent == "#1d4f86"


def test_stylesheet_sets_the_three_pairs() -> None:
    assert accent_stylesheet("#1d4f86") == (
        ":root {\n"
        "  --accent: light-dark(#1d4f86, #72a6e3);\n"
        "  --accent-contrast: light-dark(#ffffff, #081b31);\n"
        "  --accent-strong: light-dark(#1a4c83, #a3ccfd);\n"
        "}\n"
    )


@pytest.mark.parametrize("text", ["", "blue", "#12345", "#12345g", "1d4f86", "#1d4f8600"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # two ways to be wrong, one answer
        accent_stylesheet(text)
