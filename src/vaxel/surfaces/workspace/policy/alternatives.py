"""What would change an answer: each fact in turn given each other value that it can have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vaxel.rules.policy import Decision, Facts, FactsError, UndecidedError, decide
from vaxel.rules.policy.domain import UNKNOWN
from vaxel.rules.policy.facts import NONE
from vaxel.rules.policy.faults import Words as Told
from vaxel.rules.policy.faults import in_language
from vaxel.rules.policy.replay import changed_aspects
from vaxel.surfaces.workspace.policy.answer import answer_of
from vaxel.surfaces.workspace.policy.questioning import WORDS, query_of
from vaxel.surfaces.workspace.policy.words import Words

#: Values of one fact that are tried: a desk with more kinds than this is told about the first.
_MOST_TRIED: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One fact that makes a difference: with these values instead, this is what would be otherwise."""

    fact: str
    values: str
    changes: tuple[str, ...]
    url: str


def alternatives(facts: Facts, decision: Decision, words: Words, *, at: datetime) -> tuple[Alternative, ...]:
    """Every single change that people would notice. Values of a fact that lead to the same stand together."""
    found: dict[tuple[str, tuple[str, ...]], list[tuple[str, Facts]]] = {}
    for name, value, other in _others(facts, words):
        try:
            instead = decide(words.policy, other, at)
        except (FactsError, UndecidedError):
            continue
        if changed_aspects(decision, instead):
            changes = tuple(_changes(decision, instead, words, at=at))
            if changes:
                found.setdefault((name, changes), []).append((value, other))
    written = at.astimezone(words.zone).strftime("%Y-%m-%dT%H:%M")
    return tuple(
        Alternative(
            fact=words.fact(name),
            values=words.either(value for value, _other in values),
            changes=changes,
            url=f"?{query_of(values[0][1], at=written)}",
        )
        for (name, changes), values in found.items()
    )


def _others(facts: Facts, words: Words) -> Iterator[tuple[str, str, Facts]]:
    """(fact, value in words, the facts with that value instead), for every value that the question has not."""
    domain = words.policy.domain
    for name in WORDS:
        if name not in domain.position:
            continue
        field = name.replace("-", "_")
        for value in domain.variables[domain.position[name]].values[:_MOST_TRIED]:
            if value != getattr(facts, field):
                changed: dict[str, Any] = {field: value}
                yield name, words.value(name, value), _mended(replace(facts, **changed), words)
    yield "urgent", _yes_no(words, value=not facts.urgent), replace(facts, urgent=not facts.urgent)
    for product in words.file.products:
        without = product in facts.products
        said = _("without %(product)s") if without else _("with %(product)s")
        other = replace(facts, products=facts.products ^ {product})
        yield "products", said % {"product": words.value("product", product)}, other
    yield from _declared(facts, words)


def _yes_no(words: Words, *, value: bool) -> str:
    return words.value("urgent", value)


def _mended(facts: Facts, words: Words) -> Facts:
    """What follows of itself from the one change: nobody is told that a stranger has no agreement."""
    if facts.standing == "stranger":
        facts = replace(facts, agreement=NONE, plan=NONE, products=frozenset(), project=NONE, certificate=NONE)
    elif facts.agreement == NONE:
        standing = "user" if facts.standing == "contact" else facts.standing
        facts = replace(facts, standing=standing, plan=NONE, products=frozenset())
    kind = words.file.kinds[facts.kind]
    about = (*(kind.products or tuple(words.file.products)), *((NONE,) if kind.without_product else ()))
    topics = (*(kind.topics or ()), *(() if kind.topic_required and kind.topics else (NONE,)))
    return replace(
        facts,
        product=facts.product if facts.product in about else about[0],
        topic=facts.topic if facts.topic in topics or not words.file.topics else topics[0],
    )


def _declared(facts: Facts, words: Words) -> Iterator[tuple[str, str, Facts]]:
    """Facts of the policy's own: each value, and for numbers one in each interval that rules tell apart."""
    domain = words.policy.domain
    for name, fact in words.file.facts.items():
        if fact.calendar is not None:
            continue
        variable = domain.variables[domain.position[name]]
        here = facts.declared.get(name, fact.default)
        values: list[str | int] = [fact.min or 0, *(variable.cuts or ())] if fact.number else list(fact.values or ())
        for place, value in enumerate(values):
            if _is_here(here, value, variable.cuts if fact.number else None):
                continue
            said = _interval(variable.told(place), words, name) if fact.number else words.value(name, value)
            yield name, said, replace(facts, declared={**facts.declared, name: value})


def _is_here(here: str | int | None, value: str | int, cuts: tuple[int, ...] | None) -> bool:
    """Whether the question has this value already, or a number of the same interval."""
    if cuts is None or here in (None, UNKNOWN):
        return here == value
    return sum(cut <= int(here or 0) for cut in cuts) == sum(cut <= int(value) for cut in cuts)


def _interval(told: Told, words: Words, name: str) -> str:
    """An interval of numbers with the fact's unit."""
    fact = words.file.facts[name]
    unit = f" {words.text(fact.unit)}" if fact.unit is not None else ""
    return in_language(told, words.language) + unit


def _changes(before: Decision, after: Decision, words: Words, *, at: datetime) -> Iterator[str]:
    """What would be otherwise, the destination first."""
    was, would_be = answer_of(before, words, at=at), answer_of(after, words, at=at)
    if before.destination != after.destination:
        yield _("goes to: %(destination)s") % {"destination": would_be.destination}
    if was.promises != would_be.promises:
        yield from (
            _("%(clock)s: %(time)s") % {"clock": each.clock, "time": each.due.exact}
            for each in would_be.promises
            if each not in was.promises
        )
        gone = {each.clock for each in was.promises} - {each.clock for each in would_be.promises}
        yield from (_("no promise: %(clock)s") % {"clock": clock} for clock in sorted(gone))
    if (was.cost, was.waits_for_yes) != (would_be.cost, would_be.waits_for_yes):
        yield _("cost: %(cost)s") % {"cost": would_be.cost or words.value("billing", "none")}
    if set(was.channels) != set(would_be.channels):
        ways = words.all_of(would_be.channels) if would_be.channels else pgettext("ways", "none")
        yield _("ways in: %(ways)s") % {"ways": ways}
    if set(was.told) != set(would_be.told):
        yield _("told besides: %(roles)s") % {"roles": words.all_of(would_be.told) if would_be.told else _("nobody")}
