"""Any accent that a desk chooses stays readable."""

import re
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from vaxel.surfaces.ui import accent as module
from vaxel.surfaces.ui.accent import accent_stylesheet, contrast

PAIR = re.compile(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = Path(__file__).parents[3] / "frontend" / "styles" / "tokens.css"
GROUND = re.compile(r"--(ground|surface|raised|sunken): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)")

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(colours)
def test_accent_is_readable_in_light_and_dark(accent: str) -> None:
    pairs = {name: (light, dark) for name, light, dark in PAIR.findall(accent_stylesheet(accent))}

    light, dark = pairs["--accent"]
    assert min(contrast(light, module._DAY), contrast(dark, module._NIGHT)) >= 4.5
    assert min(contrast(*pair) for pair in zip((light, dark), pairs["--accent-contrast"], strict=True)) >= 4.5
    strong_light, strong_dark = pairs["--accent-strong"]
    assert min(contrast(strong_light, module._DAY), contrast(strong_dark, module._NIGHT)) >= 7


@settings(max_examples=50, deadline=None, derandomize=True)
@given(colours, colours)
def test_contrast_is_what_a_colour_library_says(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(Color(one).contrast(Color(other)), abs=0.01)


def test_the_grounds_are_those_of_the_tokens() -> None:
    found = GROUND.findall(TOKENS.read_text())
    light = [Color(light.replace("deg", "")) for _, light, _ in found]
    dark = [Color(dark.replace("deg", "")) for _, _, dark in found]

    assert len(found) == 4
    assert min(light, key=Color.luminance).convert("srgb").to_string(hex=True) == module._DAY
    assert max(dark, key=Color.luminance).convert("srgb").to_string(hex=True) == module._NIGHT


@pytest.mark.parametrize("accent", ["#1f5fae", "#005e68"])
def test_an_accent_that_reads_well_in_light_is_kept(accent: str) -> None:
    assert f"--accent: light-dark({accent}" in accent_stylesheet(accent)
