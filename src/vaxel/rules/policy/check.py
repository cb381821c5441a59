"""The proof that a policy is whole and safe, over every combination of facts that can be. Not a sample.

What is proven: every question has exactly one destination and, where the vendor works, one way of billing; every
rule decides something; refusals end; tickets can be sent by some channel; nobody is with a team whom no access rule
let in; nothing is promised but where the channel is open to the asker. Then the file's own examples are asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vaxel.rules.policy.compiled import Policy, Ready
from vaxel.rules.policy.conditions import Condition
from vaxel.rules.policy.diagram import EMPTY, MOST_NODES, Diagram, Region, TangledError
from vaxel.rules.policy.example_check import check_examples
from vaxel.rules.policy.faults import Fault, Path
from vaxel.rules.policy.notes import notes_on
from vaxel.rules.policy.places import Places
from vaxel.rules.policy.quota_check import check_quotas
from vaxel.rules.policy.regions import Hit, Regions, Walk, describe, diagram_for
from vaxel.rules.policy.rulebook import Rule
from vaxel.rules.sentences import Sentence, say

#: Channels by which the asker speaks with somebody at once, and so with the vendor.
_SPOKEN: Final = ("phone", "chat")


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found. `combinations` are all that can be, counted in values and intervals of numbers.

    `ahead` tells what has not been looked at, when the file's faults did not let it be.
    """

    source: str
    combinations: int
    examples: int
    faults: tuple[Fault, ...]
    notes: tuple[Sentence, ...]
    ahead: Sentence | None = None

    def told(self, language: str = "en") -> list[str]:
        """One line per fault, in the order of the file."""
        return [fault.told(self.source, language) for fault in self.faults]


def check(policy: Policy, *, text: str = "", source: str = "policy.toml") -> Report:
    """Prove the policy and ask its examples. `text` is the file and `source` its name, for the faults' places."""
    diagram = diagram_for([policy], most=MOST_NODES)
    try:
        regions = Walk(policy, diagram).whole()
        faults = [*_proof_faults(policy, diagram, regions), *check_examples(policy)]
        notes = tuple(notes_on(policy, diagram, regions))
    except TangledError:
        return Report(source, 0, 0, (Fault((), say("proof.tangled")),), ())
    places = Places(text)
    located = [replace(each, line=places.line_of(each.path), rule=_rule_name(policy, each.path)) for each in faults]
    located.sort(key=lambda fault: fault.line or 0)
    combinations = diagram.count(regions.possible)
    return Report(source, combinations, len(policy.file.examples), tuple(located), notes)


