"""What is no fault in a policy but looks forgotten: told beside the proof, one sentence each."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Final

from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.conditions import rules_of
from vaxel.rules.policy.diagram import EMPTY, Diagram, Region
from vaxel.rules.policy.faults import place_of
from vaxel.rules.policy.parts import RESERVED
from vaxel.rules.policy.quota_check import counted_besides
from vaxel.rules.policy.regions import Regions
from vaxel.rules.policy.rulebook import BillingRule, PolicyFile, Rule
from vaxel.rules.sentences import Sentence, say
from vaxel.rules.targets.dates import DayRange

_PRICED: Final = frozenset({"by-the-hour", "by-the-hour-after-confirmation", "fixed-fee", "start-fee-plus-hours"})
#: Days: a yearly range that is longer is likely to have its ends the wrong way round.
_MOST_OF_A_YEAR: Final = 183
_ORDINARY_YEAR: Final = date(2025, 1, 1)
#: Also the code of the Swedish language, and so easily written for Sweden.
_EL_SALVADOR: Final = "SV"


def notes_on(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Sentence]:
    """Every note, in no order that means anything."""
    file = policy.file
    yield from _unused(file)
    yield from _let_in(file)
    yield from _others_meant(policy)
    yield from _promised(policy, diagram, regions)
    yield from _untold(policy, regions)
    for name, problem in dict.fromkeys(counted_besides(policy, diagram, regions)):
        yield _at(f"facts › {name}", problem)
    in_scope = [name for name, kind in file.kinds.items() if kind.scope == "in"]
    if "mail" in file.desk.channels and file.mail.kind is None and len(in_scope) > 1:
        yield _at("mail", say("note.usual-kind-of-mail", kind=in_scope[0]))
    if not file.examples:
        yield _at("examples", say("note.no-examples"))


def _at(place: str, problem: Sentence) -> Sentence:
    return say("note.at", place=place, problem=problem)


def _unused(file: PolicyFile) -> Iterator[Sentence]:
    """What is declared and never named again."""
    asked = _asked(file, {section for section, _, _ in rules_of(file)})
    drawn = {rule.draws for rule in file.billing}
    fields = {name for form in file.forms for name in (*(form.required or ()), *(form.optional or ()))}
    followed = {rule.open for rule in file.channels} | {rule.calendar for rule in file.targets}
    followed |= {fact.calendar for fact in file.facts.values()}
    roles = {each.role for each in file.destinations.values()} | {each.fallback for each in file.roles.values()}
    roles |= {role for rule in file.notify for role in rule.roles}
    topics = {topic for kind in file.kinds.values() for topic in kind.topics or ()}
    for section, names, used, problem in (
        ("facts", file.facts, asked | drawn, say("note.unused-fact")),
        ("fields", file.fields, fields, say("note.unused-field")),
        ("calendars", file.calendars, followed, say("note.unused-calendar")),
        ("roles", file.roles, roles, say("note.unused-role")),
        ("topics", file.topics, topics, say("note.unused-topic")),
    ):
        for name in names:
            if name not in used:
                yield _at(f"{section} › {name}", problem)
    plans = _plans_named(file)
    for name in file.plans if plans else ():
        if name not in plans:
            yield _at(f"plans › {name}", say("note.unused-plan"))
    for name, fact in file.facts.items():
        if fact.source == "version" and not any(file.fields[each].type == "version" for each in fields):
            yield _at(f"facts › {name}", say("note.version-never-told"))


def _asked(file: PolicyFile, sections: AbstractSet[str]) -> set[str | None]:
    return {key for section, _, rule in rules_of(file) if section in sections for table in rule.when for key in table}


def _plans_named(file: PolicyFile) -> set[str]:
    """The plans that some condition or some limit names, to take them in or to leave them out."""
    named = {plan for fact in file.facts.values() for plan in fact.limits or {}}
    for _, _, rule in rules_of(file):
        for value in (table["plan"] for table in rule.when if "plan" in table):
            meant = value["not"] if isinstance(value, Mapping) else value
            named |= {meant} if isinstance(meant, str) else set(meant)
    return named


def _let_in(file: PolicyFile) -> Iterator[Sentence]:
    """Whom the access rules let in, perhaps without meaning to."""
    teams = {name for name, each in file.destinations.items() if each.type == "team"}
    for index, rule in enumerate(file.access):
        if not rule.allow or not teams & set(rule.to):
            continue
        place = place_of(("access", index), rule.name)
        if told := [key for table in rule.when for key in table if _asker_says(file, key)]:
            yield _at(place, say("note.askers-say", fact=told[0]))
        if any("channel" in table for table in rule.when):
            yield _at(place, say("note.askers-choose-channel"))
        if not rule.when or any("standing" not in table for table in rule.when):
            yield _at(place, say("note.users-get-in"))
    if file.certificates is not None and "certificate" not in _asked(file, {"access", "routes"}):
        yield _at("certificates", say("note.certificate-unasked"))


def _asker_says(file: PolicyFile, fact: str) -> bool:
    """Whether whoever asks decides its value, and nobody checks it."""
    if fact in {"urgent", "wished-priority"}:
        return True
    if fact == "priority":
        return file.priorities.decided_by == "asker"
    return fact in file.facts and file.facts[fact].source in {"form", "version"}


def _others_meant(policy: Policy) -> Iterator[Sentence]:
    """Where `not` lets in, or promises to, those of whom nothing is known: easily forgotten, and nothing shows it."""
    file = policy.file
    opening: list[tuple[str, int, Rule]] = [("access", at, rule) for at, rule in enumerate(file.access) if rule.allow]
    opening += [("targets", index, rule) for index, rule in enumerate(file.targets) if rule.promise != "none"]
    for section, index, rule in opening:
        for fact, value in (test for table in rule.when for test in table.items()):
            for other in _taken_in(policy, fact, value):
                yield _at(place_of((section, index), rule.name), say("note.not-takes-in", fact=fact, value=other))


def _taken_in(policy: Policy, fact: str, value: object) -> list[str]:
    """The language's own values ("none", "unknown") that `{ not = … }` leaves among those that pass."""
    place = policy.domain.position.get(fact)
    if place is None or not isinstance(value, Mapping) or "not" not in value:
        return []
    named = value["not"]
    left_out = named if isinstance(named, list | tuple) else (named,)
    values = policy.domain.variables[place].values
    return [each for each in values if each in RESERVED and each not in left_out]


