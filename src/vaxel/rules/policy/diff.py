"""What changes from one policy to another, for which questions: a comparison of regions, not of texts.

Both policies are compiled into one domain that holds the values of both. Where both can be asked, every outcome of
the one is cut with every other outcome of the other; what is left is a change, with its size and its conditions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from vaxel.rules.policy.compiled import NO_BILLING, Policy
from vaxel.rules.policy.diagram import EMPTY, Diagram, Region
from vaxel.rules.policy.faults import Words
from vaxel.rules.policy.joint import clashing_facts, joint_domain, within
from vaxel.rules.policy.regions import Regions, Walk, diagram_for
from vaxel.rules.policy.renames import renamed
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, joined, say

NOTHING, ASKED, OPEN, TOLD = say("outcome.none"), say("outcome.asked"), say("outcome.open"), say("outcome.told")
GONE, NEW = say("outcome.gone"), say("outcome.new")
#: The code of a name that came where another went and is used in the same way; its value is the new `name`.
RENAMED: Final = "outcome.renamed"
YES: Final = "yes before work"

_PROMISES: Final = {"goal": "promise.goal", "guarantee": "promise.guarantee"}
_ASPECTS: Final = {"destination": "aspect.destination", "billing": "aspect.billing", YES: "aspect.yes"}
_ASPECTS_OF: Final = {
    "channel": "aspect.channel",
    "field": "aspect.field",
    "checklist": "aspect.checklist",
    "notify": "aspect.notify",
    "target": "aspect.target",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that changes for some questions: from what, to what, for how many combinations and which."""

    aspect: str
    before: Words
    after: Words
    combinations: int
    where: Mapping[str, tuple[Words, ...]]

    def told(self, language: str = "en") -> str:
        """`destination: support → account-manager for 12 combinations where plan = standard`."""
        facts = tuple(
            say("region.fact", fact=name, value=joined("change.or", values)) for name, values in self.where.items()
        )
        change = say("change.what", aspect=_aspect(self.aspect), before=self.before, after=self.after)
        if not self.combinations:
            return change.in_(language)
        if not facts:
            return say("change.everywhere", change=change, number=self.combinations).in_(language)
        return say("change.where", change=change, number=self.combinations, facts=facts).in_(language)


def compare(before: Policy, after: Policy) -> tuple[Change, ...]:
    """Every change that a question known to both policies would see, and the names that came or went."""
    if clashing := clashing_facts(before.file, after.file):
        return tuple(Change("facts", name, say("outcome.other-type"), 0, {}) for name in clashing)
    domain = joint_domain(before.domain, after.domain)
    one, other = within(before, domain), within(after, domain)
    diagram = diagram_for([one, other])
    was, is_now = Walk(one, diagram).whole(), Walk(other, diagram).whole()
    shared = diagram.both(was.possible, is_now.possible)
    return (*_names(before.file, after.file), *_changes(before, after, diagram, was, is_now, shared))


def examples_dropped(before: PolicyFile, after: PolicyFile) -> Sentence | None:
    """What it means that examples of the earlier policy are not in the later one; None if all are, if renamed."""
    names = {example.name for example in after.examples}
    asked = [(example.facts, example.at, example.expect) for example in after.examples]
    gone = tuple(
        example.name
        for example in before.examples
        if example.name not in names and (example.facts, example.at, example.expect) not in asked
    )
    if not gone:
        return None
    if not after.examples:
        return say("note.all-examples-dropped", count=len(before.examples))
    if len(gone) == 1:
        return say("note.example-dropped", names=gone)
    return say("note.examples-dropped", count=len(gone), names=gone)


