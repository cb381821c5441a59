"""Sentences with choices in them: `{a|b|c}` is one of the alternatives, `{word}` is looked up.

Alternatives may hold words and alternatives of their own. A text is read once and said many times: the benchmarks
say five million of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

_MARKS: Final = frozenset("{|}")


class WordingError(ValueError):
    """A text whose braces do not match, or a word that nobody knows. The message quotes it."""


@dataclass(frozen=True, slots=True)
class _Word:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that has been read."""

    parts: tuple[str | _Word | _Choice, ...]

    def say(self, words: Words) -> str:
        """The text with one alternative taken in each place, and every word filled in."""
        said: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                said.append(part)
            elif isinstance(part, _Word):
                said.append(words.look_up(part.name))
            else:
                said.append(words.choose(part.options).say(words))
        return "".join(said)


def read_phrase(text: str) -> Phrase:
    """Read a text. Raises WordingError when a brace is missing, or stands alone."""
    options, _ = _read_options(text, 0, depth=0)
    return options[0]


def _read_options(text: str, start: int, *, depth: int) -> tuple[list[Phrase], int]:
    """The alternatives from `start` to the brace that ends them (depth 0: to the end), and where that is."""
    options: list[Phrase] = []
    parts: list[str | _Word | _Choice] = []
    at = start
    while at < len(text):
        letter = text[at]
        if letter == "{":
            inner, at = _read_options(text, at + 1, depth=depth + 1)
            parts.append(_word_or_choice(inner))
        elif letter == "}":
            if not depth:
                raise WordingError(f"a brace too many in {text[:60]!r}")
            return [*options, Phrase(tuple(parts))], at + 1
        elif letter == "|" and depth:
            options.append(Phrase(tuple(parts)))
            parts, at = [], at + 1
        else:
            plain = _plain_from(text, at)
            parts.append(plain)
            at += len(plain)
    if depth:
        raise WordingError(f"a brace is not closed in {text[start : start + 60]!r}")
    return [*options, Phrase(tuple(parts))], at


def _plain_from(text: str, start: int) -> str:
    end = start + 1
    while end < len(text) and text[end] not in _MARKS:
        end += 1
    return text[start:end]


def _word_or_choice(options: list[Phrase]) -> _Word | _Choice:
    if len(options) > 1:
        return _Choice(tuple(options))
    parts = options[0].parts
    if len(parts) == 1 and isinstance(parts[0], str):
        return _Word(parts[0])
    raise WordingError("braces hold one word, or alternatives with | between them")


Maker = Callable[[Random], str]


class Words:
    """What the words of one conversation stand for.

    A word is found in this order: said before (and kept), made by a function, chosen from a list. Words in
    `varying` are chosen anew at each place.
    """

    __slots__ = ("_kept", "_lists", "_makers", "_random", "_varying")

    def __init__(
        self,
        *,
        lists: Mapping[str, Sequence[Phrase]],
        makers: Mapping[str, Maker],
        varying: frozenset[str],
        random: Random,
        kept: dict[str, str],
    ) -> None:
        self._lists = lists
        self._makers = makers
        self._varying = varying
        self._random = random
        self._kept = kept

    def keep(self, **values: str) -> None:
        """These words mean this from now on: who speaks, and to whom."""
        self._kept.update(values)

    def look_up(self, name: str) -> str:
        """What the word stands for here. Raises WordingError for one that nobody knows."""
        if name in self._kept:
            return self._kept[name]
        if name in self._makers:
            value = self._makers[name](self._random)
        elif name in self._lists:
            value = self.choose(self._lists[name]).say(self)
        else:
            raise WordingError(f"nobody knows the word {{{name}}}")
        if name not in self._varying:
            self._kept[name] = value
        return value

    def choose(self, options: Sequence[Phrase]) -> Phrase:
        """One of them."""
        return options[int(self._random.random() * len(options))]
