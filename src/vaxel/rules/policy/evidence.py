"""How surely somebody's words tell the kind of their question.

A likeness is enough to list a kind first; to choose it for the asker takes evidence. Evidence is a word of the kind in
any of its bent forms, weighed by how few kinds share it; what does *not* happen, which is said in small words ("kommer
inte in"); and most of all the kind's own name. Everyday words weigh nothing. One word is never enough, and neither is
more evidence than another kind has: it must be clearly more. Where a doubt is left, no kind is chosen.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.kind_words import LOOKED_AT, NAME, folded, texts_of_kinds, words_in

#: Words of every day: they stand in questions of any kind.
_EVERYDAY: Final = frozenset(
    """
    alla allt andra annan annat att av bara behöver bli blir blev bra bättre börja dag de dem den denna det detta dig
    din ditt du där efter eller en enligt er era ert ett fast finns fick flera frågan från får få för före ge ger gick
    gjort gjorde går gå gör göra ha har hej hela hit hitta hjälp hjälpa hjälper hon hos hur han här i idag igen in ingen
    inga inget inte jag ju kan kanske kom komma kommer kunna kvar låg ligger man med mejl men mer mig min mina mitt mot
    måste mycket ni nu ny nya nytt när någon något några nästa och också om oss personen personer på redan samma se
    sedan senaste ser ska skulle själv själva sig sin små som stor stå står ställa syns så säga säger tack till tillbaka
    tre två ta tar undrar upp ut utan vad var vara varför vet veta vi vid vidare vilken vill visa visar vår våra vårt
    år året än ändå är åt över
    a about after again all also am an and another any are as at back be because been before but by can cannot come
    comes could day did do does done every find first for from get gets give gives go goes good got had has have he
    hello help helps her here him his how i if in into is it its just know last least less like look made make makes
    many may me more most much must my need needs new next no nobody not nothing now of on one or other our out over
    own people please said same say says see seems she should show shows so some somebody someone something still
    take than thanks that the their them then there they thing things this those though time to today too two under
    up us use using very want wants was way we well went were what when where which while who why will with without
    wonder work works would yes you your
    """.split()  # noqa: SIM905  # two hundred quoted words are harder to read
)
_NOT: Final = frozenset("inte ej not cannot can't cant aldrig never".split())  # noqa: SIM905  # as above
#: A name may begin with a person in general ("Någon kan inte logga in"); askers name the person, or say "I".
_SOMEBODY: Final = frozenset("någon något somebody something someone".split())  # noqa: SIM905  # as above
#: Weight of a negated phrase; a word weighs 2.0 in a kind's name and 1.0 elsewhere.
_NEGATED: Final = 1.5
#: Weight that is added for each telling word, up to two, when the kind's whole name is said.
_NAMED: Final = 1.5
#: A name of everyday words alone ("Hur gör jag?") counts when it has at least this many.
_SMALL_WORDS: Final = 3
#: Weight that is needed to be sure, and the most that the second kind may have, as a part of the first one's.
_ENOUGH, _CONTESTED = 2.5, 0.5
#: Pieces of evidence that are needed.
_SEVERAL: Final = 2
#: Letters that bent forms of one word begin with, and letters that may differ in the end. More is another word:
#: "avtalsmodulen" is no agreement.
_STEM, _ENDING = 4, 4
_SHORT_STEM, _SHORT_ENDING = 3, 2


def sure_kind(words: str, *, policy: Policy, language: str) -> str:
    """The kind that the words tell beyond doubt; empty when they leave a doubt."""
    known = _known(policy, language)
    said = [folded(word) for word in words_in(words[:LOOKED_AT])]
    found = _evidence(said, known)
    order = sorted(found, key=lambda kind: -sum(found[kind].values()))
    if not order:
        return ""
    best, second = (sum(found[kind].values()) for kind in (*order[:2], *order[:1])[:2])
    contested = len(order) > 1 and second > best * _CONTESTED
    return order[0] if best >= _ENOUGH and len(found[order[0]]) >= _SEVERAL and not contested else ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What speaks for each kind in one language."""

    #: Kind -> the words of its name, without whom it is about.
    names: Mapping[str, tuple[str, ...]]
    #: First letters -> word -> kind -> weight.
    words: Mapping[str, Mapping[str, Mapping[str, float]]]
    #: Negated phrase -> kind -> weight.
    negated: Mapping[tuple[str, ...], Mapping[str, float]]


