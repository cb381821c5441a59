"""What a policy says about a question that has come already; pure."""

from dataclasses import replace
from datetime import datetime

from vaxel.rules.policy.by_mail import reason_while_missing
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import Facts, FactsError


def decide_meanwhile(policy: Policy, facts: Facts, now: datetime) -> Decision:
    """The decision now, with the promises that hold in the hours of the channel that the question came by.

    A telephone that is closed this evening takes back nothing of what a call this morning was promised.
    Raises FactsError.
    """
    decision = decide(policy, facts, now)
    opening = next((each.opens_at for each in decision.channels_later if each.channel == facts.channel), None)
    return decision if opening is None else replace(decision, targets=decide(policy, facts, opening).targets)


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
