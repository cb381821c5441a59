"""What a trial has found, as plain frozen values that are stored with it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, get_args

from pydantic import TypeAdapter

from vaxel.rules.policy import Change, Fault, Report
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.faults import Words, place_of
from vaxel.rules.policy.replay import Replayed
from vaxel.rules.sentences import Sentence, say

F = TypeVar("F", "Proof", "Differences", "Replay")

#: What an earlier question would notice. A promise is gained or lost per clock; `time` is another one for the same.
Effect = Literal["undecided", "elsewhere", "lost", "gained", "time", "cost", "channels", "form", "told"]
#: In the order in which they matter.
EFFECTS: tuple[Effect, ...] = get_args(Effect)
#: Differences between the policies that are kept with the trial.
MOST_LISTED = 200
#: Faults that are kept with the trial. Whoever has more mends these first.
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultFound:
    """A fault with its place in words and in the file; `written` is the line as it stands there."""

    line: int | None
    place: str
    problem: Words
    allowed: tuple[Words, ...] = ()
    nearest: str | None = None
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the checker says. Without faults every combination of facts is proven and every example holds.

    `stopped` tells why the trial was given up before it was done: then nothing is proven. `ahead` tells what has not
    been looked at because of the faults, `more` how many faults are not listed.
    """

    combinations: int = 0
    examples: int = 0
    faults: tuple[FaultFound, ...] = ()
    notes: tuple[Words, ...] = ()
    stopped: Sentence | None = None
    ahead: Sentence | None = None
    more: int = 0

    @property
    def holds(self) -> bool:
        return not self.faults and self.stopped is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How the draft decides otherwise than the published policy; `more` are those that are not listed.

    `left` tells what customers and tickets have of names that go.
    """

    changes: tuple[Change, ...] = ()
    more: int = 0
    left: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedQuestion:
    """An earlier question that would be decided otherwise: its ticket's number, and where it would go.

    `problem` tells why the draft has no answer to it, as a part of a sentence; `after` is empty then.
    """

    number: int
    before: str
    after: str
    effects: tuple[Effect, ...]
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The earlier questions, decided again. Those that customers keep among themselves are counted, never named."""

    days: int
    passed: int = 0
    changed: int = 0
    #: Questions with each effect.
    effects: Mapping[Effect, int] = field(default_factory=dict)
    questions: tuple[ChangedQuestion, ...] = ()
    #: Changed questions that are with customers' own contacts.
    among_customers: int = 0
    #: Whether there were more questions than are decided again.
    cut: bool = False


class Stored(Generic[F]):
    """How one of these values is written into a row, and read back."""

    def __init__(self, kind: type[F]) -> None:
        self._kind: type[F] = kind

    def to_json(self, value: F) -> dict[str, Any]:
        plain: dict[str, Any] = self._adapter.dump_python(value, mode="json")
        return plain

    def from_json(self, plain: Mapping[str, Any] | None) -> F | None:
        """None where there is none yet."""
        if plain is None:
            return None
        return self._adapter.validate_python(plain)

    @cached_property
    def _adapter(self) -> TypeAdapter[F]:
        """Built when first needed: most processes store nothing."""
        return TypeAdapter(self._kind)


PROOF = Stored(Proof)
DIFFERENCES = Stored(Differences)
REPLAY = Stored(Replay)


def proof_of(report: Report, source: str) -> Proof:
    """The checker's report, for a row."""
    ahead = say("ahead.comparison") if report.faults else None
    found = refused(report.faults, source, ahead=ahead)
    return replace(found, combinations=report.combinations, examples=report.examples, notes=report.notes)


def refused(faults: tuple[Fault, ...], source: str, *, ahead: Sentence | None) -> Proof:
    """The first faults of a file, each with the line that it stands on."""
    lines = source.splitlines()
    found = tuple(
        FaultFound(
            line=fault.line,
            place=place_of(fault.path, fault.rule),
            problem=fault.problem,
            allowed=fault.allowed,
            nearest=fault.nearest,
            written=lines[fault.line - 1].strip()[:200] if fault.line and fault.line <= len(lines) else "",
        )
        for fault in faults[:MOST_FAULTS]
    )
    return Proof(faults=found, ahead=ahead, more=len(faults) - len(found))


def changed_question(number: int, replayed: Replayed) -> ChangedQuestion:
    """What one earlier question would notice."""
    after = replayed.after
    return ChangedQuestion(
        number=number,
        before=replayed.before.destination,
        after="" if after is None else after.destination,
        effects=("undecided",) if after is None else _effects(replayed.before, after, replayed.aspects),
        problem=replayed.problem,
    )


_EFFECT_OF: Mapping[str, Effect] = {
    "billing": "cost",
    "channels": "channels",
    "required fields": "form",
    "notify": "told",
}


def _effects(before: Decision, after: Decision, aspects: tuple[str, ...]) -> tuple[Effect, ...]:
    """The aspects that changed, with promises told apart: gained, lost, or another time for the same."""
    was, is_now = ({target.name for target in each.targets} for each in (before, after))
    effects: list[Effect] = ["elsewhere"] if "destination" in aspects else []
    if was - is_now:
        effects.append("lost")
    if is_now - was:
        effects.append("gained")
    if "targets" in aspects and was & is_now and _times(before, was & is_now) != _times(after, was & is_now):
        effects.append("time")
    return (*effects, *(_EFFECT_OF[aspect] for aspect in aspects if aspect in _EFFECT_OF))


def _times(decision: Decision, names: set[str]) -> set[tuple[object, ...]]:
    return {(target.name, target.due, target.promise) for target in decision.targets if target.name in names}
