"""Which quota a question would draw on if there were anything left of it."""

from dataclasses import replace
from datetime import datetime

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.facts import Facts


def used_up(policy: Policy, facts: Facts, now: datetime) -> str | None:
    """The counted fact that has nothing left for a question that draws on it otherwise; None where none has.

    The question is decided again as if nothing of the quota were used: what it draws on then is what is missing now.
    """
    for name, fact in policy.file.facts.items():
        limit = (fact.limits or {}).get(facts.plan)
        counted = facts.declared.get(name)
        if limit is None or not isinstance(counted, int) or counted < limit:
            continue
        billing = decide(policy, replace(facts, declared={**facts.declared, name: 0}), now).billing
        if limit > 0 and billing is not None and billing.draws == name:
            return name
    return None
