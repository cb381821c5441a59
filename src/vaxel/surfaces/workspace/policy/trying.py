"""Trying the policy: a question by its facts, the answer with its reasons, and what would change it.

Everything stands in the address, so an answer can be shown to a colleague.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.rules.policy import Decision, Facts, FactsError, UndecidedError, decide
from vaxel.rules.policy.domain import UNKNOWN
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Option
from vaxel.surfaces.workspace.policy.alternatives import Alternative, alternatives
from vaxel.surfaces.workspace.policy.answer import Answer, answer_of
from vaxel.surfaces.workspace.policy.frame import show_policy, words_of
from vaxel.surfaces.workspace.policy.questioning import WORDS, Asked, asked
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A select of the form; without options it is a number."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The form with what was asked, and the answer to it."""

    about: tuple[Choice, ...]
    asker: tuple[Choice, ...]
    more: tuple[Choice, ...]
    products: tuple[Option, ...]
    covered: tuple[str, ...]
    urgent: bool
    at: str
    answer: Answer | None
    alternatives: tuple[Alternative, ...]


_ABOUT = ("kind", "topic", "product", "priority", "wished-priority", "channel")


@require_safe
@staff_page
def trying(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The form; with facts in the address the answer stands beside it. One query."""
    words = words_of(place)
    found = asked(dict(request.GET.lists()), words)
    decision, refusal = _decided(found, words) if request.GET else (None, "")
    answer = None if decision is None else answer_of(decision, words, at=found.at)
    others: tuple[Alternative, ...] = ()
    if decision is not None and found.facts is not None:
        others = alternatives(found.facts, decision, words, at=found.at)
    return show_policy(
        request,
        place,
        "trying",
        tab="policy_trying",
        tried=_tried(found, words, answer=answer, others=others),
        put_right=found.put_right if request.GET else (),
        errors=found.errors,
        error_of={error.field: error.text for error in found.errors},
        refusal=refusal,
        asked_at=_asked_at(found.at, words),
        texts_language=words.texts_language,
    )


def _decided(found: Asked, words: Words) -> tuple[Decision | None, str]:
    """The decision, or the policy's sentence about why there is none."""
    if found.facts is None:
        return None, found.refusal
    try:
        return decide(words.policy, found.facts, found.at), ""
    except (FactsError, UndecidedError) as error:
        return None, error.sentence.whole().in_(words.language)


def _asked_at(at: datetime, words: Words) -> str:
    return words.moment(at).exact


def _tried(found: Asked, words: Words, *, answer: Answer | None, others: tuple[Alternative, ...]) -> Tried:
    known = words.policy.domain.position
    choices = {name: _choice(name, found, words) for name in WORDS if name in known}
    return Tried(
        about=tuple(choices[name] for name in _ABOUT if name in choices),
        asker=tuple(choice for name, choice in choices.items() if name not in _ABOUT),
        more=tuple(_declared(name, found, words) for name, fact in words.file.facts.items() if fact.calendar is None),
        products=tuple(
            Option(value=name, label=words.text(product.name)) for name, product in words.file.products.items()
        ),
        covered=tuple(sorted(_covered(found.facts, found))),
        urgent=bool(found.given.get("urgent")),
        at=found.written_at,
        answer=answer,
        alternatives=others,
    )


def _covered(facts: Facts | None, found: Asked) -> frozenset[str]:
    return frozenset(found.given.get("products", ())) if facts is None else facts.products


def _choice(name: str, found: Asked, words: Words) -> Choice:
    domain = words.policy.domain
    values = domain.variables[domain.position[name]].values
    options = tuple(Option(value=value, label=_capital(words.value(name, value))) for value in values)
    return Choice(name=name, label=words.fact(name), options=options, value=_value(name, found))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(name: str, found: Asked) -> str:
    """As the policy takes it; as it was given, where it does not know the facts."""
    if found.facts is None:
        return str(found.given.get(name, ""))
    return str(getattr(found.facts, name.replace("-", "_")))


def _declared(name: str, found: Asked, words: Words) -> Choice:
    """A fact of the policy's own: a number, or a choice in which what is not known is one when rules must bear it."""
    fact, label, value = words.file.facts[name], words.fact(name), str(found.given.get(name, ""))
    if fact.number:
        unit = words.text(fact.unit)
        return Choice(name=name, label=f"{label} ({unit})" if unit else label, options=(), value=value)
    options = [Option(value=each, label=_capital(words.value(name, each))) for each in fact.values or ()]
    if fact.default is None:
        options.append(Option(value=UNKNOWN, label=_("Not known")))
    return Choice(name=name, label=label, options=tuple(options), value=value or str(fact.default or UNKNOWN))
