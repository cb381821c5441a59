"""Where in a ticket's messages the words of a search stand.

PostgreSQL's own excerpts stem every word of every text anew, which takes longer than all the rest of a page of hits;
here a word is found by what its forms begin with.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.words import MOST_WORDS, root, tokens

#: Messages of a ticket that are looked through, the newest first, and characters of each.
_MESSAGES: Final = 12
_LONGEST: Final = 3_000
#: Characters before and after the first word that was found.
_BEFORE, _AFTER = 50, 130

#: Letters that a form has after what its forms have in common.
_LONGEST_ENDING: Final = 5

_STEMS: Final = """
SELECT word, (ts_lexize('swedish_stem', word))[1], (ts_lexize('english_stem', word))[1] FROM unnest(%s::text[]) AS word
"""
_TEXTS: Final = """
SELECT hit.ticket_id, said.text
FROM unnest(%s::bigint[]) AS hit(ticket_id), LATERAL (
    SELECT left(message.text, %s) AS text, message.at FROM tickets_message message
    WHERE message.ticket_id = hit.ticket_id ORDER BY message.at DESC, message.id DESC LIMIT %s
) AS said
ORDER BY hit.ticket_id, said.at DESC
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched for, as it is found in any words."""

    #: None when it is nothing that can be marked.
    pattern: re.Pattern[str] | None

    def marked(self, words: str) -> Excerpt:
        """All of the words, for a title."""
        return Excerpt(((words, False),) if self.pattern is None else _parts(words, self.pattern))

    def around(self, words: str) -> Excerpt | None:
        """A piece of the words around the first that was found; None when they hold none of it."""
        at = None if self.pattern is None else self.pattern.search(words)
        return None if at is None or self.pattern is None else _around(words, at, self.pattern)


def sought(text: str) -> Sought:
    """Words that begin as the searched ones do in either language. One query, for any number of hits."""
    return Sought(_pattern(text))


def excerpts(ticket_ids: Sequence[int], text: str) -> Mapping[int, Excerpt]:
    """The newest words around what was searched for, by ticket: as `excerpts_of`. Two queries."""
    return excerpts_of(ticket_ids, sought(text))


def excerpts_of(ticket_ids: Sequence[int], words: Sought) -> Mapping[int, Excerpt]:
    """The newest words around what was searched for; none for a ticket that has them in its subject alone.

    The tickets are such as the reader may read; notes are not looked at (trust 44). One query.
    """
    if words.pattern is None or not ticket_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(ticket_ids), _LONGEST, _MESSAGES])
        rows = cursor.fetchall()
    found: dict[int, Excerpt] = {}
    for ticket_id, said in rows:
        if ticket_id not in found and (excerpt := words.around(said)) is not None:
            found[ticket_id] = excerpt
    return found


def _pattern(text: str) -> re.Pattern[str] | None:
    """Words that begin as the searched ones do in either language; what both leave out ("och") is not marked."""
    said = list(dict.fromkeys(tokens(text)))[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [said])
        rows = [(word, swedish, english) for word, swedish, english in cursor.fetchall() if swedish and english]
    if not rows:
        return None
    beginnings = {each for word, swedish, english in rows for each in (word, root(swedish, language="sv"), english)}
    return re.compile(rf"\b(?:{_either(beginnings)})\w{{0,{_LONGEST_ENDING}}}\b", re.IGNORECASE)


def _either(beginnings: Iterable[str]) -> str:
    """The longest first, so that an identifier is not taken for its first part."""
    return "|".join(re.escape(each) for each in sorted(beginnings, key=len, reverse=True) if each)


def _around(words: str, at: re.Match[str], pattern: re.Pattern[str]) -> Excerpt:
    """A piece of the text from one whole word to another."""
    begin, end = max(0, at.start() - _BEFORE), min(len(words), at.end() + _AFTER)
    if begin:
        begin = words.find(" ", begin, at.start()) + 1 or at.start()
    if end < len(words):
        end = max(words.rfind(" ", at.end(), end), at.end())
    piece = " ".join(words[begin:end].split())
    return Excerpt(_parts(f"{'… ' if begin else ''}{piece}{' …' if end < len(words) else ''}", pattern))


def _parts(words: str, pattern: re.Pattern[str]) -> tuple[tuple[str, bool], ...]:
    parts, done = [], 0
    for at in pattern.finditer(words):
        parts += [(words[done : at.start()], False), (at.group(), True)]
        done = at.end()
    return tuple(part for part in (*parts, (words[done:], False)) if part[0])
