"""What somebody searches for among tickets, understood once: to look it up, to guess how common it is, to mark it.

Tickets have no lexicon: nobody has learnt their words. A word is looked for in each of its forms, in Swedish or in
English, and marked wherever a word begins as it does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.words import MOST_WORDS, relatives, root, tokens
from vaxel.kit.compiled import prepared_cursor

#: Characters before and after the first word that was found.
_BEFORE, _AFTER = 50, 130
#: Letters that a form has after what its forms have in common.
_LONGEST_ENDING: Final = 5
_WORD: Final = re.compile(r"'([^\W\d_]+)'")

#: PostgreSQL counts, now and then, in how large a part of the tickets the commonest words stand; what it counted is
#: read here, so that nobody has to ask for a plan.
_UNDERSTOOD: Final = """
WITH common AS MATERIALIZED (
    SELECT most_common_elems::text::text[] AS stems, most_common_elem_freqs AS shares FROM pg_stats
    WHERE schemaname = current_schema() AND tablename = 'search_ticketwords' AND attname = 'words'
)
SELECT token, phraseto_tsquery('swedish', token)::text, phraseto_tsquery('english', token)::text,
    (ts_lexize('swedish_stem', token))[1], (ts_lexize('english_stem', token))[1],
    (SELECT shares[array_position(stems, (ts_lexize('swedish_stem', token))[1])] FROM common),
    (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'search_ticketwords'::regclass)
FROM unnest(%s::text[]) WITH ORDINALITY AS said(token, place) ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was searched for. Empty as it comes: it finds and marks nothing."""

    #: None when it is nothing that can be marked.
    pattern: re.Pattern[str] | None = None
    text: str = ""
    #: A text-search query: every word, in any of its forms. Empty when nothing is left to look for.
    query: str = ""
    #: How many tickets there are, and about how many of them hold the words; None when they are not known as common.
    tickets: float = 1.0
    held: float | None = None
    #: There were words, and searches leave out every one of them ("och", "the").
    is_too_common: bool = False

    def marked(self, words: str) -> Excerpt:
        """All of the words, for a title."""
        return Excerpt(((words, False),) if self.pattern is None else _parts(words, self.pattern))

    def around(self, words: str) -> Excerpt | None:
        """A piece of the words around the first that was found; None when they hold none of it."""
        at = None if self.pattern is None else self.pattern.search(words)
        return None if at is None or self.pattern is None else _around(words, at, self.pattern)


def sought(text: str) -> Sought:
    """Every word, in the one language or the other; what either leaves out ("och", "the") is left out. One query."""
    said = list(dict.fromkeys(tokens(text)))[:MOST_WORDS]
    if not said:
        return Sought(text=text)
    with prepared_cursor() as cursor:
        cursor.execute(_UNDERSTOOD, [said])
        rows = cursor.fetchall()
    looked_for = [(swedish, english, share) for _, swedish, english, _, _, share, _ in rows if swedish and english]
    stems = [(token, swedish, english) for token, _, _, swedish, english, _, _ in rows if swedish and english]
    tickets: float = rows[0][-1]
    return Sought(
        is_too_common=not looked_for,
        pattern=_pattern(stems),
        text=text,
        query=" & ".join(_forms(swedish, english) for swedish, english, _share in looked_for),
        tickets=tickets,
        held=_held([share for _swedish, _english, share in looked_for], tickets=tickets),
    )


def _held(shares: list[float | None], *, tickets: float) -> float | None:
    """About how many hold all, as if words did not seek each other's company."""
    held = tickets
    for share in shares:
        if share is None:
            return None
        held *= share
    return held


def _forms(swedish: str, english: str) -> str:
    """A word in any of its forms; an identifier is several words in a row, and has one form."""
    stem = _WORD.fullmatch(swedish)
    forms = [f"'{form}'" for form in relatives(stem[1])] if stem else [swedish]
    return f"({' | '.join(dict.fromkeys([*forms, english]))})"


def _pattern(stems: list[tuple[str, str, str]]) -> re.Pattern[str] | None:
    """Words that begin as the searched ones do in either language."""
    if not stems:
        return None
    beginnings = {each for word, swedish, english in stems for each in (word, root(swedish, language="sv"), english)}
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
