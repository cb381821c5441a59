"""What tells of a person in running text: their name, addresses and numbers, however they are written.

Two readers of one thing: `fits` looks closely at a text, in Python. `hints` is for the database, which only has to
find the rows that are worth a look: too many cost time, too few would be a leak.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

#: What may stand between the words of a name: spaces, line ends of a quotation, tags, an entity.
_GAP: Final = r"(?:[\s>]|<[^>]*>|&nbsp;|&gt;|\u00a0)+"
#: What may stand between the digits of a number.
_PAUSE: Final = r"[\s\-/().\u2010-\u2013\u00a0]*"
_DIGITS_OF_A_NUMBER: Final = 6
#: A part of a name that is as long as this is hardly a word of the language: it is found in small letters too.
_LONG: Final = 7
_SHORTEST_PART: Final = 3
_SHORTEST_HINT: Final = 2


@dataclass(frozen=True)
class Identity:
    """Somebody who is to be erased."""

    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    #: Parts of the name that nobody else around them bears: they are found alone ("Hej Solveigbritt!").
    own_parts: tuple[str, ...]
    #: Their account is somebody at another customer too: there they go on being who they are.
    is_elsewhere: bool
    #: What stands there afterwards; it says nothing about them, and it reads in every language.
    alias: str

    def struck(self, text: str, *, with_name: bool) -> str:
        """The text with the alias in the place of everything that tells of them.

        Without `with_name` addresses alone are looked for: elsewhere others may be called the same.
        """
        for pattern in self._patterns if with_name else self._addresses:
            text = pattern.sub(self.alias, text)
        return text

    def tells(self, text: str) -> bool:
        """Whether the text says who they are."""
        return any(pattern.search(text) for pattern in self._patterns)

    def has_address(self, text: str) -> bool:
        """Whether one of their addresses stands in the text."""
        return any(pattern.search(text) for pattern in self._addresses)

    @cached_property
    def _addresses(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rf"(?<![\w.+-]){re.escape(each)}(?!\w)", re.IGNORECASE) for each in self.emails)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return (*self._addresses, *self._whole_names(), *self._numbers(), *map(_part, self.own_parts))

    def _whole_names(self) -> Iterable[re.Pattern[str]]:
        words = self.name.split()
        if len(words) > 1:
            for order in (words, [f"{words[-1]},", *words[:-1]], [words[0], words[-1]]):
                yield re.compile(rf"(?<!\w){_GAP.join(map(re.escape, order))}s?(?!\w)", re.IGNORECASE)

    def _numbers(self) -> Iterable[re.Pattern[str]]:
        for phone in self.phones:
            digits = _national(phone)
            if len(digits) >= _DIGITS_OF_A_NUMBER:
                yield re.compile(rf"(?<!\d)(?:(?:\+|00)\d{{2}}{_PAUSE})?0?{_PAUSE}{_PAUSE.join(digits)}(?!\d)")

    @cached_property
    def address_hints(self) -> list[str]:
        """For ILIKE: every text that `struck` changes without the name holds one of these."""
        return [f"%{_hint(each)}%" for each in self.emails]

    @cached_property
    def name_hints(self) -> list[str]:
        """For ILIKE: every text that `struck` changes with the name holds one of these, or matches `number_hint`."""
        longest = max(self.name.split(), key=lambda word: len(_hint(word)), default="")
        words = [*([longest] if len(self.name.split()) > 1 else []), *self.own_parts]
        return [*self.address_hints, *(f"%{_hint(word)}%" for word in words)]

    @cached_property
    def number_hint(self) -> str:
        """For the database's `~`: every text with one of the numbers matches it; None have no number at all."""
        known = [_national(phone) for phone in self.phones]
        return "|".join(r"\D{0,6}".join(digits) for digits in known if len(digits) >= _DIGITS_OF_A_NUMBER) or "$^x"


def own_parts_of(name: str, *, others: Sequence[str]) -> tuple[str, ...]:
    """The parts of a name that are in none of the others' names, and long enough to mean anything alone."""
    borne = {part.casefold() for part in chain.from_iterable(_parts(other) for other in others)}
    return tuple(part for part in _parts(name) if len(part) >= _SHORTEST_PART and part.casefold() not in borne)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", name) if part]


def _part(part: str) -> re.Pattern[str]:
    """Short ones only with a capital, or in capitals: "Berg" is a name, and "berg" is a mountain."""
    if len(part) >= _LONG:
        return re.compile(rf"(?<!\w){re.escape(part)}s?(?!\w)", re.IGNORECASE)
    forms = "|".join({re.escape(part[:1].upper() + part[1:]), re.escape(part.upper())})
    return re.compile(rf"(?<!\w)(?:{forms})s?(?!\w)")


def _national(phone: str) -> str:
    """The digits without prefix of country and trunk: "+46 70-123 45 67" and "070-123 45 67" are one number."""
    digits = "".join(re.findall(r"\d", phone))
    if phone.strip().startswith("+"):
        digits = digits[2:]
    elif digits.startswith("00"):
        digits = digits[4:]
    return digits.lstrip("0")


def _hint(word: str) -> str:
    r"""The longest run of ASCII letters and digits: it is compared the same way under every locale of a database."""
    runs = re.findall(r"[A-Za-z0-9]+", word)
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= _SHORTEST_HINT else ""
