"""Any accent that a desk chooses stays readable."""

import re

import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st

from vaxel.surfaces.ui.accent import accent_stylesheet

PAIR = re.compile(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
WHITE, DARK = Color("white"), Color("oklch(25.5% 0.01 230)")

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(colours)
def test_accent_is_readable_in_light_and_dark(accent: str) -> None:
    pairs = {name: (Color(light), Color(dark)) for name, light, dark in PAIR.findall(accent_stylesheet(accent))}

    light, dark = pairs["--accent"]
    assert min(light.contrast(WHITE), dark.contrast(DARK)) >= 4.5
    assert (
        min(ground.contrast(text) for ground, text in zip((light, dark), pairs["--accent-contrast"], strict=True))
        >= 4.5
    )
    assert min(pairs["--accent-strong"][0].contrast(WHITE), pairs["--accent-strong"][1].contrast(DARK)) >= 7


@pytest.mark.parametrize("accent", ["#1f5fae", "#005e68"])
def test_an_accent_that_reads_well_in_light_is_kept(accent: str) -> None:
    assert f"--accent: light-dark({accent}" in accent_stylesheet(accent)
