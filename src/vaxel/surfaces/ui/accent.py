"""A desk's accent colour, made readable whatever the desk has chosen (WCAG 2.2, 1.4.3 and 1.4.11).

The sums are few enough to do by hand: a colour library costs each server process a dozen megabytes. The tests hold
them against one.
"""

from functools import cache
from typing import Final

Colour = tuple[float, float, float]
"""Red, green and blue as light, each from 0 to 1: what the formulas of contrast count with."""

#: Of the grounds in frontend/styles/tokens.css those that the accent stands out from least: --sunken by day, --raised
#: by night.
_DAY: Final = "#f2f0ec"
_NIGHT: Final = "#1e2427"
_TEXT: Final = 4.5
_SMALL_TEXT: Final = 7.0
_BLACK: Final = (0.0, 0.0, 0.0)
_WHITE: Final = (1.0, 1.0, 1.0)
_INK: Final = "#0b1216"
#: The colour is mixed with black or white in steps of this size until the contrast is enough.
_STEP: Final = 0.01


@cache
def accent_stylesheet(accent: str) -> str:
    """The desk's stylesheet: three pairs of colours, light first, that reach 4.5:1 and 7:1.

    `accent` is "#rrggbb". It is only darkened by day and lightened by night, and only as far as it must be.
    """
    light, light_strong = (_readable(accent, ground=_DAY, end=_BLACK, wanted=wanted) for wanted in (_TEXT, _SMALL_TEXT))
    dark, dark_strong = (_readable(accent, ground=_NIGHT, end=_WHITE, wanted=wanted) for wanted in (_TEXT, _SMALL_TEXT))
    pairs = {
        "--accent": (light, dark),
        "--accent-contrast": (_upon(light), _upon(dark)),
        "--accent-strong": (light_strong, dark_strong),
    }
    lines = (f"  {name}: light-dark({day}, {night});" for name, (day, night) in pairs.items())
    return "\n".join([":root {", *lines, "}", ""])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(_light(one)), _luminance(_light(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(accent: str, *, ground: str, end: Colour, wanted: float) -> str:
    """The accent mixed with as much black or white as its ground asks for. Both ends reach every contrast."""
    colour, share = _light(accent), 0.0
    while contrast(mixed := _written(_mixed(colour, end, share)), ground) < wanted:
        share = min(share + _STEP, 1.0)
    return mixed


def _upon(accent: str) -> str:
    """Text on the accent: white or nearly black, whichever reads better."""
    return max(("#ffffff", _INK), key=lambda text: contrast(text, accent))


def _mixed(colour: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (part + (last - part) * share for part, last in zip(colour, end, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _light(written: str) -> Colour:
    """From "#rrggbb" to light (IEC 61966-2-1)."""
    red, green, blue = (int(written[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # the standard's own


def _written(colour: Colour) -> str:
    """From light to "#rrggbb"."""
    return "#" + "".join(f"{round(_encoded(part) * 255):02x}" for part in colour)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004  # the standard's
