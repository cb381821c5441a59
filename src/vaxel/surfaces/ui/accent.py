"""A desk's accent colour, made readable whatever the desk has chosen (WCAG 2.2, 1.4.3 and 1.4.11)."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from coloraide import Color

#: The grounds that the accent stands on, as in frontend/styles/tokens.css: surface, ground, sunken.
_LIGHT: Final = ("oklch(100% 0 0)", "oklch(97.4% 0.005 95)", "oklch(95.6% 0.006 95)")
_DARK: Final = ("oklch(25.5% 0.01 230)", "oklch(21.5% 0.009 230)", "oklch(17.5% 0.008 230)")
_TEXT: Final = 4.5
_SMALL_TEXT: Final = 7.0
#: The lightness is moved in steps of this size until the contrast is enough.
_STEP: Final = 0.01
#: Grounds that are lighter than this want a darker accent. Black and white reach every contrast, so the moving ends.
_MIDDLE: Final = 0.5


@cache
def accent_stylesheet(accent: str) -> str:
    """The desk's stylesheet: three pairs of colours, light first, that reach 4.5:1 and 7:1.

    `accent` is "#rrggbb". The hue is kept; only the lightness moves, and only as far as it must.
    """
    light, light_strong = _readable(accent, _LIGHT, _TEXT), _readable(accent, _LIGHT, _SMALL_TEXT)
    dark, dark_strong = _readable(accent, _DARK, _TEXT), _readable(accent, _DARK, _SMALL_TEXT)
    pairs = {
        "--accent": (light, dark),
        "--accent-contrast": (_upon(light), _upon(dark)),
        "--accent-strong": (light_strong, dark_strong),
    }
    lines = (f"  {name}: light-dark({_hex(day)}, {_hex(night)});" for name, (day, night) in pairs.items())
    return "\n".join([":root {", *lines, "}", ""])


def _readable(accent: str, grounds: Iterable[str], contrast: float) -> Color:
    """The accent, as much darker or lighter as the ground that it stands out from least asks for."""
    colour = Color(accent).convert("oklch")
    backs = [Color(ground) for ground in grounds]
    light = backs[0].luminance() > _MIDDLE
    nearest = min(backs, key=Color.luminance) if light else max(backs, key=Color.luminance)
    while _rounded(colour).contrast(nearest) < contrast:
        colour["lightness"] += -_STEP if light else _STEP
    return _rounded(colour)


def _upon(accent: Color) -> Color:
    """Text on the accent: white or nearly black, whichever reads better."""
    return max((Color("white"), Color("#0b1216")), key=accent.contrast)


def _rounded(colour: Color) -> Color:
    return Color(_hex(colour))


def _hex(colour: Color) -> str:
    return colour.convert("srgb").fit().to_string(hex=True)
