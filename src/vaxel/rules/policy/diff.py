"""What changes from one policy to another, for which questions: a comparison of regions, not of texts.

Both policies are compiled into one domain that holds the values of both. Where both can be asked, every outcome of
the one is cut with every other outcome of the other; what is left is a change, with its size and its conditions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.diagram import EMPTY, Diagram, Region
from vaxel.rules.policy.joint import clashing_facts, joint_domain, within
from vaxel.rules.policy.regions import Regions, Walk, diagram_for
from vaxel.rules.policy.rulebook import PolicyFile


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that changes for some questions: from what, to what, for how many combinations and which."""

    aspect: str
    before: str
    after: str
    combinations: int
    where: Mapping[str, tuple[str, ...]]

    def told(self) -> str:
        """`destination: support → account-manager for 12 combinations where plan = standard`."""
        facts = ", ".join(f"{name} = {_either(values)}" for name, values in self.where.items())
        line = f"{self.aspect}: {self.before} → {self.after} for {self.combinations} combinations"
        return f"{line} where {facts}" if facts else f"{line}, whatever the facts"


def compare(before: Policy, after: Policy) -> tuple[Change, ...]:
    """Every change that a question known to both policies would see, and the names that came or went."""
    if clashing := clashing_facts(before.file, after.file):
        return tuple(Change("facts", name, "another type; nothing else is compared", 0, {}) for name in clashing)
    domain = joint_domain(before.domain, after.domain)
    one, other = within(before, domain), within(after, domain)
    diagram = diagram_for([one, other])
    was, is_now = Walk(one, diagram).whole(), Walk(other, diagram).whole()
    shared = diagram.both(was.possible, is_now.possible)
    return (*_names(before.file, after.file), *_changes(before, after, diagram, was, is_now, shared))


def _names(before: PolicyFile, after: PolicyFile) -> Iterator[Change]:
    """Products, plans, kinds and the like that only one of the policies has."""
    for section in ("products", "plans", "topics", "kinds", "roles", "destinations", "facts"):
        old, new = getattr(before, section), getattr(after, section)
        for name in old:
            if name not in new:
                yield Change(section, name, "gone", 0, {})
        for name in new:
            if name not in old:
                yield Change(section, "new", name, 0, {})


def _changes(
    before: Policy, after: Policy, diagram: Diagram, was: Regions, is_now: Regions, shared: Region
) -> Iterator[Change]:
    old, new = _outcomes(before, diagram, was), _outcomes(after, diagram, is_now)
    for aspect in dict.fromkeys((*old, *new)):
        for (one, here), (other, there) in product(
            _split(diagram, old.get(aspect, {}), shared), _split(diagram, new.get(aspect, {}), shared)
        ):
            region = diagram.both(here, there)
            if one != other and region != EMPTY:
                yield Change(aspect, one, other, diagram.count(region), _where(diagram, region, shared))


def _split(diagram: Diagram, outcomes: Mapping[str, Region], shared: Region) -> list[tuple[str, Region]]:
    """The outcomes within the shared region, and "none" for what no outcome covers."""
    inside = [(name, diagram.both(region, shared)) for name, region in outcomes.items() if name != "none"]
    rest = diagram.without(shared, diagram.any_of(region for _, region in inside))
    return [*inside, ("none", rest)]


def _outcomes(policy: Policy, diagram: Diagram, regions: Regions) -> dict[str, dict[str, Region]]:
    """Per aspect, each outcome with its region; within an aspect outcomes exclude each other."""
    outcomes: dict[str, dict[str, Region]] = {"destination": regions.arrives, "billing": regions.billed}
    confirmed = [rule.name for rule in policy.file.billing if rule.needs_yes]
    decided = {hit.name: hit.decides for hit in regions.hits if hit.section == "billing"}
    outcomes["yes before work"] = {"asked": diagram.any_of(decided[name] for name in confirmed)}
    for channel, region in regions.allowed.items():
        outcomes[f"channel {channel}"] = {"open": region}
    for name, region in regions.fields.items():
        outcomes[f"field {name}"] = {"asked": region}
    for name, region in regions.items.items():
        outcomes[f"checklist {name}"] = {"asked": region}
    for role, region in regions.told.items():
        outcomes[f"notify {role}"] = {"told": region}
    for rule in policy.file.targets:
        if rule.promise != "none" and rule.name in regions.promised:
            promises = outcomes.setdefault(f"target {rule.clock}", {})
            words = _promise(policy, rule.name)
            promises[words] = diagram.either(promises.get(words, EMPTY), regions.promised[rule.name])
    return outcomes


def _promise(policy: Policy, name: str) -> str:
    rule = next(each for each in policy.file.targets if each.name == name)
    if rule.same_day is not None:
        by = f", answer by {rule.same_day.answer_by:%H:%M}" if rule.same_day.answer_by is not None else ""
        late = f", else next day by {rule.same_day.next_day_by:%H:%M}" if rule.same_day.next_day_by is not None else ""
        how = f"same day before {rule.same_day.cut_off:%H:%M}{by}{late}"
    else:
        how = f"within {rule.within}"
    return f"{rule.promise} {how} ({rule.calendar})"


def _where(diagram: Diagram, region: Region, shared: Region) -> dict[str, tuple[str, ...]]:
    """The facts that the region narrows beyond what is possible, with the values that occur in it."""
    possible = diagram.project(shared)
    where: dict[str, tuple[str, ...]] = {}
    for place, mask in diagram.project(region).items():
        variable = diagram.variables[place]
        if mask == possible.get(place) or variable.name == "owned":
            continue
        where[variable.name] = tuple(value for index, value in enumerate(variable.values) if mask >> index & 1)
    return where


def _either(values: Sequence[str]) -> str:
    return " or ".join(values)
