"""The whole policy decided at once: for every rule and outcome, the region of fact combinations that it decides.

It follows `decide` step by step, with regions in the place of one question's facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from vaxel.rules.policy.compiled import GRANTED, NO_BILLING, REFUSED, Policy, Ready, Sections
from vaxel.rules.policy.conditions import Alternative, Condition
from vaxel.rules.policy.diagram import ALL, EMPTY, Diagram, Region
from vaxel.rules.policy.domain import (
    LEFT,
    USED_UP,
    YES_NO,
    Domain,
    Test,
    Variable,
    has,
    says_covered,
    says_used_up,
    state_of,
)
from vaxel.rules.policy.rulebook import Rule
from vaxel.rules.sentences import Sentence, say

R = TypeVar("R", bound=Rule)


@dataclass(slots=True)
class Hit:
    """One rule at one place: where its condition holds, which questions come there, and which of them it decides."""

    section: str
    index: int
    name: str
    holds: Region
    among: Region
    decides: Region


@dataclass(slots=True)
class Regions:
    """Every outcome of one policy as a region of its domain."""

    possible: Region
    hits: list[Hit] = field(default_factory=list)
    unrouted: Region = EMPTY
    circling: Region = EMPTY
    belongs: dict[str, Region] = field(default_factory=dict)
    arrives: dict[str, Region] = field(default_factory=dict)
    granted: Region = EMPTY
    let_in: dict[str, Region] = field(default_factory=dict)
    allowed: dict[str, Region] = field(default_factory=dict)
    usable: Region = EMPTY
    unbilled: Region = EMPTY
    billed: dict[str, Region] = field(default_factory=dict)
    promised: dict[str, Region] = field(default_factory=dict)
    fields: dict[str, Region] = field(default_factory=dict)
    items: dict[str, Region] = field(default_factory=dict)
    told: dict[str, Region] = field(default_factory=dict)


def diagram_for(policies: Sequence[Policy], *, most: int | None = None) -> Diagram:
    """A diagram whose classes tell apart what the policies tell apart; they share the variables of one domain."""
    variables = policies[0].domain.variables
    used: dict[int, set[int]] = {place: set() for place in range(len(variables))}
    for policy in policies:
        for place, mask in (*_told_apart_by_rules(policy), *_told_apart_by_the_world(policy.domain)):
            if place in used:
                used[place].add(mask)
    return Diagram(variables, used, most=most)


def _told_apart_by_rules(policy: Policy) -> Iterator[Test]:
    for _, rule in all_rules(policy.sections):
        for alternative in rule.condition:
            yield from alternative


def all_rules(sections: Sections) -> Iterator[tuple[str, Ready[Rule]]]:
    """Every rule with the name of its section."""
    for section in sections.__slots__:
        for rule in getattr(sections, section):
            yield section, rule


def _told_apart_by_the_world(domain: Domain) -> Iterator[Test]:
    """What the links and the language's own guards test, whether or not a rule does."""
    for link in domain.links:
        yield from (link.when, link.then)
    for name in ("product", "channel", "plan", "standing", "agreement", "owned"):
        place = domain.position[name]
        for index in range(len(domain.variables[place].values)):
            yield place, 1 << index
    for variable in domain.variables:
        place = domain.position[variable.name]
        if says_used_up(variable.name) or says_covered(variable.name):
            yield place, 1
        for index in range(len(variable.cuts or ())):
            yield place, 1 << index


