"""A reply without the names in it, so that it can become an article.

Known names are found by themselves; addresses, telephone numbers and case numbers by how they look. What is removed
leaves a mark in the text, which an editor replaces: an article with marks is not published.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Removed(StrEnum):
    """What kind of thing was removed."""

    NAME = "name"
    ORGANISATION = "organisation"
    MAIL = "mail"
    WEB = "web"
    PHONE = "phone"
    CASE = "case"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names that must not stand in an article.

    Of `people` each part counts by itself (a letter says "Hej Maj"); `others` are found by their whole names only, for
    a municipality has so many first names that they are words.
    """

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    #: Numbers of cases as they are written in the product, and what the desk's own ticket numbers begin with.
    cases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The text with marks in it, and how many of each kind there are."""

    text: str
    removed: Mapping[Removed, int]


_WORDS: Final[Mapping[str, Mapping[Removed, str]]] = {
    "sv": {
        Removed.NAME: "namn",
        Removed.ORGANISATION: "organisation",
        Removed.MAIL: "mejladress",
        Removed.WEB: "webbadress",
        Removed.PHONE: "telefonnummer",
        Removed.CASE: "ärendenummer",
        Removed.IDENTITY: "personnummer",
    },
    "en": {
        Removed.NAME: "name",
        Removed.ORGANISATION: "organisation",
        Removed.MAIL: "mail address",
        Removed.WEB: "web address",
        Removed.PHONE: "phone number",
        Removed.CASE: "case number",
        Removed.IDENTITY: "identity number",
    },
}
#: Unlike anything that people write, and seen at once in the text and in the preview.
_OPENS, _CLOSES = "⟦", "⟧"
_MARK: Final = re.compile(rf"{_OPENS}[^{_CLOSES}\n]{{1,40}}{_CLOSES}")
#: In this order: what holds another (the digits of an identity number look like a telephone's) comes first.
_PATTERNS: Final = (
    # A host's name often is the customer's.
    (Removed.WEB, re.compile(r"\bhttps?://[^\s<>\"')\]]{1,2000}", re.IGNORECASE)),
    (Removed.MAIL, re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    (Removed.IDENTITY, re.compile(r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")),
    (Removed.CASE, re.compile(r"\b[A-ZÅÄÖ]{2,12}[-. ]?\d{2,4}[./-]\d{1,6}\b")),
    (Removed.PHONE, re.compile(r"(?<![\w.])(?:\+|00)\d(?:[ -]?\d){6,13}\b|(?<![\w.])0\d{1,3}[ -/]?(?:[ -]?\d){5,8}\b")),
)
#: Words of names that tell nobody apart: they stay where they stand alone.
_COMMON: Final = frozenset(
    {
        "kommun",
        "kommuns",
        "stad",
        "region",
        "regionen",
        "ab",
        "aktiebolag",
        "förbund",
        "förbundet",
        "län",
        "myndigheten",
    }
    | {"of", "the", "and", "och", "i", "för", "von", "van", "de", "af", "av"}
)
_SHORTEST: Final = 2


def without_names(text: str, known: Known, *, language: str) -> Unnamed:
    """The text with a mark in the place of everything that points at somebody."""
    words = _WORDS.get(language, _WORDS["en"])
    count: Counter[Removed] = Counter()
    for kind, pattern in _patterns(known):
        text, times = pattern.subn(f"{_OPENS}{words[kind]}{_CLOSES}", text)
        count[kind] += times
    return Unnamed(text, {kind: count[kind] for kind in Removed if count[kind]})


def marks_in(text: str) -> tuple[str, ...]:
    """The marks that still stand in a text, in its order."""
    return tuple(_MARK.findall(text))


def _patterns(known: Known) -> Iterator[tuple[Removed, re.Pattern[str]]]:
    if known.prefixes:
        yield Removed.CASE, re.compile(rf"\b(?:{'|'.join(map(re.escape, known.prefixes))})-?\d+\b", re.IGNORECASE)
    yield from _names(Removed.CASE, known.cases)
    yield from _PATTERNS
    yield from _names(Removed.ORGANISATION, [*known.organisations, *_parts(known.organisations)])
    yield from _names(Removed.NAME, [*known.people, *known.others, *_parts(known.people)])


def _parts(names: Iterable[str]) -> list[str]:
    return [part for name in names for part in re.split(r"[\s,]+", name) if _tells(part)]


def _tells(part: str) -> bool:
    return len(part) >= _SHORTEST and part[0].isupper() and part.casefold() not in _COMMON


def _names(kind: Removed, names: Iterable[str]) -> Iterator[tuple[Removed, re.Pattern[str]]]:
    """One pattern for all of them, the longest first; a genitive's s goes with its name. Case counts: "maj" is May."""
    known = sorted({name.strip() for name in names if len(name.strip()) >= _SHORTEST}, key=len, reverse=True)
    if known:
        yield kind, re.compile(rf"(?<![\w{_OPENS}])(?:{'|'.join(map(re.escape, known))})(?:s|'s|’s)?(?!\w)")