def _names(before: PolicyFile, after: PolicyFile) -> Iterator[Change]:
    """Products, plans, kinds and the like that only one of the policies has."""
    for section in ("products", "plans", "topics", "kinds", "roles", "destinations", "facts"):
        old, new = getattr(before, section), getattr(after, section)
        other = renamed(before, after, section)
        for name in old:
            if name in other:
                yield Change(section, name, say(RENAMED, name=other[name]), 0, {})
            elif name not in new:
                yield Change(section, name, GONE, 0, {})
        for name in new:
            if name not in old and name not in other.values():
                yield Change(section, NEW, name, 0, {})


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


def _split(diagram: Diagram, outcomes: Mapping[Words, Region], shared: Region) -> list[tuple[Words, Region]]:
    """The outcomes within the shared region, and NOTHING for what no outcome covers."""
    inside = [(name, diagram.both(region, shared)) for name, region in outcomes.items() if name != NO_BILLING]
    rest = diagram.without(shared, diagram.any_of(region for _, region in inside))
    return [*inside, (NOTHING, rest)]


def _outcomes(policy: Policy, diagram: Diagram, regions: Regions) -> dict[str, dict[Words, Region]]:
    """Per aspect, each outcome with its region; within an aspect outcomes exclude each other."""
    outcomes: dict[str, dict[Words, Region]] = {
        "destination": dict(regions.arrives.items()),
        "billing": dict(regions.billed.items()),
    }
    confirmed = [rule.name for rule in policy.file.billing if rule.needs_yes]
    decided = {hit.name: hit.decides for hit in regions.hits if hit.section == "billing"}
    outcomes[YES] = {ASKED: diagram.any_of(decided[name] for name in confirmed)}
    for channel, region in regions.allowed.items():
        outcomes[f"channel {channel}"] = {OPEN: region}
    for name, region in regions.fields.items():
        outcomes[f"field {name}"] = {ASKED: region}
    for name, region in regions.items.items():
        outcomes[f"checklist {name}"] = {ASKED: region}
    for role, region in regions.told.items():
        outcomes[f"notify {role}"] = {TOLD: region}
    for rule in policy.file.targets:
        if rule.promise != "none" and rule.name in regions.promised:
            promises = outcomes.setdefault(f"target {rule.clock}", {})
            words = _promise(policy, rule.name)
            promises[words] = diagram.either(promises.get(words, EMPTY), regions.promised[rule.name])
    return outcomes


def _promise(policy: Policy, name: str) -> Sentence:
    rule = next(each for each in policy.file.targets if each.name == name)
    how = say("promise.within", time=str(rule.within))
    if rule.same_day is not None:
        by, late = rule.same_day.answer_by, rule.same_day.next_day_by
        how = say(
            "promise.same-day",
            cut_off=f"{rule.same_day.cut_off:%H:%M}",
            by="" if by is None else say("promise.answer-by", time=f"{by:%H:%M}"),
            late="" if late is None else say("promise.next-day-by", time=f"{late:%H:%M}"),
        )
    return say("outcome.promise", promise=say(_PROMISES[rule.promise]), how=how, calendar=str(rule.calendar))


def _where(diagram: Diagram, region: Region, shared: Region) -> dict[str, tuple[Words, ...]]:
    """The facts that the region narrows beyond what is possible, with the values that occur in it."""
    possible = diagram.project(shared)
    where: dict[str, tuple[Words, ...]] = {}
    for place, mask in diagram.project(region).items():
        variable = diagram.variables[place]
        # "owned" follows from the product and the agreement, which are told themselves.
        if mask == possible.get(place) or variable.name == "owned":
            continue
        where[variable.name] = tuple(variable.told(index) for index in range(len(variable.values)) if mask >> index & 1)
    return where


def _aspect(aspect: str) -> Sentence:
    """What a change is about: a result, a part of one with its name, or a section of the file."""
    sort, _space, name = aspect.partition(" ")
    if sort in _ASPECTS_OF:
        return say(_ASPECTS_OF[sort], name=name)
    return say(_ASPECTS[aspect]) if aspect in _ASPECTS else say("aspect.section", name=aspect)
