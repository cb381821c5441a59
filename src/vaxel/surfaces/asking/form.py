"""Which questions the form asks of somebody: what the policy says for every priority, urgent or not.

A field that the policy asks only of urgent or only of critical questions stands in the form from the start, with a
word about when to answer it, so that nothing has to appear by script and nobody is sent back for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.tickets.intake import Answer, preview
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.declarations import Fact, FormField
from vaxel.rules.policy.facts import Facts
from vaxel.rules.policy.rulebook import ChecklistItem
from vaxel.rules.policy.wording import Text
from vaxel.surfaces.asking.answers import Answers, as_question, effective_priority, own_words_field

When = Literal["always", "urgent", "priority"]
_URGENT: Final = (False, True)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form. `required` is for the answers as they are; `levels` are priorities that ask for it."""

    name: str
    field: FormField
    required: bool
    when: When
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form for a kind of question, and what the policy decides with the answers as they are."""

    policy: Policy
    #: What is relevant of the answers: nothing that this form does not ask.
    answers: Answers
    facts: Facts
    decision: Decision
    #: When the asker's agreement began; None where there is none.
    agreement_starts: date | None
    #: At the desk.
    today: date
    asked: tuple[Asked, ...]
    checklist: tuple[ChecklistItem, ...]
    declared: tuple[tuple[str, Fact], ...]
    #: The field that holds the own words; None when they stand outside the policy's fields.
    own_words: str | None
    asks_priority: bool
    offers_urgent: bool

    @property
    def standstill(self) -> Text | None:
        """What the chosen priority asks besides, unless a field of the form asks it."""
        name = effective_priority(self.answers, policy=self.policy)
        level = self.policy.file.priorities.levels.get(name) if self.asks_priority else None
        covered = any(name in each.levels for each in self.asked if each.when == "priority")
        return None if level is None or covered else level.asks

    @property
    def sent_fields(self) -> tuple[str, ...]:
        """The fields whose answers are sent: those that the decision asks."""
        return tuple(field.name for field in self.decision.fields)


def form_for(answers: Answers, *, desk: Desk, person_id: int, now: datetime) -> Form:
    """The form, by the desk's policy; one query. Raises FactsError when kind and product do not go together."""
    policy = current_policy(desk)
    kind = policy.file.kinds.get(answers.kind)
    levels = tuple(policy.file.priorities.levels)
    if kind is None or kind.topics is None:
        answers = replace(answers, topic="")
    asking = replace(answers, priority=effective_priority(answers, policy=policy) or levels[0])
    answer = preview(as_question(asking, policy=policy), desk=desk, person_id=person_id, now=now)
    facts = answer.facts
    decisions = {
        (level, urgent): decide(policy, _with(facts, policy, level, urgent=urgent), now)
        for level in levels
        for urgent in _URGENT
    }
    in_scope = kind is not None and kind.scope == "in"
    asks_priority = in_scope or any(_differ(decisions[level, urgent] for level in levels) for urgent in _URGENT)
    offers_urgent = any(_differ(decisions[level, urgent] for urgent in _URGENT) for level in levels)
    return _form(
        _relevant(answers, asks_priority=asks_priority, offers_urgent=offers_urgent),
        policy=policy,
        answer=answer,
        today=desk.day_of(now),
        decisions=decisions,
        asks_priority=asks_priority,
        offers_urgent=offers_urgent,
    )


def _with(facts: Facts, policy: Policy, level: str, *, urgent: bool) -> Facts:
    """The facts with another priority: the vendor's to set, or the asker's."""
    if policy.file.priorities.decided_by == "vendor":
        return replace(facts, wished_priority=level, urgent=urgent)
    return replace(facts, priority=level, urgent=urgent)


def _differ(decisions: Iterable[Decision]) -> bool:
    """Whether the asker would see a difference between these decisions."""
    seen = {
        (
            decision.destination,
            decision.channels,
            decision.channels_later,
            decision.fields,
            decision.checklist,
            decision.targets,
            decision.billing,
        )
        for decision in map(_without_dicts, decisions)
    }
    return len(seen) > 1


def _without_dicts(decision: Decision) -> Decision:
    """Billing's texts are dictionaries, which no set can hold; its rule names them."""
    if decision.billing is None:
        return decision
    return replace(decision, billing=replace(decision.billing, rate=None, fee=None))


def _relevant(answers: Answers, *, asks_priority: bool, offers_urgent: bool) -> Answers:
    if not asks_priority:
        answers = replace(answers, priority="", impact=(), standstill="")
    return answers if offers_urgent else replace(answers, urgent=False)


def _form(
    answers: Answers,
    *,
    policy: Policy,
    answer: Answer,
    today: date,
    decisions: Mapping[tuple[str, bool], Decision],
    asks_priority: bool,
    offers_urgent: bool,
) -> Form:
    chosen = effective_priority(answers, policy=policy) or next(iter(policy.file.priorities.levels))
    decision = decisions[chosen, answers.urgent]
    offered = {key: each for key, each in decisions.items() if offers_urgent or not key[1]}
    if not asks_priority:
        offered = {key: each for key, each in offered.items() if key[0] == chosen}
    asked = tuple(_asked(policy, decision, offered))
    items = {item.name: item for rule in policy.file.checklists for item in rule.items}
    checklist = tuple(items[name] for name in decision.checklist)
    names = {item.name for item in checklist}
    return Form(
        policy=policy,
        answers=replace(answers, checked=tuple(name for name in answers.checked if name in names)),
        facts=_with(answer.facts, policy, chosen, urgent=answers.urgent),
        decision=decision,
        agreement_starts=answer.agreement_starts,
        today=today,
        asked=asked,
        checklist=checklist,
        declared=tuple((name, fact) for name, fact in policy.file.facts.items() if fact.source == "form"),
        own_words=own_words_field(policy, (each.name for each in asked if each.when == "always")),
        asks_priority=asks_priority,
        offers_urgent=offers_urgent,
    )


def _asked(policy: Policy, decision: Decision, offered: Mapping[tuple[str, bool], Decision]) -> Iterable[Asked]:
    """Every field that any of the offered answers leads to, in the order of the file."""
    for name, field in policy.file.fields.items():
        asking = {key for key, each in offered.items() if any(one.name == name for one in each.fields)}
        if not asking:
            continue
        required = name in decision.required_fields
        levels = {level for level, _ in asking}
        if asking == offered.keys():
            yield Asked(name, field, required, "always")
        elif asking == {key for key in offered if key[1]}:
            yield Asked(name, field, required, "urgent")
        else:
            in_order = tuple(level for level in policy.file.priorities.levels if level in levels)
            yield Asked(name, field, required, "priority", in_order)
