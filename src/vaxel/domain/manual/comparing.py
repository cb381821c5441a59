"""Two versions of a text side by side: which lines went and which came, and within a changed line which words."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Change = Literal["same", "gone", "new"]
_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of either version; its parts are (words, whether they are what changed in it)."""

    change: Change
    parts: tuple[tuple[str, bool], ...]


class Written(Protocol):
    """A version, or words that are none yet."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def markdown(self) -> str: ...


def compare(old: Written, new: Written) -> list[Line]:
    """Title, summary and Markdown of both, line by line."""
    return list(_lines(_whole(old), _whole(new)))


def _whole(version: Written) -> list[str]:
    return [version.title, version.summary, *version.markdown.split("\n")]


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for how, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if how == "equal":
            yield from (Line("same", ((line, False),)) for line in old[a:b])
        elif how == "replace" and b - a == d - c:
            pairs = [_within(before, after) for before, after in zip(old[a:b], new[c:d], strict=True)]
            yield from (Line("gone", gone) for gone, _ in pairs)
            yield from (Line("new", came) for _, came in pairs)
        else:
            yield from (Line("gone", ((line, True),)) for line in old[a:b])
            yield from (Line("new", ((line, True),)) for line in new[c:d])


def _within(old: str, new: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """The parts of a line that was changed in place."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    codes = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    gone = tuple(("".join(before[a:b]), how != "equal") for how, a, b, _c, _d in codes if b > a)
    came = tuple(("".join(after[c:d]), how != "equal") for how, _a, _b, c, d in codes if d > c)
    return gone, came
