"""What sort of question it is: the kinds, products and topics that may be chosen, the likely ones first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from vaxel.domain.people.facts import customer_facts
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.suggest import Suggestion, named_products, suggest
from vaxel.surfaces.asking.answers import Answers
from vaxel.surfaces.asking.posted import NO_PRODUCT
from vaxel.surfaces.asking.several import questions_in
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import Link, Option

#: A kind this much less likely than the best one is listed first, but nothing is said of it.
_NEARLY: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPage:
    """Kinds with the likely ones first, products with the organisation's own first, topics."""

    #: The likely kinds; empty when the words are like nothing.
    likely: tuple[Option, ...]
    others: tuple[Option, ...]
    #: What was chosen, or what the words tell beyond doubt; empty otherwise.
    kind: str
    #: Whether the others are shown from the start.
    open: bool
    #: Empty when the desk has one product only.
    products: tuple[Option, ...]
    product: str
    topics: tuple[Option, ...]
    topic: str


def kind_page(answers: Answers, *, policy: Policy, place: CustomerPlace, language: str) -> KindPage:
    """What the policy offers; one query for the organisation's products."""
    likely = suggest(answers.words, policy=policy, language=language)
    own = _own_products(place)
    named = named_products(answers.words, policy=policy, language=language)
    found = {one.kind for one in likely}
    return KindPage(
        likely=tuple(_likely(policy, one, best=likely[0], language=language) for one in likely),
        others=tuple(_kind(policy, name, language=language) for name in policy.file.kinds if name not in found),
        kind=answers.kind or (likely[0].kind if likely and likely[0].sure else ""),
        open=answers.kind not in found if answers.kind else not likely,
        products=_products(policy, own, named=named, language=language) if len(policy.file.products) > 1 else (),
        product=answers.product or _suggested_product(answers, named) or _only(policy, own) or _none(policy, answers),
        topics=tuple(Option(value=name, label=each.name.in_(language)) for name, each in policy.file.topics.items()),
        topic=answers.topic,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What the words sound like while they are written: a few kinds, and the product that they name."""

    kinds: tuple[Option, ...]
    kind: str
    products: tuple[Option, ...]
    product: str
    #: The same in one sentence, for those who hear the page.
    said: str
    #: Articles of the manual, put in by the view: they cost queries.
    reading: tuple[Link, ...] = ()
    #: How many questions the words look like; 0 for one.
    several: int = 0
    #: Known problems that the words are like, with where "me too" is said; put in by the view too.
    problems: tuple[Link, ...] = ()

    @property
    def shown(self) -> str:
        """What is told of it, so that the same is not told twice."""
        chosen = (each.value for each in (*self.kinds, *self.products))
        several = [f"several={self.several}"] if self.several else []
        return " ".join([*chosen, *several, *(link.url for link in (*self.reading, *self.problems))])


def suggested(answers: Answers, *, policy: Policy, language: str) -> Suggested:
    """The suggestions for the words so far; empty for words that are like nothing. No query."""
    found = suggest(answers.words, policy=policy, language=language)
    likely = [one for one in found if one.score >= found[0].score * _NEARLY]
    kinds = tuple(_kind(policy, one.kind, language=language) for one in likely)
    several = len(policy.file.products) > 1
    named = named_products(answers.words, policy=policy, language=language) if several else ()
    products = tuple(Option(value=name, label=policy.file.products[name].name.in_(language)) for name in named)
    names = ", ".join(each.label for each in (*kinds, *products))
    return Suggested(
        kinds=kinds,
        kind=answers.kind,
        products=products,
        product=answers.product,
        said=_("Suggestions: %(names)s") % {"names": names} if names else "",
        several=0 if answers.of else len(questions_in(answers.words)),
    )


def _own_products(place: CustomerPlace) -> frozenset[str]:
    viewer, today = place.viewer, place.desk.day_of(place.now)
    facts = customer_facts(person_id=viewer.person_id, desk_id=viewer.desk_id, product="", today=today)
    return facts.products


def _only(policy: Policy, own: frozenset[str]) -> str:
    """The product, when the organisation has just one."""
    known = [name for name in policy.file.products if name in own]
    return known[0] if len(known) == 1 else ""


def _suggested_product(answers: Answers, named: Sequence[str]) -> str:
    """The one product that the words name, as long as nothing was chosen on this step."""
    return named[0] if len(named) == 1 and not answers.kind else ""


def _none(policy: Policy, answers: Answers) -> str:
    """No product in particular, for a kind that needs none and was chosen before."""
    kind = policy.file.kinds.get(answers.kind)
    return NO_PRODUCT if kind is not None and kind.without_product else ""


def _kind(policy: Policy, name: str, *, language: str) -> Option:
    kind = policy.file.kinds[name]
    return Option(value=name, label=kind.name.in_(language), hint="" if kind.text is None else kind.text.in_(language))


def _likely(policy: Policy, suggestion: Suggestion, *, best: Suggestion, language: str) -> Option:
    """A kind that the words point to: with those words, and called a suggestion when they tell it beyond doubt."""
    option = _kind(policy, suggestion.kind, language=language)
    if suggestion.score < best.score * _NEARLY:
        return option
    words = _("You wrote: %(words)s.") % {"words": ", ".join(suggestion.words)}
    badge = _("Suggestion") if suggestion.sure else _("Perhaps")
    return replace(option, hint=f"{option.hint} {words}".strip(), badge=badge)


def _products(policy: Policy, own: frozenset[str], *, named: Sequence[str], language: str) -> tuple[Option, ...]:
    """Those that the words name come first, then the organisation's own."""
    order = sorted(policy.file.products, key=lambda name: (name not in named, name not in own))
    options = [
        Option(
            value=name,
            label=policy.file.products[name].name.in_(language),
            hint="" if name in own else _("Not part of your agreement"),
            badge=_("Suggestion") if name in named else "",
        )
        for name in order
    ]
    if any(kind.without_product for kind in policy.file.kinds.values()):
        options.append(Option(value=NO_PRODUCT, label=_("No product in particular")))
    return tuple(options)
