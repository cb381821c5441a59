"""Message-IDs, without their angle brackets, in the mail's order."""

import re
from typing import Final

_BRACKETED: Final = re.compile(r"<\s*([^<>]{1,2000}?)\s*>")
_SPACES: Final = re.compile(r"\s+")
_LONGEST: Final = 998
_MOST: Final = 500


def identifiers(value: str) -> tuple[str, ...]:
    """Every id; where none has brackets, every word with an @."""
    found = [_SPACES.sub("", match[1]) for match in _BRACKETED.finditer(value)]
    if not found:
        found = [word for word in value.replace(",", " ").split() if "@" in word]
    return tuple(one[:_LONGEST] for one in found[:_MOST] if one.isprintable())
