"""Facts as people give them, in examples and on the command line: what is left out takes its usual value."""

from collections.abc import Mapping
from typing import Any, Final

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.domain import UNDECIDED
from vaxel.rules.policy.facts import NONE, Facts, FactsError
from vaxel.rules.policy.faults import nearest
from vaxel.rules.policy.versions import VERSION, value_of_version
from vaxel.rules.sentences import say

_WORDS: Final = (
    *("standing", "certificate", "agreement", "plan", "project", "product", "kind", "topic"),
    *("priority", "wished-priority", "channel"),
)


def facts_from(policy: Policy, given: Mapping[str, Any]) -> Facts:
    """The facts that `given` tells, by the names that conditions use. FactsError: what is wrong, and what is allowed.

    Left out: standing is contact; a contact's certificate is valid; the agreement is active for a contact and for
    whoever has a plan or a product; a desk's only product is covered; the product asked about is the only one that
    the kind and the agreement leave; the priority is the policy's default; the channel is the desk's first.
    A `version` that is given sets the facts that the policy sorts versions into.
    """
    words = {name: _word(name, given[name]) for name in _WORDS if name in given}
    kind = words.get("kind")
    if kind is None:
        raise FactsError(say("facts.which-kind"), allowed=policy.file.kinds)
    if kind not in policy.file.kinds:
        near = nearest(kind, policy.file.kinds)
        raise FactsError(say("facts.no-kind", value=kind), allowed=policy.file.kinds, nearest=near)
    standing = words.get("standing", "contact")
    plan = words.get("plan", NONE)
    agreement = words.get("agreement") or _agreement(standing, plan, given)
    products = _products(policy, given, agreement)
    return Facts(
        standing=standing,
        certificate=words.get("certificate", "valid" if standing == "contact" else NONE),
        agreement=agreement,
        plan=plan,
        products=products,
        project=words.get("project", NONE),
        product=words.get("product") or _product(policy, kind, products),
        kind=kind,
        topic=words.get("topic", NONE),
        priority=words.get("priority") or default_priority(policy),
        wished_priority=words.get("wished-priority") or default_wish(policy),
        urgent=_flag("urgent", given.get("urgent", False)),
        channel=words.get("channel", policy.file.desk.channels[0]),
        declared=_declared(policy, given),
    )


def _declared(policy: Policy, given: Mapping[str, Any]) -> dict[str, Any]:
    """The policy's own facts. `version` is none of them, but tells those that are sorted by it."""
    declared = {name: value for name, value in given.items() if name not in {*_WORDS, "urgent", "products"}}
    sorted_by_it = {name: fact for name, fact in policy.file.facts.items() if fact.source == "version"}
    if VERSION not in declared or VERSION in policy.file.facts or not sorted_by_it:
        return declared
    version = _word(VERSION, declared.pop(VERSION))
    return {name: value_of_version(fact, version) for name, fact in sorted_by_it.items()} | declared


def default_priority(policy: Policy) -> str:
    """The priority of a question whose asker says nothing about it."""
    if policy.file.priorities.decided_by == "vendor":
        return UNDECIDED
    return default_wish(policy)


def default_wish(policy: Policy) -> str:
    """The level that the form proposes: the policy's `default`, else "normal", else the lowest."""
    return policy.file.priorities.usual


def _agreement(standing: str, plan: str, given: Mapping[str, Any]) -> str:
    if standing == "stranger":
        return NONE
    return "active" if standing == "contact" or plan != NONE or given.get("products") else NONE


def _products(policy: Policy, given: Mapping[str, Any], agreement: str) -> frozenset[str]:
    if "products" not in given:
        only = len(policy.file.products) == 1 and agreement != NONE
        return frozenset(policy.file.products) if only else frozenset()
    value = given["products"]
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in names):
        raise FactsError(say("facts.products", value=repr(value)))
    return frozenset(names)


def _product(policy: Policy, kind: str, products: frozenset[str]) -> str:
    spec = policy.file.kinds[kind]
    about = spec.products or tuple(policy.file.products)
    covered = [product for product in about if product in products]
    if len(about) == 1:
        return about[0]
    if spec.without_product:
        return NONE
    if len(covered) == 1:
        return covered[0]
    raise FactsError(say("facts.which-product", kind=kind), allowed=about)


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise FactsError(say("facts.word", fact=name, value=repr(value)))
    return value


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FactsError(say("facts.flag", fact=name, value=repr(value)))
    return value
