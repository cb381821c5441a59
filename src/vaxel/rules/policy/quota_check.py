"""What draws on a quota must stop when it is used up: nobody is given work for ever by a forgotten condition."""

from collections.abc import Iterator
from typing import Final

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.diagram import EMPTY, Diagram, Region
from vaxel.rules.policy.domain import LEFT, USED_UP, state_of
from vaxel.rules.policy.faults import Fault, Path
from vaxel.rules.policy.regions import Regions, describe
from vaxel.rules.policy.rulebook import DRAWING, BillingRule
from vaxel.rules.sentences import Sentence, joined, say

#: Minutes in the units that an hour bank may be counted in.
_MINUTES_PER: Final = {"minutes": 1, "hours": 60}
#: By which facts of the question `of` narrows a count: what a rule bills must be among what is counted.
_TOLD_APART: Final = ("kind", "product", "topic", "channel", "priority")


def check_quotas(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """Every billing rule that draws: it ends at the limit, and what it draws on counts the question it bills."""
    for index, rule in enumerate(policy.file.billing):
        decides = diagram.any_of(hit.decides for hit in regions.hits if hit.section == "billing" and hit.index == index)
        yield from _too_early(policy, rule, index)
        if rule.kind not in DRAWING or rule.draws is None or decides == EMPTY:
            continue
        fact = policy.file.facts[rule.draws]
        yield from _goes_on(policy, diagram, rule, decides, index)
        yield from _not_counted(policy, diagram, regions, rule, decides, ("billing", index, "draws"))
        if rule.kind == "hour-bank":
            yield from _other_hours(policy, diagram, rule, fact, decides, index)


def _too_early(policy: Policy, rule: BillingRule, index: int) -> Iterator[Fault]:
    """Where a rule says that nothing is left and asks for something being left."""
    for name in policy.file.facts if rule.kind == "quota-used-up" else ():
        if any(table.get(name) == LEFT for table in rule.when):
            yield Fault(("billing", index), say("quota.some-left", fact=name))


def _goes_on(policy: Policy, diagram: Diagram, rule: BillingRule, decides: Region, index: int) -> Iterator[Fault]:
    """Where the rule decides though nothing is left, or though nothing says how much there is."""
    name = str(rule.draws)
    fact = policy.file.facts[name]
    spent = EMPTY
    if fact.limits is not None:
        spent = diagram.both(decides, diagram.where([policy.domain.test(state_of(name), USED_UP)]))
        if spent != EMPTY:
            yield _told(index, say("quota.nothing-left", fact=name), diagram, spent)
    place = policy.domain.position[name]
    most = 1 << len(policy.domain.variables[place].cuts or ())
    endless = diagram.without(diagram.both(decides, diagram.where([(place, most)])), spent)
    if endless != EMPTY:
        yield _told(index, say("quota.endless", fact=name), diagram, endless)


def _told(index: int, problem: Sentence, diagram: Diagram, region: Region) -> Fault:
    """The fault of a billing rule, with a question that meets it."""
    return Fault(("billing", index), say("proof.as", problem=problem, example=describe(diagram, diagram.pick(region))))


def _not_counted(
    policy: Policy, diagram: Diagram, regions: Regions, rule: BillingRule, decides: Region, path: Path
) -> Iterator[Fault]:
    """Where the count leaves out what the rule bills, and so would never be used up."""
    for key, value in (policy.file.facts[str(rule.draws)].of or {}).items():
        names = (value,) if isinstance(value, str) else value
        if key == "billing":
            left_out = EMPTY if rule.kind in names else decides
        elif key == "destination":
            left_out = diagram.without(decides, diagram.any_of(regions.arrives[name] for name in names))
        elif key in _TOLD_APART:
            left_out = diagram.without(decides, diagram.where([policy.domain.test(key, *names)]))
        else:
            continue
        if left_out != EMPTY:
            told = joined("and", names)
            yield Fault(path, say("quota.counts-others", fact=str(rule.draws), key=key, names=told))


def counted_besides(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[tuple[str, Sentence]]:
    """Where a count of tickets takes in what draws on nothing while some is left, and so is used up by it: the fact's
    name, and why.
    """
    for rule in policy.file.billing:
        fact = policy.file.facts[rule.draws] if rule.kind in DRAWING and rule.draws else None
        if fact is None or fact.limits is None or fact.counts != "tickets" or "billing" in (fact.of or {}):
            continue
        left = diagram.where([policy.domain.test(state_of(str(rule.draws)), LEFT)])
        counted = diagram.both(left, _counted(policy, diagram, regions, fact))
        for hit in (each for each in regions.hits if each.section == "billing"):
            other = policy.file.billing[hit.index]
            is_another = other.draws is None and other.kind != "quota-used-up"
            if is_another and diagram.both(hit.decides, counted) != EMPTY:
                said = say("note.counted-besides", rule=other.name, kind=other.kind, drawing=rule.kind)
                yield str(rule.draws), said


def _counted(policy: Policy, diagram: Diagram, regions: Regions, fact: Fact) -> Region:
    """The questions that the fact counts, under the plans that have a limit of it."""
    found = diagram.both(regions.possible, diagram.where([policy.domain.test("plan", *(fact.limits or {}))]))
    for key, value in (fact.of or {}).items():
        names = (value,) if isinstance(value, str) else value
        if key == "destination":
            found = diagram.both(found, diagram.any_of(regions.arrives[name] for name in names))
        elif key in _TOLD_APART:
            found = diagram.both(found, diagram.where([policy.domain.test(key, *names)]))
    return found


def _other_hours(
    policy: Policy, diagram: Diagram, rule: BillingRule, fact: Fact, decides: Region, index: int
) -> Iterator[Fault]:
    """An hour bank is counted in time, and tells as many hours as its limit holds."""
    minutes = _MINUTES_PER.get(fact.counts or "")
    if minutes is None:
        problem = say("quota.bank-in-time", fact=str(rule.draws), counts=str(fact.counts))
        yield Fault(("billing", index, "draws"), problem)
        return
    for plan, limit in (fact.limits or {}).items() if rule.hours is not None else ():
        here = diagram.where([policy.domain.test("plan", plan)])
        if limit * minutes != int(rule.hours or 0) * 60 and diagram.both(decides, here) != EMPTY:
            problem = say(
                "quota.other-figure", hours=int(rule.hours or 0), plan=plan, limit=limit, counts=str(fact.counts)
            )
            yield Fault(("billing", index, "hours"), problem)
