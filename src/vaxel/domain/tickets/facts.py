"""From rows to the plain values that the policy decides on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.facts import CustomerFacts, customer_facts
from vaxel.domain.tickets.question import Question
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.facts import Facts


def facts_of_question(question: Question, *, desk: Desk, policy: Policy, person_id: int, now: datetime) -> Facts:
    """What the policy is asked with: all queries of the asking flow that concern the customer are here."""
    customer = customer_facts(
        person_id=person_id,
        desk_id=desk.pk,
        product=question.product,
        today=now.astimezone(ZoneInfo(desk.time_zone)).date(),
        grace_days=policy.file.certificates.grace_days if policy.file.certificates else 0,
    )
    return build_facts(question, policy=policy, customer=customer)


def build_facts(question: Question, *, policy: Policy, customer: CustomerFacts) -> Facts:
    """The facts of a question by a known customer; pure."""
    by_vendor = policy.file.priorities.decided_by == "vendor"
    wished = question.priority or "none"
    return Facts(
        standing=customer.standing,
        kind=question.kind,
        channel=question.channel,
        product=question.product or "none",
        certificate=customer.certificate,
        agreement=customer.agreement,
        plan=customer.plan or "none",
        products=customer.products,
        project=customer.project,
        topic=question.topic or "none",
        priority="undecided" if by_vendor else question.priority or policy.file.priorities.default or "none",
        wished_priority=wished if by_vendor else "none",
        urgent=question.urgent,
        declared={**customer.declared, **question.declared},
    )


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """For the ticket's column."""
    return {
        "standing": facts.standing,
        "kind": facts.kind,
        "channel": facts.channel,
        "product": facts.product,
        "certificate": facts.certificate,
        "agreement": facts.agreement,
        "plan": facts.plan,
        "products": sorted(facts.products),
        "project": facts.project,
        "topic": facts.topic,
        "priority": facts.priority,
        "wished_priority": facts.wished_priority,
        "urgent": facts.urgent,
        "declared": dict(facts.declared),
    }


def facts_from_json(stored: Mapping[str, Any]) -> Facts:
    """The facts as they were when the ticket was decided."""
    return Facts(**{**stored, "products": frozenset(stored["products"])})