def _promised(policy: Policy, diagram: Diagram, regions: Regions) -> Iterator[Sentence]:
    """Promises to people without an active agreement, and other promises where no first answer is promised."""
    active = diagram.where([policy.domain.test("agreement", "active")])
    for index, rule in enumerate(policy.file.targets):
        promised = regions.promised.get(rule.name, EMPTY)
        asked = any("agreement" in table for table in rule.when)
        if rule.promise != "none" and not asked and diagram.without(promised, active) != EMPTY:
            yield _at(place_of(("targets", index), rule.name), say("note.promises-without-agreement"))
    for hit in (each for each in regions.hits if each.section == "targets"):
        rule = policy.file.targets[hit.index]
        if rule.promise != "none" or rule.clock != "first-answer":
            continue
        here = diagram.both(hit.decides, regions.usable)
        others = (each for each in policy.file.targets if each.clock not in {"first-answer", "next-answer"})
        if other := next((each for each in others if _meet(diagram, here, regions.promised.get(each.name))), None):
            yield _at(place_of(("targets", hit.index), rule.name), say("note.promised-yet", rule=other.name))


def _meet(diagram: Diagram, one: Region, other: Region | None) -> bool:
    return other is not None and diagram.both(one, other) != EMPTY


def _untold(policy: Policy, regions: Regions) -> Iterator[Sentence]:
    """What people will ask, reading the reasons."""
    file = policy.file
    teams = (each for each in file.destinations.values() if each.type == "team")
    number = file.desk.phone or any(each.details is not None and each.details.phone for each in teams)
    if regions.allowed.get("phone", EMPTY) != EMPTY and not number:
        yield _at("desk", say("note.no-number"))
    for index, rule in enumerate(file.billing):
        if rule.kind in _PRICED and not _tells_a_price(rule):
            yield _at(place_of(("billing", index), rule.name), say("note.no-price"))
    for name, calendar in file.calendars.items():
        if calendar.holidays == _EL_SALVADOR and (calendar.time_zone or file.desk.time_zone).startswith("Europe/"):
            yield _at(f"calendars › {name}", say("note.el-salvador"))
        for span in calendar.closed:
            if span.yearly and _days_in_a_year(span) > _MOST_OF_A_YEAR:
                yield _at(f"calendars › {name}", say("note.closed-most-of-the-year", span=str(span)))
    yield from _examples_of_two(file)


def _days_in_a_year(span: DayRange) -> int:
    return sum(span.covers(_ORDINARY_YEAR + timedelta(days=day)) for day in range(365))


def _examples_of_two(file: PolicyFile) -> Iterator[Sentence]:
    """Sentences that stand as examples of two kinds."""
    seen: dict[str, str] = {}
    for name, kind in file.kinds.items():
        for sentence in (each for sentences in kind.examples.values() for each in sentences):
            first = seen.setdefault(sentence.casefold(), name)
            if first != name:
                yield _at(f"kinds › {name}", say("note.example-of-two", example=sentence, kind=first))


def _tells_a_price(rule: BillingRule) -> bool:
    reasons = rule.because.root.values()
    return rule.rate is not None or rule.fee is not None or any(any(map(str.isdigit, each)) for each in reasons)
