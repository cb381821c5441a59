"""What another policy would have decided about questions that have been decided."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vaxel.rules.policy.compiled import NO_BILLING, Policy
from vaxel.rules.policy.decide import UndecidedError, decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import Facts, FactsError
from vaxel.rules.sentences import Sentence

ASPECTS: Final = ("destination", "channels", "required fields", "targets", "billing", "notify")


@dataclass(frozen=True, slots=True)
class Replayed:
    """One earlier question that the policy would decide otherwise. `problem` tells why it cannot decide at all."""

    reference: str
    before: Decision
    after: Decision | None
    aspects: tuple[str, ...]
    problem: Sentence | None = None


def replay(history: Iterable[tuple[str, Facts, Decision, datetime]], policy: Policy) -> Iterator[Replayed]:
    """Decide again: (reference, facts, decision, instant) of each question. Only changed ones are given back."""
    for reference, facts, before, at in history:
        try:
            after = decide(policy, facts, at)
        except (FactsError, UndecidedError) as error:
            yield Replayed(reference, before, None, (), error.sentence)
            continue
        aspects = changed_aspects(before, after)
        if aspects:
            yield Replayed(reference, before, after, aspects)


def changed_aspects(before: Decision, after: Decision) -> tuple[str, ...]:
    """What people would notice; the wording of reasons and the names of rules are not compared."""
    one, other = _aspects(before), _aspects(after)
    return tuple(aspect for aspect, was, is_now in zip(ASPECTS, one, other, strict=True) if was != is_now)


def _aspects(decision: Decision) -> tuple[object, ...]:
    billing = decision.billing
    return (
        decision.destination,
        (frozenset(decision.channels), frozenset(each.channel for each in decision.channels_later)),
        frozenset(decision.required_fields),
        frozenset((target.name, target.due, target.promise) for target in decision.targets),
        (billing.kind, billing.confirm) if billing is not None else (NO_BILLING, False),
        frozenset(decision.notify),
    )
