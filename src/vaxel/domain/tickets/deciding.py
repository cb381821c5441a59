"""What a policy says about a question that has come already; pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from vaxel.rules.policy.by_mail import reason_while_missing
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide, may_be_handed
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.domain import UNDECIDED
from vaxel.rules.policy.facts import NONE, Facts, FactsError
from vaxel.rules.policy.given import default_priority, default_wish


def decide_meanwhile(policy: Policy, facts: Facts, now: datetime, *, handed_to: str = "") -> Decision:
    """The decision now, with the promises that hold in the hours of the channel that the question came by.

    A telephone that is closed this evening takes back nothing of what a call this morning was promised. What staff
    have handed over to a destination that the policy still has (`handed_to`) stays there. Raises FactsError.
    """
    if may_be_handed(policy, handed_to):
        return decide(policy, facts, now, handed_to=handed_to)
    decision = decide(policy, facts, now)
    opening = next((each.opens_at for each in decision.channels_later if each.channel == facts.channel), None)
    return decision if opening is None else replace(decision, targets=decide(policy, facts, opening).targets)


def carried_over(facts: Facts, policy: Policy) -> Facts:
    """The facts of an earlier version in the words of this one.

    What it asks nobody any more is left out, and a priority that it has not becomes its usual one. Kind and product
    of the question, the customer's plan and the channel stay: a policy that has them not does not know the question.
    """
    file = policy.file
    by_vendor = file.priorities.decided_by == "vendor"
    asked = {name: value for name, value in facts.declared.items() if _is_value(file.facts.get(name), value)}
    known = facts.priority in file.priorities.levels or (by_vendor and facts.priority == UNDECIDED)
    wished = facts.wished_priority if facts.wished_priority in file.priorities.levels else default_wish(policy)
    return replace(
        facts,
        products=facts.products & file.products.keys(),
        topic=facts.topic if facts.topic in file.topics else NONE,
        priority=facts.priority if known else default_priority(policy),
        wished_priority=wished if by_vendor else NONE,
        declared=asked,
    )


def asked_of_agents(policy: Policy) -> dict[str, Fact]:
    """The facts that an agent finds out while working, by name; the effort of small jobs is told in offers."""
    file = policy.file
    effort = None if file.small_jobs is None else file.small_jobs.effort
    return {name: fact for name, fact in file.facts.items() if fact.source == "agent" and name != effort}


def with_found(facts: Facts, found: Mapping[str, str | int | None], policy: Policy) -> Facts:
    """The facts with what an agent has found out; None for what is not known (any more). What cannot be is left out."""
    asked = asked_of_agents(policy)
    told = {name: value for name, value in found.items() if name in asked}
    known = {name: value for name, value in told.items() if value is not None and _is_value(asked[name], value)}
    kept = {name: value for name, value in facts.declared.items() if name not in told}
    return replace(facts, declared={**kept, **known})


def _is_value(fact: Fact | None, value: str | int) -> bool:
    if fact is None or fact.calendar is not None:
        return False
    if fact.number:
        low, high = fact.min or 0, fact.max
        return isinstance(value, int) and value >= low and (high is None or value <= high)
    return str(value) in (fact.values or ())


def knows(policy: Policy, facts: Facts, now: datetime) -> bool:
    """Whether the policy has an answer to facts that an earlier version knew."""
    try:
        decide(policy, facts, now)
    except FactsError:
        return False
    return True


def because_of_details(decision: Decision, *, policy: Policy) -> Decision:
    """The decision with what the terms say of the time until the missing details are there."""
    reason = reason_while_missing(policy)
    return decision if reason is None else replace(decision, because=(*decision.because, reason))
