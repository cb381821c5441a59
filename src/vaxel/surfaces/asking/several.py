"""Whether a text looks like several questions, and where each begins (B12). Pure; a hint and never a demand.

One ticket holds one question. Three signs are read: a list of numbered questions, words that begin another matter
("dessutom", "en annan sak", "also"), and paragraphs that each ask something. Numbered steps of how a fault comes about
are no questions: a list counts when its items ask, when one of them begins another matter, or when the words before
it say that questions follow. The list may stand on one line, as it does in a field of one line.
"""

import re
from typing import Final

#: Cards in the asking flow: more at once nobody keeps apart.
MOST: Final = 3
#: Shorter pieces are greetings, thanks and signatures.
_SHORTEST: Final = 20

_ITEM: Final = re.compile(r"(?:^|(?<=[.!?:])[ \t])\s*(?:\d{1,2}[.)]|[a-c]\))\s+", re.MULTILINE)
_SAYS_QUESTIONS: Final = re.compile(r"\b(frågor|problem|saker|ärenden|questions|issues|things)\b", re.IGNORECASE)
#: They count where a sentence or a line begins.
_TURNS: Final = re.compile(
    r"(?:^|(?<=[.!?:])\s|\n)\s*(?=(?:dessutom|en annan sak|en annan fråga|en sak till|en fråga till|ett annat problem|"
    r"ytterligare en (?:sak|fråga)|för det andra|för det tredje|sedan undrar|sen undrar|vidare undrar|"
    r"also|another (?:thing|question|problem)|one more (?:thing|question)|secondly|thirdly|on another note)\b)",
    re.IGNORECASE,
)


def questions_in(words: str) -> tuple[str, ...]:
    """The pieces that each look like a question, at most three; empty when the text looks like one question."""
    for pieces in (_numbered(words), _turned(words), _paragraphs(words)):
        if len(pieces) > 1:
            return tuple((*pieces[: MOST - 1], "\n\n".join(pieces[MOST - 1 :])) if len(pieces) > MOST else pieces)
    return ()


def _numbered(words: str) -> list[str]:
    found = list(_ITEM.finditer(words))
    if len(found) < 2:  # noqa: PLR2004  # one numbered line is no list
        return []
    ends = [*(item.start() for item in found[1:]), len(words)]
    pieces = [words[item.end() : end].strip() for item, end in zip(found, ends, strict=True)]
    asks = (
        sum("?" in piece for piece in pieces) > 1
        or any(_TURNS.match(piece) for piece in pieces)
        or _SAYS_QUESTIONS.search(words[: found[0].start()]) is not None
    )
    return [piece for piece in pieces if len(piece) >= _SHORTEST] if asks else []


def _turned(words: str) -> list[str]:
    return _long_enough(_TURNS.split(words))


def _paragraphs(words: str) -> list[str]:
    asking = [piece.strip() for piece in re.split(r"\n\s*\n", words) if piece.rstrip().endswith("?")]
    return asking if len(_long_enough(asking)) == len(asking) else []


def _long_enough(pieces: list[str]) -> list[str]:
    """All of them, when at least two can stand alone; what is too short belongs to the one before it."""
    whole: list[str] = []
    for piece in (each.strip() for each in pieces):
        if whole and len(piece) < _SHORTEST:
            whole[-1] = f"{whole[-1]} {piece}".strip()
        elif piece:
            whole.append(piece)
    return whole
