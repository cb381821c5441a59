"""What trying a draft has shown, for its page: the proof, the differences, and the questions decided again."""

from dataclasses import dataclass
from datetime import datetime

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from vaxel.domain.desks.policies import policy_of, policy_version
from vaxel.domain.publishing.drafts import is_lost
from vaxel.domain.publishing.findings import (
    DIFFERENCES,
    EFFECTS,
    PROOF,
    REPLAY,
    ChangedQuestion,
    Effect,
    FaultFound,
    Proof,
    Replay,
)
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.domain.publishing.queries import DraftSeen
from vaxel.rules.policy import Policy, PolicyFaultsError, examples_dropped
from vaxel.rules.policy.faults import in_language
from vaxel.rules.sentences import say
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.policy.differences import DifferenceShown, EntryShown, differences, entries
from vaxel.surfaces.workspace.policy.words import Words

State = PolicyTrial.State


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """An earlier question that would be decided otherwise; `after` is empty when it goes to the same place."""

    name: str
    url: str
    before: str
    after: str
    effects: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayShown:
    passed: str
    changed: str
    effects: tuple[tuple[str, str], ...]
    questions: tuple[QuestionShown, ...]
    among_customers: int
    more: int
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultShown:
    """A fault in the reader's language; `written` is the line as it stands in the file."""

    line: int | None
    place: str
    problem: str
    nearest: str
    allowed: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialShown:
    """`may_publish`: proven against what is published now, and replayed.

    `stopped` tells why a trial was given up; `dropped` what it means that examples of the published policy are gone.
    """

    state: str
    is_under_way: bool
    is_lost: bool
    has_failed: bool
    stopped: str
    dropped: str
    is_overtaken: bool
    against: int
    passed: int
    total: int
    proof: Proof | None
    combinations: str
    faults: tuple[FaultShown, ...]
    ahead: str
    notes: tuple[str, ...]
    differences: tuple[DifferenceShown, ...] | None
    more_differences: int
    entries: tuple[EntryShown, ...]
    left: tuple[str, ...]
    replay: ReplayShown | None
    may_publish: bool


def state_of(seen: DraftSeen, *, published_id: int, now: datetime) -> str:
    """How far a draft has come, in a few words."""
    trial = seen.trial
    if trial is None:
        return _("Not tried")
    if trial.state == State.FAILED:
        return _("Trying it failed")
    if trial.state in {State.WAITING, State.RUNNING}:
        return _("Not tried to the end") if is_lost(trial, now=now) else _("Being tried")
    proof = PROOF.from_json(trial.proof)
    if proof is not None and proof.faults:
        return _("Has faults")
    return _("Ready to publish") if trial.against_id == published_id else _("Tried against an earlier version")


def trial_shown(seen: DraftSeen, place: StaffPlace, *, labels: Labels, published_id: int) -> TrialShown | None:
    """Everything that is known by now; None before anything is asked for."""
    trial = seen.trial
    if trial is None:
        return None
    proof = PROOF.from_json(trial.proof)
    found = DIFFERENCES.from_json(trial.differences)
    # There are differences of a draft that the prover's child has read within its limits, and of no other.
    policy = _policy(seen.draft.source) if found is not None else None
    shown, dropped = None, None
    written: tuple[EntryShown, ...] = ()
    if found is not None and policy is not None:
        earlier = policy_version(trial.against_id)
        shown = differences(found.changes, old=Words(earlier, labels), new=Words(policy, labels))
        written = entries(earlier.file, policy.file)
        dropped = examples_dropped(earlier.file, policy.file)
    is_today, lost = trial.against_id == published_id, is_lost(trial, now=place.now)
    stopped = proof.stopped if proof is not None and trial.state == State.FAILED else None
    return TrialShown(
        state=state_of(seen, published_id=published_id, now=place.now),
        is_under_way=trial.state in {State.WAITING, State.RUNNING} and not lost,
        is_lost=lost,
        has_failed=trial.state == State.FAILED,
        stopped="" if stopped is None else stopped.in_(labels.language),
        dropped="" if dropped is None else dropped.in_(labels.language),
        is_overtaken=not is_today and seen.draft.published_id is None,
        against=trial.against.number,
        passed=trial.passed,
        total=trial.total,
        proof=proof,
        combinations=format_decimal(proof.combinations, locale=labels.language) if proof is not None else "",
        faults=() if proof is None else tuple(_fault(each, language=labels.language) for each in proof.faults),
        ahead="" if proof is None or proof.ahead is None else proof.ahead.in_(labels.language),
        notes=() if proof is None else tuple(in_language(each, labels.language) for each in proof.notes),
        differences=shown,
        more_differences=0 if found is None else found.more,
        entries=written,
        left=() if found is None else tuple(each.in_(labels.language) for each in found.left),
        replay=_replay(REPLAY.from_json(trial.replay), place, labels=labels, policy=policy),
        may_publish=trial.state == State.DONE and is_today and proof is not None and proof.holds,
    )


def _fault(found: FaultFound, *, language: str) -> FaultShown:
    return FaultShown(
        line=found.line,
        place=found.place,
        problem=in_language(found.problem, language),
        nearest=say("fault.nearest", near=found.nearest).in_(language) if found.nearest else "",
        allowed=say("fault.allowed", names=found.allowed).in_(language) if found.allowed else "",
        written=found.written,
    )


def _policy(source: str) -> Policy | None:
    try:
        return policy_of(source)
    except PolicyFaultsError:
        return None


def _replay(replay: Replay | None, place: StaffPlace, *, labels: Labels, policy: Policy | None) -> ReplayShown | None:
    if replay is None or policy is None:
        return None
    words = Words(policy, labels)
    names = effect_names()

    def number(count: int) -> str:
        return format_decimal(count, locale=labels.language)

    return ReplayShown(
        passed=number(replay.passed),
        changed=number(replay.changed),
        effects=tuple((names[each], number(replay.effects[each])) for each in EFFECTS if replay.effects.get(each)),
        questions=tuple(_question(each, place, labels=labels, words=words) for each in replay.questions),
        among_customers=replay.among_customers,
        more=replay.changed - replay.among_customers - len(replay.questions),
        cut=replay.cut,
    )


def _question(question: ChangedQuestion, place: StaffPlace, *, labels: Labels, words: Words) -> QuestionShown:
    name, names = ticket_name(place.desk, question.number), effect_names()
    return QuestionShown(
        name=name,
        url=workspace_url("ticket", place, name=name),
        before=labels.names.destinations.get(question.before, question.before),
        after=words.destination(question.after) if question.after not in ("", question.before) else "",
        effects=tuple(names[effect] for effect in question.effects),
        problem="" if question.problem is None else question.problem.whole().in_(labels.language),
    )


def effect_names() -> dict[Effect, str]:
    return {
        "elsewhere": _("goes elsewhere"),
        "lost": _("loses a promise"),
        "gained": _("gains a promise"),
        "time": _("another time for the promise"),
        "cost": _("another cost"),
        "channels": _("other ways in"),
        "form": _("another form"),
        "told": _("others are told"),
        "undecided": _("has no answer"),
    }