def _evidence(said: Sequence[str], known: _Known) -> dict[str, dict[str, float]]:
    """What speaks for each kind, with its weight; each word counts once, in whatever forms it is said."""
    found: dict[str, dict[str, float]] = {kind: {} for kind in known.names}
    for word in dict.fromkeys(said):
        piece = word[:_STEM]
        for kind, weight in _weights_of(word, known):
            found[kind][piece] = max(found[kind].get(piece, 0.0), weight)
    for phrase in set(_negations(said)):
        for kind, weight in known.negated.get(phrase, {}).items():
            found[kind][" ".join(phrase)] = weight
    places = _places(said)
    for kind, name in known.names.items():
        if named := _named(said, name, places):
            # A name of one word is that word once more, not a second piece of evidence.
            piece = name[0][:_STEM] if len(name) == 1 else "name"
            found[kind][piece] = found[kind].get(piece, 0.0) + named
    return {kind: pieces for kind, pieces in found.items() if any(pieces.values())}


def _weights_of(word: str, known: _Known) -> Iterable[tuple[str, float]]:
    """Each kind that a form of the word speaks for, with its weight; a kind comes once for each form."""
    alike = known.words.get(word[:_SHORT_STEM], {})
    return (found for other, weights in alike.items() if _is_form_of(word, other) for found in weights.items())


def _places(said: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Where in the words something begins with these letters, as all forms of one word do."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(said):
        places[word[:_SHORT_STEM]].append(at)
    return places


def _named(said: Sequence[str], name: Sequence[str], places: Mapping[str, Sequence[int]]) -> float:
    """What the whole name, said in its order, adds."""
    length = len(name)
    begins = [at for at in places.get(name[0][:_SHORT_STEM], ()) if at + length <= len(said)] if name else []
    if not any(all(map(_is_form_of, said[at : at + length], name)) for at in begins):
        return 0.0
    telling = sum(word not in _EVERYDAY or word in _NOT for word in name)
    return _NAMED * min(2, max(telling, len(name) >= _SMALL_WORDS))


def _is_form_of(word: str, other: str) -> bool:
    """Whether both are forms of one word, as far as their letters tell."""
    if word == other:
        return True
    shorter, longer = sorted((len(word), len(other)))
    same = next((at for at in range(shorter) if word[at] != other[at]), shorter)
    longest = longer - same
    whole = same == shorter
    return (same >= _STEM and longest <= _ENDING) or (whole and same >= _SHORT_STEM and longest <= _SHORT_ENDING)


def _negations(said: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Three words in a row of which the first or second denies: what is said not to happen."""
    return (phrase for phrase in zip(said, said[1:], said[2:], strict=False) if _NOT & set(phrase[:2]))


@lru_cache(maxsize=64)
def _known(policy: Policy, language: str) -> _Known:
    words: defaultdict[str, dict[str, float]] = defaultdict(dict)
    negated: defaultdict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    names: dict[str, tuple[str, ...]] = {}
    for kind, texts in texts_of_kinds(policy, language).items():
        for weight, text in texts:
            said = [folded(word) for word in words_in(text)]
            if weight == NAME:
                names[kind] = tuple(said[1:] if said[:1] and said[0] in _SOMEBODY else said)
            for word in set(said) - _EVERYDAY:
                words[word][kind] = max(words[word].get(kind, 0.0), NAME if weight == NAME else 1.0)
            for phrase in _negations(said):
                negated[phrase][kind] = _NEGATED
    shared = Counter({word: len(_kinds_with(word, words)) for word in words})
    by_beginning: defaultdict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for word, weights in words.items():
        by_beginning[word[:_SHORT_STEM]][word] = _rarer(weights, shared=shared[word], kinds=len(names))
    rare = {phrase: _rarer(weights, shared=len(weights), kinds=len(names)) for phrase, weights in negated.items()}
    return _Known(names, by_beginning, rare)


def _kinds_with(word: str, words: Mapping[str, Mapping[str, float]]) -> set[str]:
    """The kinds that the word stands for in any of its forms."""
    return {kind for other, weights in words.items() if _is_form_of(word, other) for kind in weights}


def _rarer(weights: Mapping[str, float], *, shared: int, kinds: int) -> dict[str, float]:
    """The weights in full for what stands in one kind, down to nothing for what stands in all."""
    rarity = math.log(kinds / shared) / math.log(kinds) if kinds > 1 else 1.0
    return {kind: weight * rarity for kind, weight in weights.items() if rarity > 0}
