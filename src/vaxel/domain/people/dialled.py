"""A telephone number as somebody types it, for finding whose it is."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\+?[\d\s()/.-]+")
#: Fewer digits are a house number or a year.
_FEWEST: Final = 5


def dialled(words: str) -> str:
    """The digits by which every way of writing the number ends: without country code and leading nought.

    Empty for words that are no number.
    """
    if _NUMBER.fullmatch(words.strip()) is None:
        return ""
    digits = re.sub(r"\D", "", words)
    if words.strip().startswith(("+", "00")):
        digits = re.sub(r"^(00)?46", "", digits)
    digits = digits.lstrip("0")
    return digits if len(digits) >= _FEWEST else ""
