"""Small jobs that are agreed before they are done (A14): whether the terms know such a job, and of what size.

There is no limit of its own: the estimate is a fact like others, and the rules say where a question of that size
belongs. A job that they send elsewhere is no small job any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import Facts, FactsError
from vaxel.rules.policy.faults import FaultList, Path
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, say

_WORKED_AT: Final = ("team", "role")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the terms say of a job on a question: `problem` is empty when it may be offered there.

    `decision` is the question's with the estimate known; None when the terms know no small jobs, or no such number.
    """

    problem: Literal["", "none-here", "no-such-number", "elsewhere", "no-charge"]
    decision: Decision | None = None
    #: The facts with the estimate among them.
    facts: Facts | None = None


def judge_job(policy: Policy, facts: Facts, *, minutes: int, now: datetime) -> Judged:
    """Whether work of at most `minutes` on the question may be offered as a small job."""
    terms = policy.file.small_jobs
    if terms is None:
        return Judged("none-here")
    estimated = replace(facts, declared={**facts.declared, terms.effort: minutes})
    try:
        decision = decide(policy, estimated, now)
    except FactsError:
        return Judged("no-such-number")
    if decision.destination not in terms.at:
        return Judged("elsewhere", decision, estimated)
    if decision.billing is None or not decision.billing.confirm:
        return Judged("no-charge", decision, estimated)
    return Judged("", decision, estimated)


def judge_any_job(policy: Policy, facts: Facts, *, now: datetime) -> Judged:
    """The smallest size of work that may be offered on the question; where none may, what is said of the smallest.

    The rules tell sizes apart at a few numbers, so one size between each two of them stands for all.
    """
    terms = policy.file.small_jobs
    if terms is None:
        return Judged("none-here")
    least = max(1, policy.file.facts[terms.effort].min or 0)
    cuts = policy.domain.variables[policy.domain.position[terms.effort]].cuts or ()
    smallest = judge_job(policy, facts, minutes=least, now=now)
    if not smallest.problem:
        return smallest
    larger = (judge_job(policy, facts, minutes=cut, now=now) for cut in cuts if cut > least)
    return next((each for each in larger if not each.problem), smallest)


def check_small_jobs(file: PolicyFile, faults: FaultList) -> None:
    """Collect the faults of `[small_jobs]`: the fact is an agent's number, places and roles exist."""
    terms = file.small_jobs
    if terms is None:
        return
    numbers = [name for name, fact in file.facts.items() if fact.source == "agent" and fact.number]
    if terms.effort not in numbers:
        faults.add_unknown(("small_jobs", "effort"), terms.effort, say("known.agents-number"), allowed=numbers)
    places = [name for name, place in file.destinations.items() if place.type in _WORKED_AT]
    _all_among(terms.at, places, ("small_jobs", "at"), say("known.workplace"), faults)
    _all_among(terms.notify, file.roles, ("small_jobs", "notify"), say("known.role"), faults)


def _all_among(names: Iterable[str], known: Iterable[str], path: Path, what: Sentence, faults: FaultList) -> None:
    for name in names:
        if name not in known:
            faults.add_unknown(path, name, what, allowed=known)
