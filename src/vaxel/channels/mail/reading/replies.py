"""What is new in a mail, and what is folded away: quotations, signatures, banners and disclaimers.

Each rule is a function that marks lines; nothing is deleted, for whatever is not shown is in the folded part. Linear in
the length of the text (trust 26): rules look at single lines, and at a bounded number of lines after one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vaxel.channels.mail.reading.closings import mark_banner, mark_closings
from vaxel.channels.mail.reading.introductions import (
    attribution_length,
    header_block_length,
    is_divider,
    is_rule,
    is_sure,
    is_told_before,
)
from vaxel.channels.mail.reading.limits import MOST_LINES
from vaxel.channels.mail.reading.markup_text import QUOTE_BEGINS, QUOTE_ENDS

#: An address that was broken before its bracket ends in ">:" on a line of its own.
_MARKED: Final = re.compile(r"^[ \t]{0,3}>(?!:\s*$)")
#: Programs break lines near here.
_BROKEN_AFTER: Final = 60
_BLANKS: Final = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class Reply:
    """The new text, and the folded one."""

    text: str
    quoted: str


def split_reply(text: str) -> Reply:
    """Tell new from old. A text that would be folded wholly is shown wholly: somebody meant it to be read."""
    *lines, rest = text.split("\n", MOST_LINES)
    if len(lines) < MOST_LINES:
        lines, rest = [*lines, rest], ""
    old = [False] * len(lines)
    for rule in _RULES:
        rule(lines, old)
    lines, old = [*lines, rest], [*old, old[-1]]
    if not any(_is_shown(line) and not folded for line, folded in zip(lines, old, strict=True)):
        return Reply(_joined(lines, old, folded=True), "")
    return Reply(_joined(lines, old, folded=False), _joined(lines, old, folded=True))


def mark_structure(lines: list[str], old: list[bool]) -> None:
    """What HTML says is a quotation."""
    depth = 0
    for place, line in enumerate(lines):
        depth += line == QUOTE_BEGINS
        old[place] = old[place] or depth > 0
        depth -= line == QUOTE_ENDS and depth > 0


def mark_quoted_lines(lines: list[str], old: list[bool]) -> None:
    """Lines with the mark of quotation, and ends of long ones that a program broke off."""
    for place, line in enumerate(lines):
        if _MARKED.match(line) or (0 < place < len(lines) - 1 and _is_broken_off(lines, place)):
            old[place] = True


def _is_broken_off(lines: list[str], place: int) -> bool:
    """Between two marked lines, after a long one, in the middle of a sentence: nobody answers like that."""
    before, line, after = lines[place - 1 : place + 2]
    is_between = _MARKED.match(before) is not None and _MARKED.match(after) is not None
    return is_between and len(before) >= _BROKEN_AFTER and line[:1].islower()


def mark_attributions(lines: list[str], old: list[bool]) -> None:
    """Who wrote when belongs to the quotation, which is everything that follows where it has no marks."""
    place = 0
    last_marked = max((at for at, line in enumerate(lines) if _MARKED.match(line)), default=-1)
    while place < len(lines):
        length = attribution_length(lines, place) or int(is_told_before(lines, place))
        # Looked for only under an attribution: a mail may hold nothing but empty lines.
        after = _next_shown(lines, place + length) if length else place
        is_bare = after < len(lines) and not old[after]
        if not length or (is_bare and last_marked < place and not is_sure(lines[place : place + length])):
            place += 1
            continue
        _fold(old, place, place + length)
        if is_bare and last_marked < place:
            _fold(old, place, len(lines))
            return
        place += length


def mark_rules(lines: list[str], old: list[bool]) -> None:
    """A line that is drawn right above a quotation belongs to it."""
    for place in range(len(lines) - 2, -1, -1):
        if is_rule(lines[place]) and not old[place]:
            after = place + 1
            while after < min(place + 4, len(lines)) and not _is_shown(lines[after]):
                after += 1
            old[place] = after < len(lines) and old[after]


def mark_dividers(lines: list[str], old: list[bool]) -> None:
    """From "-----Original Message-----" on everything is old."""
    for place, line in enumerate(lines):
        if is_divider(line) and _has_new_before(lines, old, place):
            _fold(old, place, len(lines))
            return


def mark_header_blocks(lines: list[str], old: list[bool]) -> None:
    """From a block of quoted headers on everything is old, unless the mail begins with it."""
    for place in range(len(lines)):
        if old[place] or not header_block_length(lines, place) or not _has_new_before(lines, old, place):
            continue
        while place and (not lines[place - 1].strip() or is_rule(lines[place - 1])):
            place -= 1  # noqa: PLW2901  # the line above the block belongs to it
        _fold(old, place, len(lines))
        return


_Rule = Callable[[list[str], list[bool]], None]
#: In this order: what is sure first, then what is read from words.
_RULES: Final[tuple[_Rule, ...]] = (
    mark_structure,
    mark_quoted_lines,
    mark_dividers,
    mark_header_blocks,
    mark_attributions,
    mark_rules,
    mark_banner,
    mark_closings,
)


def _has_new_before(lines: list[str], old: list[bool], place: int) -> bool:
    return any(_is_shown(lines[before]) and not old[before] and not is_rule(lines[before]) for before in range(place))


def _next_shown(lines: list[str], place: int) -> int:
    while place < len(lines) and not _is_shown(lines[place]):
        place += 1
    return place


def _is_shown(line: str) -> bool:
    return bool(line.strip(f" \t\u00a0\ufeff{QUOTE_BEGINS}{QUOTE_ENDS}"))


def _fold(old: list[bool], start: int, end: int) -> None:
    old[start:end] = [True] * (min(end, len(old)) - start)


def _joined(lines: list[str], old: list[bool], *, folded: bool) -> str:
    kept = [
        line
        for line, is_old in zip(lines, old, strict=True)
        if (is_old or not folded) and (folded or not is_old) and line not in {QUOTE_BEGINS, QUOTE_ENDS}
    ]
    return _BLANKS.sub("\n\n\n", "\n".join(line.rstrip() for line in kept)).strip("\n")
