"""Which kind of question somebody's own words are most like: pure, and quick enough for every page.

The policy's own texts are what is known of each kind: its name, its description, its examples, and the questions
that the policy is checked with. Words are compared by their beginnings and by pieces of them, because Swedish bends
its words and writes them together ("felmeddelandet", "exportfilen"); what stands in few kinds weighs more than what
stands in all. It only proposes: every kind stays within reach, and only what the words tell beyond doubt
(`evidence.py`) may be chosen beforehand.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.evidence import sure_kind
from vaxel.rules.policy.kind_words import LOOKED_AT, folded, texts_of_kinds, words_in
from vaxel.rules.policy.wrong import sounds_wrong

MOST: Final = 3
#: Pieces of this length overlap within a word; shorter words count as they are.
_PIECE: Final = 4
#: Words that stand in most questions and tell nothing.
_STOP: Final = frozenset(
    """
    alla allt att av bara blev blir bli de dem den det dig din ditt du där eller en er era ert ett finns fick får för
    från ha har hej hos hur här i in jag kan man med men mig min mitt mot när något någon några nu och oss
    på se sedan sig sin ska skulle som så till tack um upp ut var vad vara vi vid vill vår våra vårt än är åt över
    a all am an and any are as at be been but by can could do does for from get had has have hello how i if in is it
    me my of on or our please since so some thanks that the their them there they this to up us was we what
    when which who why will with would you your
    """.split()  # noqa: SIM905  # sixty quoted words are harder to read
)
#: A word that weighs less than this part of the heaviest one is not told.
_TELLING: Final = 0.4
#: What supports a kind that is in scope, when the words say that something is wrong: what is wrong weighs more than the
#: thing that it is wrong with ("rapporten visar fel siffror" asks for no new report).
_WRONG_IN_SCOPE: Final = 1.4
#: When the words say that something is wrong, a sure kind out of scope is doubted as soon as one in scope has this
#: part of its score.
_CONTESTED: Final = 0.5
#: Below this nothing is alike.
_ALIKE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind, and the words of the question that led to it, as they were written."""

    kind: str
    words: tuple[str, ...]
    score: float
    #: Whether the words tell it beyond doubt, so that it may be chosen for the asker. At most the first one.
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Index:
    """What is known of the kinds in one language: weight of each piece per kind, each kind of length one."""

    kinds: Mapping[str, Mapping[str, float]]


def suggest(words: str, *, policy: Policy, language: str, most: int = MOST) -> tuple[Suggestion, ...]:
    """The kinds that the words are most like, best first; none when they are like nothing."""
    index = _index(policy, language)
    words = words[:LOOKED_AT]
    asked = _vector(Counter(_pieces(words)))
    scores = {
        kind: sum(weight * known.get(piece, 0.0) for piece, weight in asked.items())
        for kind, known in index.kinds.items()
    }
    sure = sure_kind(words, policy=policy, language=language)
    if sounds_wrong(words):
        in_scope = {kind for kind in scores if policy.file.kinds[kind].scope == "in"}
        scores = {kind: score * (_WRONG_IN_SCOPE if kind in in_scope else 1.0) for kind, score in scores.items()}
        likeliest = max((scores[kind] for kind in in_scope), default=0.0)
        if sure and sure not in in_scope and likeliest >= scores[sure] * _CONTESTED:
            sure = ""
    alike = [kind for kind, score in scores.items() if score >= _ALIKE or kind == sure]
    alike.sort(key=lambda kind: (kind != sure, -scores[kind]))
    return tuple(
        Suggestion(kind, _telling(words, index.kinds[kind]), scores[kind], sure=kind == sure) for kind in alike[:most]
    )


def named_products(words: str, *, policy: Policy, language: str) -> tuple[str, ...]:
    """The products that the words name, whole or by the last word of the name, which is what people call them."""
    said = words[:LOOKED_AT].casefold()
    called = {name: each.name.in_(language).casefold() for name, each in policy.file.products.items()}
    return tuple(name for name, label in called.items() if label in said or label.rsplit(maxsplit=1)[-1] in said)


def _telling(words: str, known: Mapping[str, float]) -> tuple[str, ...]:
    """The two or three words that weighed most."""
    weights = {word: sum(known.get(piece, 0.0) for piece in _pieces(word)) for word in dict.fromkeys(words_in(words))}
    heaviest = max(weights.values(), default=0.0)
    telling = [word for word, weight in weights.items() if weight > 0 and weight >= heaviest * _TELLING]
    return tuple(sorted(telling, key=lambda word: -weights[word])[:3])


@lru_cache(maxsize=64)
def _index(policy: Policy, language: str) -> _Index:
    counted = {kind: _count(texts) for kind, texts in texts_of_kinds(policy, language).items()}
    spread = Counter(piece for pieces in counted.values() for piece in pieces)
    rare = {piece: math.log(1 + len(counted) / count) for piece, count in spread.items()}
    return _Index(
        {
            kind: _vector({piece: math.sqrt(count) * rare[piece] ** 2 for piece, count in pieces.items()})
            for kind, pieces in counted.items()
        }
    )


def _count(texts: Iterable[tuple[float, str]]) -> dict[str, float]:
    counted: dict[str, float] = {}
    for weight, text in texts:
        for piece in set(_pieces(text)):
            counted[piece] = counted.get(piece, 0.0) + weight
    return counted


def _vector(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights at length one, so that a kind with long texts wins nothing by it."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {piece: weight / length for piece, weight in weights.items()} if length else {}


def _pieces(text: str) -> Iterable[str]:
    for word in dict.fromkeys(words_in(text)):
        plain = folded(word)
        if plain in _STOP or len(plain) < 2:  # noqa: PLR2004  # a single letter is no word
            continue
        yield f"^{plain[: _PIECE + 1]}"
        if len(plain) > _PIECE:
            yield from (plain[at : at + _PIECE] for at in range(len(plain) - _PIECE + 1))
