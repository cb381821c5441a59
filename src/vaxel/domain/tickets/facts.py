"""From rows to the plain values that the policy decides on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.facts import CustomerFacts, customer_facts
from vaxel.domain.tickets.counts import counted_facts
from vaxel.domain.tickets.question import Question
from vaxel.rules.policy import Facts, Policy, default_priority, default_wish, value_of_version


def asker_and_facts(
    question: Question, *, desk: Desk, policy: Policy, person_id: int, now: datetime
) -> tuple[CustomerFacts, Facts]:
    """Who asks, and what the policy is asked with: all queries of the asking flow that concern the customer.

    Raises Person.DoesNotExist for somebody who is not an active person of an active organisation at the desk.
    """
    customer = customer_facts(
        person_id=person_id,
        desk_id=desk.pk,
        product=question.product,
        today=desk.day_of(now),
        certificates=policy.file.certificates,
    )
    counted = counted_facts(
        policy,
        desk=desk,
        organisation_id=customer.organisation_id,
        agreement_starts=customer.agreement_starts,
        now=now,
    )
    return customer, build_facts(question, policy=policy, customer=customer, counted=counted)


def build_facts(
    question: Question, *, policy: Policy, customer: CustomerFacts, counted: Mapping[str, int] | None = None
) -> Facts:
    """The facts of a question by a known customer; pure.

    A value that the form gives counts only for a fact that the policy asks the form for: nobody can claim an
    add-on or a quota by sending its name (trust 45).
    """
    customer = _as_known(customer, policy)
    by_vendor = policy.file.priorities.decided_by == "vendor"
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
        priority=default_priority(policy) if by_vendor or not question.priority else question.priority,
        wished_priority=(question.priority or default_wish(policy)) if by_vendor else "none",
        urgent=question.urgent,
        declared={
            **_kept(customer, policy),
            **facts_of_form(question.fields, question.declared, policy=policy),
            **(counted or {}),
        },
    )


def _as_known(customer: CustomerFacts, policy: Policy) -> CustomerFacts:
    """The customer in the words of this policy: products that it has not are none, and an agreement on a plan that it
    has not gives nothing.
    """
    if customer.plan and customer.plan not in policy.file.plans:
        return replace(customer, standing="user", agreement="none", plan="", products=frozenset(), declared={})
    return replace(customer, products=customer.products.intersection(policy.file.products))


def _kept(customer: CustomerFacts, policy: Policy) -> dict[str, str | int]:
    """Values that stand in the agreement: those of facts that come from there, and counts that staff keep."""
    sources = {"agreement", "organisation", "person", "count"}
    known = {name for name, fact in policy.file.facts.items() if fact.source in sources}
    return {name: value for name, value in customer.declared.items() if name in known}


def facts_of_form(
    answers: Mapping[str, Any], declared: Mapping[str, str | int], *, policy: Policy
) -> dict[str, str | int]:
    """What the form's answers and its questions about facts tell: nothing that the policy asks elsewhere (trust 45)."""
    version = next((answers.get(name) for name, field in policy.file.fields.items() if field.type == "version"), None)
    facts = policy.file.facts.items()
    return {
        **{name: value_of_version(fact, version) for name, fact in facts if fact.source == "version"},
        **{name: declared[name] for name, fact in facts if fact.source == "form" and name in declared},
    }


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