class Walk:
    """One policy on its way through the sections."""

    def __init__(self, policy: Policy, diagram: Diagram) -> None:
        self._policy = policy
        self._diagram = diagram
        self._results: dict[int, dict[int, Region]] = {}
        self._ordered: dict[tuple[str | int, ...], list[tuple[Ready[Any], Region, Region]]] = {}
        self._regions = Regions(possible=possible_region(policy, diagram))

    def whole(self) -> Regions:
        """Follow every question to its decision."""
        self._route()
        self._admit()
        self._channels()
        self._forms()
        self._billing()
        self._targets()
        self._notify()
        return self._regions

    def _condition(self, condition: Condition) -> Region:
        return self._diagram.any_of(self._alternative(alternative) for alternative in condition)

    def _alternative(self, alternative: Alternative) -> Region:
        facts = len(self._policy.domain.variables)
        region = self._diagram.where(test for test in alternative if test[0] < facts)
        for place, mask in alternative:
            if place >= facts:
                passing = (each for index, each in self._results[place].items() if mask >> index & 1)
                region = self._diagram.both(region, self._diagram.any_of(passing))
        return region

    def _first_of(self, section: str, rules: Iterable[Ready[R]], among: Region) -> Iterator[tuple[Ready[R], Region]]:
        """Each rule with the region it decides: where it matches and no rule before it did."""
        for each, holds, first in self._in_order(section, tuple(rules)):
            decides = self._diagram.both(first, among)
            self._regions.hits.append(Hit(section, each.index, each.rule.name, holds, among, decides))
            yield each, decides

    def _in_order(self, section: str, rules: tuple[Ready[R], ...]) -> list[tuple[Ready[R], Region, Region]]:
        """Each rule with the region where it holds, and the region where no rule before it does.

        Kept, because several destinations share their rules, and both are small before they are cut with the
        region of those who come to one destination.
        """
        key: tuple[str | int, ...] = (section, *(each.index for each in rules))
        if key not in self._ordered:
            diagram, rest = self._diagram, self._regions.possible
            ordered: list[tuple[Ready[Any], Region, Region]] = []
            for each in rules:
                holds = self._condition(each.condition)
                ordered.append((each, holds, diagram.both(holds, rest)))
                rest = diagram.without(rest, holds)
            self._ordered[key] = ordered
        return self._ordered[key]

    def _route(self) -> None:
        regions, diagram = self._regions, self._diagram
        regions.belongs = dict.fromkeys(self._policy.file.destinations, EMPTY)
        rest = regions.possible
        for route, decides in self._first_of("routes", self._policy.sections.routes, regions.possible):
            regions.belongs[route.rule.to] = diagram.either(regions.belongs[route.rule.to], decides)
            rest = diagram.without(rest, decides)
        regions.unrouted = rest

    def _admit(self) -> None:
        """Send everybody on until all are where they may be; what still moves after all rounds goes in circles."""
        regions, diagram = self._regions, self._diagram
        names = tuple(self._policy.file.destinations)
        regions.arrives = dict.fromkeys(names, EMPTY)
        regions.let_in = dict.fromkeys(names, EMPTY)
        waiting = dict(regions.belongs)
        first_round = True
        for _ in names:
            onward = dict.fromkeys(names, EMPTY)
            for name in names:
                stays = self._stay(name, waiting[name], onward)
                regions.arrives[name] = diagram.either(regions.arrives[name], stays)
                if first_round:
                    regions.granted = diagram.either(regions.granted, stays)
            waiting, first_round = onward, False
        regions.circling = diagram.any_of(waiting.values())
        self._know_results()

    def _stay(self, name: str, coming: Region, onward: dict[str, Region]) -> Region:
        """Of those who come to a destination: who stays. The others are added where they go on to."""
        diagram, file = self._diagram, self._policy.file
        destination = file.destinations[name]
        if destination.type == "contact-details" or coming == EMPTY:
            return coming
        strangers = diagram.where([self._policy.domain.test("standing", "stranger")])
        rest = self._send(coming, strangers, file.desk.strangers.destination, onward)
        stays = EMPTY
        otherwise = destination.otherwise.destination if destination.otherwise is not None else None
        rules = [each for each in self._policy.sections.access if name in each.rule.to]
        for access, decides in self._first_of("access", rules, rest):
            if access.rule.allow:
                stays = diagram.either(stays, decides)
            else:
                self._send(decides, ALL, access.rule.instead or otherwise or name, onward)
            rest = diagram.without(rest, decides)
        self._regions.let_in[name] = diagram.either(self._regions.let_in[name], stays)
        if destination.type != "team":
            return diagram.either(stays, rest)
        self._send(rest, ALL, otherwise or name, onward)
        return stays

    def _send(self, coming: Region, who: Region, to: str, onward: dict[str, Region]) -> Region:
        """Send part of the region on to another destination; give back the rest."""
        leaving = self._diagram.both(coming, who)
        onward[to] = self._diagram.either(onward[to], leaving)
        return self._diagram.without(coming, leaving)

    def _know_results(self) -> None:
        """From here on, conditions may ask about the destination and the access."""
        policy, regions = self._policy, self._regions
        refused = self._diagram.without(regions.possible, regions.granted)
        self._results[policy.destination_place] = {
            index: regions.arrives[name] for name, index in policy.destination_index.items()
        }
        self._results[policy.access_place] = {
            index: {GRANTED: regions.granted, REFUSED: refused}[name] for index, name in enumerate((GRANTED, REFUSED))
        }

    def _with_ticket(self, *, at_vendor: bool) -> Region:
        destinations = self._policy.file.destinations.items()
        return self._diagram.any_of(
            self._regions.arrives[name]
            for name, each in destinations
            if (each.is_the_vendor if at_vendor else each.takes_ticket)
        )

    def _channels(self) -> None:
        regions, diagram = self._regions, self._diagram
        tickets = self._with_ticket(at_vendor=False)
        place = self._policy.domain.position["channel"]
        for index, channel in enumerate(self._policy.file.desk.channels):
            rules = [each for each in self._policy.sections.channels if channel in each.rule.channels]
            allowed = EMPTY
            for rule, decides in self._first_of("channels", rules, tickets):
                if rule.rule.allow:
                    allowed = diagram.either(allowed, decides)
            regions.allowed[channel] = allowed
            coming_by_it = diagram.where([(place, 1 << index)])
            regions.usable = diagram.either(regions.usable, diagram.both(coming_by_it, allowed))

    def _forms(self) -> None:
        regions = self._regions
        tickets = self._with_ticket(at_vendor=False)
        for form in self._policy.sections.forms:
            asked = self._adds("forms", form, tickets)
            for name in form.rule.required or ():
                self._unite(regions.fields, f"{name} required", asked)
            for name in form.rule.optional or ():
                self._unite(regions.fields, f"{name} optional", asked)
        for checklist in self._policy.sections.checklists:
            asked = self._adds("checklists", checklist, tickets)
            for item in checklist.rule.items:
                self._unite(regions.items, item.name, asked)

    def _billing(self) -> None:
        policy, regions, diagram = self._policy, self._regions, self._diagram
        rest = self._with_ticket(at_vendor=True)
        outside = diagram.without(regions.possible, rest)
        for billing, decides in self._first_of("billing", policy.sections.billing, rest):
            self._unite(regions.billed, billing.rule.kind, decides)
            rest = diagram.without(rest, decides)
        regions.unbilled = rest
        regions.billed[NO_BILLING] = outside
        self._results[policy.billing_place] = {
            index: regions.billed.get(kind, EMPTY) for kind, index in policy.billing_index.items()
        }

    def _targets(self) -> None:
        """Per clock and destination the first rule decides; promises are kept by the rule that gives them."""
        regions, diagram = self._regions, self._diagram
        vendor = [name for name, each in self._policy.file.destinations.items() if each.is_the_vendor]
        clocks = dict.fromkeys(each.rule.clock for each in self._policy.sections.targets)
        for clock in clocks:
            for name in vendor:
                here = diagram.both(regions.arrives[name], regions.usable)
                rules = [
                    each
                    for each in self._policy.sections.targets
                    if each.rule.clock == clock and name in each.rule.destinations
                ]
                for target, decides in self._first_of("targets", rules, here):
                    self._unite(regions.promised, target.rule.name, decides)

    def _notify(self) -> None:
        tickets = self._with_ticket(at_vendor=False)
        for notice in self._policy.sections.notify:
            asked = self._adds("notify", notice, tickets)
            for role in notice.rule.roles:
                self._unite(self._regions.told, role, asked)

    def _adds(self, section: str, rule: Ready[R], among: Region) -> Region:
        holds = self._condition(rule.condition)
        decides = self._diagram.both(holds, among)
        self._regions.hits.append(Hit(section, rule.index, rule.rule.name, holds, among, decides))
        return decides

    def _unite(self, into: dict[str, Region], name: str, region: Region) -> None:
        into[name] = self._diagram.either(into.get(name, EMPTY), region)