def _proof_faults(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    yield from _coverage(policy, diagram, regions)
    yield from _reachability(policy, diagram, regions)
    yield from _destinations(policy, diagram, regions)
    yield from _safety(policy, diagram, regions)
    yield from check_quotas(policy, diagram, regions)


def _coverage(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """Every question goes somewhere, once, and what the vendor does is billed by some rule."""

    def missing(path: Path, region: Region, problem: Sentence) -> Iterator[Fault]:
        if region != EMPTY:
            example = describe(diagram, diagram.pick(region))
            yield Fault(path, say("proof.concerns", problem=problem, number=diagram.count(region), example=example))

    yield from missing(("routes",), regions.unrouted, say("proof.unrouted"))
    yield from missing(("access",), regions.circling, say("proof.circling"))
    yield from missing(("billing",), regions.unbilled, say("proof.unbilled"))
    reachable = diagram.any_of(regions.allowed.values())
    for name, destination in policy.file.destinations.items():
        if destination.takes_ticket:
            closed = diagram.without(regions.arrives[name], reachable)
            yield from missing(("destinations", name), closed, say("proof.no-channel", name=name))


def _reachability(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """Every rule decides at least one question; if not, why not."""
    hits: dict[tuple[str, int], list[Hit]] = {}
    for hit in regions.hits:
        hits.setdefault((hit.section, hit.index), []).append(hit)
    for (section, index), rule in _rules_by_place(policy).items():
        yield from _dead_tables(policy, diagram, regions, rule, (section, index))
        own = hits.get((section, index), [])
        if any(hit.decides != EMPTY for hit in own):
            continue
        asked = diagram.any_of(diagram.both(hit.holds, hit.among) for hit in own)
        if asked == EMPTY:
            problem = say("proof.never-applies", why=_why_never(policy, diagram, regions, rule, section))
        else:
            earlier = [hit for hit in regions.hits if hit.section == section and hit.index < index]
            names = dict.fromkeys(hit.name for hit in earlier if diagram.both(hit.decides, asked) != EMPTY)
            problem = say("proof.never-decides", rules=tuple(f'"{name}"' for name in names))
        yield Fault((section, index), problem)


def _dead_tables(policy: Policy, diagram: Diagram, regions: Regions, rule: Ready[Rule], path: Path) -> Iterator[Fault]:
    """Of several tables under `when`, each must be possible by itself."""
    for index, table in enumerate(rule.tables if len(rule.tables) > 1 else ()):
        if diagram.both(_facts_alone(policy, diagram, table), regions.possible) == EMPTY:
            yield Fault((*path, "when", index), say("proof.dead-table"))


def _facts_alone(policy: Policy, diagram: Diagram, condition: Condition) -> Region:
    """Where a condition's tests of facts pass, whatever earlier sections decided."""
    facts = len(policy.domain.variables)
    return diagram.any_of(diagram.where(test for test in alternative if test[0] < facts) for alternative in condition)


def _rules_by_place(policy: Policy) -> dict[tuple[str, int], Ready[Rule]]:
    sections = policy.sections
    return {(section, rule.index): rule for section in sections.__slots__ for rule in getattr(sections, section)}


def _why_never(policy: Policy, diagram: Diagram, regions: Regions, rule: Ready[Rule], section: str) -> Sentence:
    """Whether the facts cannot meet, or only not where the rule stands."""
    if diagram.both(_facts_alone(policy, diagram, rule.condition), regions.possible) == EMPTY:
        return say("proof.never-together")
    where = {"access": say("proof.never-at-destination"), "targets": say("proof.never-by-channel")}
    return where.get(section, say("proof.never-so-far"))


def _destinations(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """Every destination is for somebody; a stand-in counts."""
    stand_ins = {role.fallback for role in policy.file.roles.values()}
    stand_ins |= {each.fallback for each in policy.file.destinations.values()}
    for name, region in regions.arrives.items():
        if region == EMPTY and name not in stand_ins and policy.file.destinations[name].role not in stand_ins:
            yield Fault(("destinations", name), say("proof.nobody-arrives", name=name))
    asked = any("certificate" in table for rule in _rules_by_place(policy).values() for table in rule.rule.when)
    if policy.file.certificates is not None and not asked:
        yield Fault(("certificates",), say("proof.unasked-certificate"), (say("proof.certificate-in-access"),))


def _safety(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """What the language makes impossible, proven once more over the regions themselves."""
    stranger = diagram.where([policy.domain.test("standing", "stranger")])
    for name, destination in policy.file.destinations.items():
        arrives = regions.arrives[name]
        if destination.type != "contact-details" and diagram.both(arrives, stranger) != EMPTY:
            yield Fault(("destinations", name), say("proof.stranger-arrives", name=name))
        if destination.type == "team" and diagram.without(arrives, regions.let_in[name]) != EMPTY:
            yield Fault(("destinations", name), say("proof.not-let-in", name=name))
    working = diagram.any_of(
        regions.arrives[name] for name, each in policy.file.destinations.items() if each.is_the_vendor
    )
    grounds = diagram.both(working, regions.usable)
    yield from _calls(policy, diagram, regions)
    for index, target in enumerate(policy.file.targets):
        if diagram.without(regions.promised.get(target.name, EMPTY), grounds) != EMPTY:
            yield Fault(("targets", index), say("proof.promise-nowhere"))


def _calls(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Fault]:
    """Whoever calls or chats reaches the vendor, so neither is a way to the customer's own contacts."""
    own = [name for name, each in policy.file.destinations.items() if each.takes_ticket and not each.is_the_vendor]
    among_themselves = diagram.any_of(regions.arrives[name] for name in own)
    told: set[int] = set()
    for hit in (each for each in regions.hits if each.section == "channels" and each.index not in told):
        rule = policy.file.channels[hit.index]
        spoken = [channel for channel in rule.channels if channel in _SPOKEN]
        here = diagram.both(hit.decides, among_themselves)
        if rule.allow and spoken and any(diagram.both(here, regions.allowed[each]) != EMPTY for each in spoken):
            told.add(hit.index)
            yield Fault(("channels", hit.index), say("proof.calls-the-vendor", channel=spoken[0], names=tuple(own)))


def _rule_name(policy: Policy, path: Path) -> str | None:
    match path:
        case (str() as section, int() as index, *_):
            rules = getattr(policy.file, section)
            name: str = rules[index].name
            return name
        case _:
            return None
