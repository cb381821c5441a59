"""A telephone number as somebody types it, for finding whose it is."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\+?[\d\s()/.\u2010-\u2015-]+")
#: What links and signatures put before a number: "tel:+4670…", "Tfn. 070…".
_BEFORE: Final = re.compile(r"^\s*(tel|tfn|callto|telefon|phone|mobil)\s*[.:]*\s*", re.IGNORECASE)
#: Fewer digits are a house number or a year.
_FEWEST: Final = 5


def dialled(words: str) -> str:
    """The digits by which every way of writing the number ends: without country code and leading nought.

    Empty for words that are no number.
    """
    words = _BEFORE.sub("", words).strip()
    if _NUMBER.fullmatch(words) is None:
        return ""
    digits = re.sub(r"\D", "", words)
    if words.startswith(("+", "00")):
        digits = re.sub(r"^(00)?46", "", digits)
    digits = digits.lstrip("0")
    return digits if len(digits) >= _FEWEST else ""