def possible_region(policy: Policy, diagram: Diagram) -> Region:
    """The combinations that can be: the world's links hold, and what follows from other facts does follow."""
    domain, possible = policy.domain, ALL
    for link in domain.links:
        excluded = diagram.without(diagram.where([link.when]), diagram.where([link.then]))
        possible = diagram.without(possible, excluded)
    possible = diagram.both(possible, _owned_region(policy, diagram))
    for region in _limit_regions(policy, diagram):
        possible = diagram.both(possible, region)
    return possible


def _owned_region(policy: Policy, diagram: Diagram) -> Region:
    """`owned` is true exactly where the agreement covers the product asked about, or no product is asked about."""
    test = policy.domain.test
    about: list[Region] = []
    for name in policy.domain.variables[policy.domain.position["product"]].values:
        this = test("product", name)
        if name not in policy.file.products:
            about.append(diagram.where([this, test("owned", "true")]))
            continue
        about.extend(diagram.where([this, test(has(name), answer), test("owned", answer)]) for answer in YES_NO)
    return diagram.any_of(about)


def _limit_regions(policy: Policy, diagram: Diagram) -> Iterator[Region]:
    """A count is used up exactly where it has reached the limit of the plan."""
    domain = policy.domain
    for name, fact in policy.file.facts.items():
        if fact.limits is None:
            continue
        place = domain.position[name]
        number = domain.variables[place]
        used_up = diagram.any_of(
            diagram.where([domain.test("plan", plan), (place, _from(number, limit))])
            for plan, limit in fact.limits.items()
        )
        left = diagram.where([domain.test(state_of(name), LEFT)])
        spent = diagram.where([domain.test(state_of(name), USED_UP)])
        yield diagram.either(diagram.both(used_up, spent), diagram.without(left, used_up))


def _from(number: Variable, limit: int) -> int:
    """The intervals from the limit on, as a mask."""
    below = sum(1 for cut in number.cuts or () if cut <= limit)
    return number.everything & ~((1 << below) - 1)


def describe(diagram: Diagram, chosen: Mapping[int, int]) -> Sentence | tuple[Sentence, ...]:
    """A picked combination in the words of the policy: `standing = user, plan = standard`."""
    words: list[Sentence] = []
    for place, index in sorted(chosen.items()):
        variable = diagram.variables[place]
        mask = diagram.classes[place].masks[index]
        first = next(at for at in range(len(variable.values)) if mask >> at & 1)
        words.append(say("region.fact", fact=variable.name, value=variable.told(first)))
    return tuple(words) or say("region.anything")
