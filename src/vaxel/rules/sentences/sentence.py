"""A sentence as a value: told late, in the language of whoever reads it. Pure, and quick to load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final, Union, overload

from typing_extensions import override

from vaxel.rules.sentences.catalogue import TEMPLATES

ENGLISH: Final = "en"

#: What is put into words: text that is the same in every language, a number, other words, or several with commas.
Value = Union[str, int, "Sentence", tuple[Union[str, "Sentence"], ...]]

#: For a code that an earlier Växel has stored and that has no words any more.
_FORGOTTEN: Final = {ENGLISH: "?"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`code` names the words, `values` what is put into them."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()
    #: Told with a capital first and an end last, wherever its words are only a part.
    is_whole: bool = False

    def in_(self, language: str) -> str:
        """The words in that language; in one that we do not speak, the English ones."""
        words = TEMPLATES.get(self.code, _FORGOTTEN)
        told = words.get(language, words[ENGLISH]).format(**self.values_in(language))
        return finished(told) if self.is_whole else told

    def whole(self) -> "Sentence":
        return replace(self, is_whole=True)

    def values_in(self, language: str) -> Mapping[str, str]:
        """What is put into the words, each as it is told."""
        return {name: _in_words(value, language) for name, value in self.values}

    @override
    def __str__(self) -> str:
        return self.in_(ENGLISH)


class SentenceError(ValueError):
    """Something that was written is wrong, as the sentence says. The message is the English one, for logs."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def say(code: str, /, **values: Value) -> Sentence:
    """The sentence of that code. The names of the values are those in its words."""
    return Sentence(code, tuple(values.items()))


@overload
def joined(code: str, parts: Iterable[Sentence], /) -> Sentence: ...
@overload
def joined(code: str, parts: Iterable[str | Sentence], /) -> str | Sentence: ...
def joined(code: str, parts: Iterable[str | Sentence], /) -> str | Sentence:
    """Several made one by the words of `code`, which put `one` and `other` together: "`a` and `b`"."""
    return reduce(lambda one, other: say(code, one=one, other=other), parts)


def finished(words: str) -> str:
    """Words as a sentence: a capital first, an end last."""
    words = words.strip()
    end = "" if words.endswith((".", "?")) else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _in_words(value: Value, language: str) -> str:
    if isinstance(value, Sentence):
        return value.in_(language)
    if isinstance(value, tuple):
        return ", ".join(_in_words(each, language) for each in value)
    return str(value)
