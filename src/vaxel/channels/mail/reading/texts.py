"""Plain texts as they are kept: without controls, without our own marks, bounded."""

import re
from typing import Final

from vaxel.channels.mail.reading.limits import LONGEST_TEXT


def words(listed: str) -> frozenset[str]:
    """A list of words, written as one text for the eye."""
    return frozenset(listed.split())


_CONTROLS: Final = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\x80-\x9f\ue000\ue001\ufeff]")
#: The first of many returns alone may look for the line end behind them: each of them would cost their square.
_LINE_ENDS: Final = re.compile("(?<!\r)\r+\n|\r|\u2028|\u2029|\x0c|\x0b")


def kept_text(text: str) -> str:
    """One line end, tabs, and letters; NUL is shown, for somebody put it there (trust 24)."""
    bounded = text[:LONGEST_TEXT]
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", bounded).replace("\0", "\u2400"))


def unflowed(text: str, *, delete_space: bool) -> str:
    """`format=flowed` (RFC 3676): lines that end in a space go on in the next one of the same quotation depth."""
    out: list[str] = []
    flowing = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        is_signature = said in {"-- ", "--"}
        flows = said.endswith(" ") and not is_signature
        if flowing != depth or is_signature:
            out.append("\n")
            out.append(">" * depth + " " if depth else "")
        out.append(said.removesuffix(" ") if flows and delete_space else said)
        flowing = depth if flows else -1
    return "".join(out[1:])
