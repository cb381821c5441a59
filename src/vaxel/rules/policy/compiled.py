"""A policy ready to decide: the file, its domain, and its rules with their conditions read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Generic, TypeVar

from vaxel.rules.policy.conditions import Alternative, Condition, ConditionReader, Results
from vaxel.rules.policy.decision import Reason
from vaxel.rules.policy.domain import Domain, Encoder, Test, Variable
from vaxel.rules.policy.faults import FaultList
from vaxel.rules.policy.rulebook import (
    NO_WORK,
    AccessRule,
    BillingRule,
    ChannelRule,
    ChecklistRule,
    FormRule,
    NotifyRule,
    PolicyFile,
    RouteRule,
    Rule,
    TargetRule,
)
from vaxel.rules.policy.wording import Text
from vaxel.rules.targets import Calendar, TargetSpec

R = TypeVar("R", bound=Rule)
GRANTED, REFUSED = "granted", "refused"
NO_BILLING: Final = "none"


@dataclass(frozen=True, slots=True)
class Ready(Generic[R]):
    """A rule with its condition read and its reason at hand. `tables` are the conditions of its `when`, one by one."""

    rule: R
    condition: Condition
    reason: Reason
    index: int
    tables: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Sections:
    """The rules of each section in the order of the file."""

    routes: tuple[Ready[RouteRule], ...]
    access: tuple[Ready[AccessRule], ...]
    channels: tuple[Ready[ChannelRule], ...]
    forms: tuple[Ready[FormRule], ...]
    checklists: tuple[Ready[ChecklistRule], ...]
    billing: tuple[Ready[BillingRule], ...]
    targets: tuple[Ready[TargetRule], ...]
    notify: tuple[Ready[NotifyRule], ...]


class Policy:
    """A policy that can decide. Made by `read_policy`; never changed."""

    def __init__(
        self,
        *,
        file: PolicyFile,
        domain: Domain,
        calendars: Mapping[str, Calendar],
        promises: Mapping[str, TargetSpec],
        sections: Sections,
    ) -> None:
        self.file: Final = file
        self.domain: Final = domain
        self.calendars: Final = calendars
        #: What each target rule that promises something promises, by the rule's name.
        self.promises: Final = promises
        self.sections: Final = sections
        self.encoder: Final = Encoder(domain, file)
        self.languages: Final[tuple[str, ...]] = file.desk.languages
        self.stranger_reason: Final = Reason("desk.strangers", file.desk.strangers.because.per_language(self.languages))
        self.otherwise_reasons: Final = {
            name: Reason(f"destinations.{name}.otherwise", each.otherwise.because.per_language(self.languages))
            for name, each in file.destinations.items()
            if each.otherwise is not None
        }
        self.results: Final = results_of(file, domain)
        self.destination_place: Final = self.results.place("destination")
        self.access_place: Final = self.results.place("access")
        self.billing_place: Final = self.results.place("billing")
        self.destination_index: Final = {name: index for index, name in enumerate(file.destinations)}
        self.billing_index: Final = {name: index for index, name in enumerate(_billing_kinds(file))}
        self.calendar_facts: Final = tuple(
            dict.fromkeys(fact.calendar for fact in file.facts.values() if fact.calendar is not None)
        )

    @cached_property
    def by_kind(self) -> tuple[Sections, ...]:
        """The sections as each kind of question sees them: rules that its kind rules out are left away."""
        place = self.domain.position["kind"]
        return tuple(
            _narrowed(self.sections, place, index) for index in range(len(self.domain.variables[place].values))
        )


def results_of(file: PolicyFile, domain: Domain) -> Results:
    """The results that conditions may ask about, with their places after the facts."""
    variables = (
        Variable("destination", tuple(file.destinations)),
        Variable("access", (GRANTED, REFUSED)),
        Variable("billing", _billing_kinds(file)),
    )
    return Results(variables, len(domain.variables))


def _billing_kinds(file: PolicyFile) -> tuple[str, ...]:
    return (*dict.fromkeys(rule.kind for rule in file.billing), NO_BILLING)


def compile_sections(file: PolicyFile, domain: Domain, faults: FaultList) -> Sections:
    """Every rule's condition read, with the guards that the language itself adds; faults are collected."""
    reader = ConditionReader(file, domain, results_of(file, domain), faults)

    def ready(section: str, rules: Sequence[R]) -> tuple[Ready[R], ...]:
        read: list[Ready[R]] = []
        for index, rule in enumerate(rules):
            tables = reader.read(rule, section, (section, index))
            condition = tuple(alternative for table in tables for alternative in table)
            read.append(Ready(rule, condition, _reason(file, rule), index, tables))
        return tuple(read)

    return Sections(
        routes=ready("routes", file.routes),
        access=tuple(_guarded_access(file, domain, each) for each in ready("access", file.access)),
        channels=ready("channels", file.channels),
        forms=ready("forms", file.forms),
        checklists=ready("checklists", file.checklists),
        billing=ready("billing", file.billing),
        targets=tuple(_guarded_target(file, domain, each) for each in ready("targets", file.targets)),
        notify=ready("notify", file.notify),
    )


