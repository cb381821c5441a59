"""The proof and `decide` walk the same rules in two ways: they must never disagree."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.policy.small_policy import DESKS, SMALL, changed
from tests.rules.policy.wide_policy import wide_policy
from vaxel.rules.policy import Decision, Facts, FactsError, Policy, check, decide, read_policy
from vaxel.rules.policy.diagram import EMPTY, Diagram, Region
from vaxel.rules.policy.domain import YES_NO, Variable
from vaxel.rules.policy.regions import Regions, Walk, diagram_for

TUESDAY_AT_TEN = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)

INCIDENTS = """
[facts.incidents]
name = "Incidents"
from = "count"
number = true
counts = "tickets"
per = "quarter"
limits = { basic = 2, plus = 0 }
"""
EFFORT = """
[facts.effort]
name = "Effort"
from = "agent"
number = true
question = "How long?"
max = 600
"""
COUNTING = changed(
    ('when = { destination = "support" }\nkind = "included"', 'when = { incidents = "left" }\nkind = "included"'),
    added=INCIDENTS,
)
NUMBERS = changed(
    ('when = { destination = "support" }\nkind = "included"', 'when = { incidents = "left" }\nkind = "included"'),
    ('when = { plan = "plus" }', "when = { effort = { at_least = 30, below = 120 }, incidents = { above = 3 } }"),
    added=INCIDENTS + EFFORT,
)
POLICIES = {
    "small": SMALL,
    "numbers": NUMBERS,
    "kompass": (DESKS / "kompass.toml").read_text("utf-8"),
    "baver": (DESKS / "baver.toml").read_text("utf-8"),
    "wide": wide_policy(products=4, kinds=12),
}


class Proven:
    """A policy with its regions."""

    def __init__(self, text: str) -> None:
        self.policy: Policy = read_policy(text)
        self.diagram: Diagram = diagram_for([self.policy])
        self.regions: Regions = Walk(self.policy, self.diagram).whole()

    def names(self, regions: dict[str, Region], point: Region) -> set[str]:
        """The outcomes whose region holds the point."""
        return {name for name, region in regions.items() if self.diagram.both(region, point) != EMPTY}

    def point(self, facts: Facts) -> Region:
        vector = self.policy.encoder.encode(facts, dict.fromkeys(self.policy.calendar_facts, True))
        return self.diagram.where((place, 1 << index) for place, index in enumerate(vector))


PROVEN = {name: Proven(text) for name, text in POLICIES.items()}


def some_number(variable: Variable) -> st.SearchStrategy[int | str]:
    """A number near one of the cuts, where mistakes live, or the word that it is not known."""
    near = {max(0, cut + step) for cut in variable.cuts or () for step in (-1, 0, 1)} | {0}
    unknown = ["unknown"] if variable.values[-1] == "unknown" else []
    return st.sampled_from([*sorted(near), *unknown])


@st.composite
def questions(draw: st.DrawFn, policy: Policy) -> dict[str, Any]:
    """Facts of all values, possible together or not."""
    chosen: dict[str, Any] = {"products": [], "declared": {}}
    for variable in policy.domain.variables:
        if variable.name.endswith("(limit)") or variable.name == "owned":
            continue
        if variable.name.startswith("has "):
            if draw(st.booleans()):
                chosen["products"].append(variable.name.removeprefix("has "))
        elif variable.name in policy.file.facts:
            value = draw(some_number(variable) if variable.cuts is not None else st.sampled_from(variable.values))
            if value != "unknown":
                chosen["declared"][variable.name] = value
        elif variable.values == YES_NO:
            chosen[variable.name] = draw(st.booleans())
        else:
            chosen[variable.name] = draw(st.sampled_from(variable.values))
    return possible_more_often(chosen)


def possible_more_often(chosen: dict[str, Any]) -> dict[str, Any]:
    """Left to chance, most strangers would have a plan and be refused; what is left to refuse is still enough."""
    if chosen["standing"] == "stranger":
        chosen |= {"agreement": "none", "certificate": "none", "project": "none"}
    if chosen["standing"] == "contact" and chosen["agreement"] == "none":
        chosen["agreement"] = "active"
    if chosen["agreement"] == "none":
        chosen |= {"plan": "none", "products": []}
    return chosen


def as_facts(chosen: dict[str, Any]) -> Facts:
    words = {name.replace("-", "_"): value for name, value in chosen.items() if name != "products"}
    return Facts(products=frozenset(chosen["products"]), **words)


def outcomes_of(decision: Decision) -> dict[str, set[str]]:
    return {
        "arrives": {decision.destination},
        "belongs": {decision.belongs_to},
        "allowed": {*decision.channels, *(each.channel for each in decision.channels_later)},
        "billed": {decision.billing.kind if decision.billing is not None else "none"},
        "promised": {target.rule for target in decision.targets},
        "fields": {*decision.required_fields},
        "items": {*decision.checklist},
        "told": {notice.role for notice in decision.notify},
    }


def outcomes_proven(proven: Proven, point: Region) -> dict[str, set[str]]:
    regions = proven.regions
    silent = {rule.name for rule in proven.policy.file.targets if rule.promise == "none"}
    return {
        "arrives": proven.names(regions.arrives, point),
        "belongs": proven.names(regions.belongs, point),
        "allowed": proven.names(regions.allowed, point),
        "billed": proven.names(regions.billed, point),
        "promised": proven.names(regions.promised, point) - silent,
        "fields": {
            name.removesuffix(" required") for name in proven.names(regions.fields, point) if name.endswith(" required")
        },
        "items": proven.names(regions.items, point),
        "told": proven.names(regions.told, point),
    }


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=120, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_decide_agrees_with_the_proof(name: str, data: st.DataObject) -> None:
    proven = PROVEN[name]
    facts = as_facts(data.draw(questions(proven.policy)))
    try:
        decision = decide(proven.policy, facts, TUESDAY_AT_TEN)
    except FactsError:
        return
    assert outcomes_of(decision) == outcomes_proven(proven, proven.point(facts))


@pytest.mark.parametrize("text", [SMALL, COUNTING], ids=["small", "counting"])
def test_combinations_counted_are_those_that_decide_accepts(text: str) -> None:
    policy = read_policy(text)
    given = [each for each in policy.domain.variables if each.name != "owned" and not each.name.endswith("(limit)")]
    listed = product(*(each.values for each in given))
    names = [each.name for each in given]
    accepted = sum(accepts(policy, dict(zip(names, values, strict=True))) for values in listed)
    assert check(policy).combinations == accepted


def accepts(policy: Policy, values: dict[str, str]) -> bool:
    """Whether `decide` knows the combination; a number's interval stands for itself by its lowest number."""
    chosen: dict[str, Any] = {"products": [], "declared": {}}
    for name, value in values.items():
        if name.startswith("has "):
            chosen["products"] += [name.removeprefix("has ")] if value == "true" else []
        elif name in policy.file.facts:
            variable = policy.domain.variables[policy.domain.position[name]]
            chosen["declared"][name] = (0, *(variable.cuts or ()))[variable.values.index(value)]
        else:
            chosen[name] = value == "true" if name == "urgent" else value
    try:
        policy.encoder.encode(as_facts(chosen), {})
    except FactsError:
        return False
    return True


def test_large_policy_is_proven_whole() -> None:
    text = wide_policy()
    report = check(read_policy(text), text=text)
    assert [fault.told("wide") for fault in report.faults] == []
    assert report.combinations > 10**14
