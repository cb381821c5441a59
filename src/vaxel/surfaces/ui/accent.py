"""A desk's accent colour, made readable: whatever colour is chosen, text on and in it keeps its contrast.

The hue and strength of the choice stay; its lightness moves, in the perceptual space OKLCH, no further than the
contrast needs. Contrast is WCAG's (2.2, 1.4.3): 1 to 21 between two colours. Light and dark are solved apart.
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from typing import Final

#: Beyond every ground of `tokens.css` that the accent meets as text, the tinted `--accent-soft` among them:
#: somewhat darker than the darkest light one, somewhat lighter than the lightest dark one.
_LIGHT_GROUND: Final = "#e9eaea"
_DARK_GROUND: Final = "#2b3a3d"
_WHITE: Final = "#ffffff"
#: What text needs, with a little to spare for rounding.
_TEXT: Final = 4.6
_STRONG_TEXT: Final = 7.1
#: Steps that a colour's lightness is moved by, of one.
_STEP: Final = 0.005
#: Where sRGB turns from a straight line into a curve, seen from either side (IEC 61966-2-1).
_KNEE_OF_CHANNEL: Final = 0.04045
_KNEE_OF_LIGHT: Final = 0.0031308
#: How far outside 0 to 1 a channel may be before it counts as beyond what a screen shows.
_SLACK: Final = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """The three colours of one theme, as `#rrggbb`."""

    accent: str
    contrast: str
    strong: str


def accent_stylesheet(colour: str) -> str:
    """The desk's stylesheet for a colour `#rrggbb`; served beside `app.css` it sets what `tokens.css` describes.

    ValueError when the text is not such a colour.
    """
    light, dark = light_shades(colour), dark_shades(colour)
    pairs = [
        ("--accent", light.accent, dark.accent),
        ("--accent-contrast", light.contrast, dark.contrast),
        ("--accent-strong", light.strong, dark.strong),
    ]
    lines = "\n".join(f"  {name}: light-dark({day}, {night});" for name, day, night in pairs)
    return f":root {{\n{lines}\n}}\n"


def light_shades(colour: str) -> Shades:
    """For light grounds: dark enough as text, with white text on it."""
    accent = _moved(colour, against=_LIGHT_GROUND, least=_TEXT, step=-_STEP)
    strong = _moved(accent, against=_LIGHT_GROUND, least=_STRONG_TEXT, step=-_STEP)
    return Shades(accent=accent, contrast=_WHITE, strong=strong)


def dark_shades(colour: str) -> Shades:
    """For dark grounds: light enough as text, with a near-black of the same hue on it."""
    accent = _moved(colour, against=_DARK_GROUND, least=_TEXT, step=_STEP)
    strong = _moved(accent, against=_DARK_GROUND, least=_STRONG_TEXT, step=_STEP)
    ink = _Oklch.of(colour)
    contrast = _Oklch(lightness=0.22, chroma=min(ink.chroma, 0.05), hue=ink.hue).as_hex()
    return Shades(accent=accent, contrast=contrast, strong=strong)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours `#rrggbb`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _moved(colour: str, *, against: str, least: float, step: float) -> str:
    moved = _Oklch.of(colour)
    while contrast(moved.as_hex(), against) < least:
        moved = _Oklch(lightness=moved.lightness + step, chroma=moved.chroma, hue=moved.hue)
    return moved.as_hex()


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    """The three channels as amounts of light, 0 to 1."""
    if len(colour) != 7 or colour[0] != "#":  # noqa: PLR2004  # a mark and three pairs of digits
        raise ValueError(f"{colour!r} is no colour: write it as #rrggbb, for example #1f5fae")
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _light(channel: float) -> float:
    return channel / 12.92 if channel <= _KNEE_OF_CHANNEL else ((channel + 0.055) / 1.055) ** 2.4


def _channel(light: float) -> float:
    return 12.92 * light if light <= _KNEE_OF_LIGHT else 1.055 * light ** (1 / 2.4) - 0.055


@dataclass(frozen=True, slots=True, kw_only=True)
class _Oklch:
    """A colour as people see it: lightness and chroma from 0, hue in radians (Ottosson, 2020)."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of(cls, colour: str) -> "_Oklch":
        red, green, blue = _linear(colour)
        long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
        middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
        short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
        a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
        lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
        return cls(lightness=lightness, chroma=hypot(a, b), hue=atan2(b, a))

    def as_hex(self) -> str:
        """The nearest colour that a screen can show: chroma gives way until all channels fit."""
        chroma = self.chroma
        while chroma > 0 and not all(-_SLACK <= light <= 1 + _SLACK for light in self._channels(chroma)):
            chroma -= 0.004
        amounts = (min(max(light, 0.0), 1.0) for light in self._channels(max(chroma, 0.0)))
        return "#" + "".join(f"{round(_channel(light) * 255):02x}" for light in amounts)

    def _channels(self, chroma: float) -> tuple[float, float, float]:
        a, b = chroma * cos(self.hue), chroma * sin(self.hue)
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )
