"""Trying a draft: the proof, what differs from the published policy, and the questions of the last ninety days.

A trial takes seconds on a large desk, so it is the worker's, and its proof a child's with limits (`prover`). It may run
twice without harm: it begins anew, and ends by itself when the draft has other words or is gone.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.desks.policies import PolicyRefusedError, policy_of, policy_version
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
    changed_question,
)
from vaxel.domain.publishing.left_behind import left_behind
from vaxel.domain.publishing.models import PolicyTrial
from vaxel.domain.publishing.prover import Limits, prove
from vaxel.domain.publishing.publish import require_publishable
from vaxel.domain.tickets.deciding import carried_over
from vaxel.domain.tickets.history import Decided, count_decided, decided_questions
from vaxel.rules.policy import (
    Decision,
    Facts,
    FactsError,
    Policy,
    Replayed,
    UndecidedError,
    decide,
    replay,
)

#: How far back questions are decided again.
DAYS: Final = 90
#: Of more questions the newest: a desk with a thousand questions a week is looked at for twenty weeks.
MOST_QUESTIONS: Final = 20_000
#: Of each sort of changed questions the newest are kept with the trial.
_MOST_ALIKE: Final = 40
_TELL_EVERY: Final = 250
LIMITS: Final = Limits()
#: Seconds for deciding earlier questions again; those that are left then are told to be.
_REPLAY_SECONDS: Final = 120.0

State = PolicyTrial.State
Clock = Callable[[], datetime]


class _OvertakenError(Exception):
    """The draft has other words by now: nobody waits for this any more."""


def run_trial(*, trial_id: int, clock: Clock, limits: Limits = LIMITS) -> None:
    """Find out everything about one revision of a draft; progress is written as it is made."""
    trial = PolicyTrial.unscoped.select_related("desk", "draft", "against").filter(pk=trial_id).first()
    if trial is None or trial.state == State.DONE:
        return
    try:
        _tell(trial, state=State.RUNNING, passed=0)
        _try(trial, clock=clock, limits=limits)
    except _OvertakenError:
        return
    except Exception:
        PolicyTrial.unscoped.filter(pk=trial.pk).update(state=State.FAILED, ended_at=clock())
        raise


def _try(trial: PolicyTrial, *, clock: Clock, limits: Limits) -> None:
    source = trial.draft.source
    proven = prove(draft=source, published=trial.against.source, limits=limits)
    proof = proven.proof or Proof()
    if proven.stopped is not None:
        _tell(
            trial,
            state=State.FAILED,
            ended_at=clock(),
            proof=PROOF.to_json(replace(proof, stopped=proven.stopped)),
        )
        return
    if proof.holds:
        proof = _publishable(trial, proof, now=clock())
    _tell(trial, proof=PROOF.to_json(proof))
    if proven.differences is not None:
        published, draft = policy_version(trial.against_id), policy_of(source)
        left = left_behind(trial.desk, published.file, draft.file, now=clock())
        _tell(trial, differences=DIFFERENCES.to_json(replace(proven.differences, left=left)))
        found = _replayed(trial, published=published, draft=draft, now=clock())
        _tell(trial, replay=REPLAY.to_json(found), passed=found.passed)
    _tell(trial, state=State.DONE, ended_at=clock())


def _publishable(trial: PolicyTrial, proof: Proof, *, now: datetime) -> Proof:
    """The proof, with what would be refused when the draft is published: better told now than at the press."""
    try:
        published = policy_version(trial.against_id)
        require_publishable(trial.desk, trial.draft.source, published=published, now=now)
    except PolicyRefusedError as refused:
        return replace(proof, faults=(FaultFound(line=None, place="", problem=refused.sentence),))
    return proof


def _tell(trial: PolicyTrial, **columns: object) -> None:
    """Write what is known. Raises _OvertakenError when the draft has gone on meanwhile."""
    current = PolicyTrial.unscoped.filter(pk=trial.pk, draft__revision=trial.revision)
    if not current.update(**columns):
        raise _OvertakenError


def _replayed(trial: PolicyTrial, *, published: Policy, draft: Policy, now: datetime) -> Replay:
    """The earlier questions by the draft, compared with what the published policy says of them today, newest first."""
    since = now - timedelta(days=DAYS)
    count = count_decided(trial.desk, since=since)
    _tell(trial, total=min(count, MOST_QUESTIONS))
    among_customers: set[str] = set()
    found = _Found()
    history = _InTime(decided_questions(trial.desk, since=since, most=MOST_QUESTIONS), seconds=_REPLAY_SECONDS)
    for change in replay(_again(history, trial, published, draft, among_customers), draft):
        found.add(change, is_ours=change.reference not in among_customers)
    return found.summed_up(passed=history.passed, cut=count > history.passed)


class _InTime:
    """The questions, newest first, until the time is over; knows how many have passed."""

    def __init__(self, questions: Iterable[Decided], *, seconds: float) -> None:
        self._questions = questions
        self._until = time.monotonic() + seconds
        self.passed = 0

    def __iter__(self) -> Iterator[Decided]:
        for question in self._questions:
            if time.monotonic() > self._until:
                return
            yield question
            self.passed += 1


def _again(
    history: Iterable[Decided], trial: PolicyTrial, published: Policy, draft: Policy, among_customers: set[str]
) -> Iterator[tuple[str, Facts, Decision, datetime]]:
    """Each question as `replay` takes it; on the way the progress is told, and customers' own are remembered."""
    for passed, question in enumerate(history):
        if passed % _TELL_EVERY == 0:
            _tell(trial, passed=passed)
        if question.is_first_line:
            among_customers.add(str(question.number))
        before = _by(published, question)
        yield str(question.number), carried_over(question.facts, draft), before, question.at


def _by(published: Policy, question: Decided) -> Decision:
    """What the published policy says today; where it does not know the question any more, what was said then."""
    try:
        return decide(published, carried_over(question.facts, published), question.at)
    except (FactsError, UndecidedError):
        return question.decision


class _Found:
    """Sums up what would change."""

    def __init__(self) -> None:
        self._effects = Counter[Effect]()
        #: By what they would notice most: a thousand new times shall not hide the three that go elsewhere.
        self._listed: dict[Effect, list[ChangedQuestion]] = {effect: [] for effect in EFFECTS}
        self._changed = 0
        self._among_customers = 0

    def add(self, change: Replayed, *, is_ours: bool) -> None:
        question = changed_question(int(change.reference), change)
        self._changed += 1
        self._effects.update(question.effects)
        if not is_ours:
            self._among_customers += 1
        elif len(self._listed[question.effects[0]]) < _MOST_ALIKE:
            self._listed[question.effects[0]].append(question)

    def summed_up(self, *, passed: int, cut: bool) -> Replay:
        return Replay(
            days=DAYS,
            passed=passed,
            changed=self._changed,
            effects=dict(self._effects),
            questions=tuple(question for alike in self._listed.values() for question in alike),
            among_customers=self._among_customers,
            cut=cut,
        )
