"""The patterns that a policy's fields have: regular expressions of RE2, whose time grows with the length of the answer.

Whoever writes a policy may not hold the process that serves everybody, and neither may an asker who finds out what its
pattern is slow at. So there is nothing here that backtracks: no look-around, no back-references.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, Protocol

import re2

from vaxel.rules.sentences import Sentence, SentenceError, say

#: Characters.
LONGEST_PATTERN: Final = 400
#: Characters that an answer with a pattern may have: it is a number or a name, no story.
LONGEST_ANSWER: Final = 2_000
_MOST_BYTES: Final = 256 * 1024
_MOST_FOUND: Final = 20
_NO_WORD: Final = r"[^\pL\pN_]"
_NO_NUMBER_BEFORE: Final = r"[^\pL\pN_.]"
#: What RE2 says, as the beginning of its message, and the code of our words for it.
_FAULTS: Final = (
    ("missing ", "pattern.half"),
    ("unexpected ", "pattern.half"),
    ("invalid perl operator", "pattern.unknown"),
    ("invalid escape sequence", "pattern.unknown"),
    ("invalid character class range", "pattern.range"),
    ("no argument for repetition operator", "pattern.repetition"),
    ("bad repetition operator", "pattern.repetition"),
    ("invalid repetition size", "pattern.repetition"),
    ("trailing \\", "pattern.backslash"),
    ("pattern too large", "pattern.large"),
    ("bad repetition", "pattern.repetition"),
)


class _Match(Protocol):
    def group(self, number: int) -> str: ...
    def start(self) -> int: ...
    def end(self, number: int) -> int: ...


class _Pattern(Protocol):
    """What is used of RE2, which comes without types."""

    def fullmatch(self, text: str) -> _Match | None: ...
    def search(self, text: str, position: int) -> _Match | None: ...


def require_pattern(pattern: str) -> None:
    """Raises SentenceError, with a part of a sentence that tells why the pattern cannot be used."""
    if len(pattern) > LONGEST_PATTERN:
        raise SentenceError(say("pattern.long", most=LONGEST_PATTERN))
    try:
        _compiled(pattern)
        # Found in a text it stands between others, and takes a little more room.
        _compiled(_within_text(pattern))
    except re2.error as error:
        raise SentenceError(_why(error)) from None


def fits(pattern: str, answer: str) -> bool:
    """Whether the whole answer has the pattern's form."""
    if len(answer) > LONGEST_ANSWER or not _is_text(answer):
        return False
    return _compiled(pattern).fullmatch(answer) is not None


def found_in(text: str, pattern: str) -> Iterator[str]:
    """What has the pattern's form and stands alone in the text: no letter or digit beside it. At most twenty."""
    return islice(_found(f" {text} ", pattern), _MOST_FOUND) if _is_text(text) else iter(())


def _found(text: str, pattern: str) -> Iterator[str]:
    whole, at = _compiled(_within_text(pattern)), 0
    while found := whole.search(text, at):
        yield found.group(1)
        # What ends one may begin the next.
        at = max(found.end(1), found.start() + 1)


def _within_text(pattern: str) -> str:
    return f"{_NO_NUMBER_BEFORE}({pattern}){_NO_WORD}"


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> _Pattern:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_BYTES
    compiled: _Pattern = re2.compile(pattern, options)
    return compiled


def _is_text(text: str) -> bool:
    """Half a character, as JSON can send it, is none that RE2 could read."""
    return not re.search("[\ud800-\udfff]", text)


def _why(error: Exception) -> Sentence:
    raw = error.args[0] if error.args else b""
    told = raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)
    code = next((code for begins, code in _FAULTS if told.startswith(begins)), "pattern.other")
    found = told.rpartition(": ")[2][:40] if ": " in told else told
    return say(code, found=found)