def _reason(file: PolicyFile, rule: Rule) -> Reason:
    because = getattr(rule, "because", None)
    return Reason(rule.name, because.per_language(file.desk.languages) if isinstance(because, Text) else {})


def _guarded_access(file: PolicyFile, domain: Domain, ready: Ready[AccessRule]) -> Ready[AccessRule]:
    """A team lets in those with an active agreement that covers the product, unless the rule asks about that itself."""
    teams = any(file.destinations[name].type == "team" for name in ready.rule.to if name in file.destinations)
    if not ready.rule.allow or not teams:
        return ready
    guards = (domain.test("agreement", "active"), domain.test("owned", "true"))
    return replace(ready, condition=_with_guards(ready.condition, guards))


def _guarded_target(file: PolicyFile, domain: Domain, ready: Ready[TargetRule]) -> Ready[TargetRule]:
    """Where no work is done, nothing is promised, unless the rule names such billing itself: `not` names none."""
    if ready.rule.promise == "none":
        return ready
    place = results_of(file, domain).place("billing")
    working = sum(1 << index for index, kind in enumerate(_billing_kinds(file)) if kind not in NO_WORK)
    if working.bit_count() == len(_billing_kinds(file)):
        return ready
    condition: list[Alternative] = []
    for table, alternatives in zip(ready.rule.when or ({},), ready.tables, strict=True):
        is_named = isinstance(table.get("billing"), str | list)
        condition += alternatives if is_named else _where(alternatives, place, working)
    return replace(ready, condition=tuple(condition))


def _where(condition: Condition, place: int, mask: int) -> Iterator[Alternative]:
    """The alternatives with this mask upon what they ask at the place themselves; those that it rules out are gone."""
    for alternative in condition:
        asked = dict(alternative)
        asked[place] = asked.get(place, mask) & mask
        if asked[place]:
            yield tuple(asked.items())


def _with_guards(condition: Condition, guards: tuple[Test, ...]) -> Condition:
    """Each alternative with the guards whose fact it does not ask about itself."""
    return tuple(
        alternative + tuple(guard for guard in guards if guard[0] not in {place for place, _ in alternative})
        for alternative in condition
    )


def _narrowed(sections: Sections, place: int, index: int) -> Sections:
    def narrow(rules: tuple[Ready[R], ...]) -> tuple[Ready[R], ...]:
        kept = []
        for each in rules:
            condition = tuple(
                tuple(test for test in alternative if test[0] != place)
                for alternative in each.condition
                if all(mask >> index & 1 for at, mask in alternative if at == place)
            )
            if condition:
                kept.append(replace(each, condition=condition))
        return tuple(kept)

    return Sections(
        routes=narrow(sections.routes),
        access=narrow(sections.access),
        channels=narrow(sections.channels),
        forms=narrow(sections.forms),
        checklists=narrow(sections.checklists),
        billing=narrow(sections.billing),
        targets=narrow(sections.targets),
        notify=narrow(sections.notify),
    )
