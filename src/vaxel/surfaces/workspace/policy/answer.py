"""A decision as its reader meets it, wherever the policy is asked: examples, trying, what would change it."""

from dataclasses import dataclass
from datetime import datetime

from vaxel.rules.policy import Decision
from vaxel.surfaces.ui import moments
from vaxel.surfaces.ui.shapes import Moment, Reason
from vaxel.surfaces.workspace.policy.promises import time_in_words
from vaxel.surfaces.workspace.policy.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade:
    """What is promised for this question, by when."""

    clock: str
    is_goal: bool
    how: str
    due: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`belongs_to` is empty unless the asker was sent elsewhere than the question belongs."""

    destination: str
    belongs_to: str
    has_ticket: bool
    promises: tuple[PromiseMade, ...]
    channels: tuple[str, ...]
    later: tuple[tuple[str, Moment], ...]
    usable: bool
    cost: str
    waits_for_yes: bool
    required: tuple[str, ...]
    optional: tuple[str, ...]
    checklist: tuple[str, ...]
    told: tuple[str, ...]
    because: tuple[Reason, ...]


def answer_of(decision: Decision, words: Words, *, at: datetime) -> Answer:
    """The decision about a question of the instant `at`."""
    billing = decision.billing
    return Answer(
        destination=words.destination(decision.destination),
        belongs_to="" if decision.granted else words.destination(decision.belongs_to),
        has_ticket=decision.ticket,
        promises=tuple(
            PromiseMade(
                clock=words.value("clock", target.name),
                is_goal=target.promise == "goal",
                how=time_in_words(target.spec, language=words.language),
                due=_seen_from(at, target.due, words),
            )
            for target in decision.targets
        ),
        channels=tuple(words.value("channel", each) for each in decision.channels),
        later=tuple(
            (words.value("channel", each.channel), _seen_from(at, each.opens_at, words))
            for each in decision.channels_later
        ),
        usable=decision.usable,
        cost="" if billing is None else words.value("billing", billing.kind),
        waits_for_yes=billing is not None and billing.confirm,
        required=tuple(words.value("field", name) for name in decision.required_fields),
        optional=tuple(words.value("field", name) for name in decision.optional_fields),
        checklist=tuple(words.value("checklist", name) for name in decision.checklist),
        told=tuple(words.value("role", each.role) for each in decision.notify),
        because=tuple(
            Reason(text=reason.text.get(words.texts_language, ""), rule=reason.rule) for reason in decision.because
        ),
    )


def _seen_from(at: datetime, due: datetime, words: Words) -> Moment:
    """An instant in full: the question is not asked now, so neither "today" nor "in two hours" would be true."""
    exact = moments.exact(due, now=words.now, zone=words.zone, language=words.language)
    return Moment(iso=due.astimezone(words.zone).isoformat(timespec="minutes"), exact=exact)
