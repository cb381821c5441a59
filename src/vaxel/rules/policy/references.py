"""What the parts of a policy file say about each other: names exist, texts are whole, ways of escape end."""

from collections.abc import Iterable, Mapping
from typing import Final

from vaxel.rules.policy.conditions import rules_of
from vaxel.rules.policy.declarations import Destination, Kind, Role
from vaxel.rules.policy.fact_references import check_fact
from vaxel.rules.policy.faults import FaultList, Path
from vaxel.rules.policy.mail_references import check_mail
from vaxel.rules.policy.parts import RESERVED
from vaxel.rules.policy.rulebook import DRAWING, PolicyFile
from vaxel.rules.policy.small_jobs import check_small_jobs
from vaxel.rules.policy.wording import language_name, texts_in
from vaxel.rules.sentences import Sentence, joined, say

_NAMED: Final = ("products", "plans", "topics", "kinds", "roles", "destinations", "calendars", "fields", "facts")


def check_references(file: PolicyFile, faults: FaultList) -> None:
    """Collect every fault that needs two places of the file to be seen."""
    _check_names(file, faults)
    _check_texts(file, faults)
    for name, kind in file.kinds.items():
        _check_kind(file, name, kind, faults)
    _check_priorities(file, faults)
    for name, role in file.roles.items():
        _check_role(file, name, role, faults)
    for name, destination in file.destinations.items():
        _check_destination(file, name, destination, faults)
    for name, fact in file.facts.items():
        check_fact(file, name, fact, faults)
    _check_strangers(file, faults)
    check_mail(file, faults)
    check_small_jobs(file, faults)
    _check_rules(file, faults)


def _check_names(file: PolicyFile, faults: FaultList) -> None:
    """No name is a word of the language, and no two rules share one: reasons are told by rule name."""
    for section in _NAMED:
        for name in getattr(file, section):
            if name in RESERVED:
                faults.add((section, name), say("name.reserved", name=name))
    for name in file.priorities.levels:
        if name in RESERVED:
            faults.add(("priorities", "levels", name), say("name.reserved", name=name))
    seen: dict[str, str] = {}
    for section, index, rule in rules_of(file):
        if rule.name in seen:
            faults.add((section, index, "name"), say("name.rule-taken", name=rule.name, section=seen[rule.name]))
        seen.setdefault(rule.name, section)
    examples: set[str] = set()
    for index, example in enumerate(file.examples):
        if example.name in examples:
            faults.add(("examples", index, "name"), say("name.example-taken", name=example.name))
        examples.add(example.name)


def _check_texts(file: PolicyFile, faults: FaultList) -> None:
    languages = file.desk.languages
    for path, text in texts_in(file, ()):
        lacking = text.missing(languages)
        if lacking:
            spoken = tuple(map(language_name, languages))
            missing = joined("text.and-no", map(language_name, lacking))
            faults.add(path, say("text.lacking", languages=missing, spoken=spoken))
    for name, kind in file.kinds.items():
        for language in languages if kind.examples else ():
            if not kind.examples.get(language):
                faults.add(("kinds", name, "examples"), say("text.no-examples", language=language_name(language)))


def _check_kind(file: PolicyFile, name: str, kind: Kind, faults: FaultList) -> None:
    at = ("kinds", name)
    _all_known(kind.products, file.products, (*at, "products"), say("known.product"), faults)
    _all_known(kind.topics, file.topics, (*at, "topics"), say("known.topic"), faults)
    if kind.topic_required and kind.topics is None:
        faults.add((*at, "topic_required"), say("kind.topic-required"))


def _check_priorities(file: PolicyFile, faults: FaultList) -> None:
    priorities = file.priorities
    levels = priorities.levels
    if priorities.default is not None:
        _known(priorities.default, levels, ("priorities", "default"), say("known.priority"), faults)
    for number, guidance in enumerate(priorities.guidance):
        for index, answer in enumerate(guidance.answers):
            path = ("priorities", "guidance", number, "answers", index, "suggests")
            _known(answer.suggests, levels, path, say("known.priority"), faults)


def _check_role(file: PolicyFile, name: str, role: Role, faults: FaultList) -> None:
    """Somebody always has the role, or the way from stand-in to stand-in ends at somebody."""
    at = ("roles", name)
    if role.every_organisation and role.fallback is not None:
        faults.add((*at, "fallback"), say("role.never-steps-in"))
    if role.every_organisation:
        return
    if role.fallback is None:
        faults.add(at, say("role.nobody"), allowed=_stand_ins(file, but=name))
        return
    if role.fallback not in _stand_ins(file, but=name):
        allowed = _stand_ins(file, but=name)
        faults.add_unknown((*at, "fallback"), role.fallback, say("known.stand-in"), allowed=allowed)
        return
    way = [name]
    while (following := file.roles.get(way[-1])) is not None and following.fallback is not None:
        if following.fallback in way:
            faults.add((*at, "fallback"), say("role.round", way=" → ".join([*way, following.fallback])))
            return
        way.append(following.fallback)


def _stand_ins(file: PolicyFile, *, but: str) -> tuple[str, ...]:
    """Who may step in for a missing person: never a team, which would let people in past the access rules."""
    return (
        *(role for role in file.roles if role != but),
        *(
            name
            for name, each in file.destinations.items()
            if each.type == "contact-details" and name not in file.roles
        ),
    )


def _check_destination(file: PolicyFile, name: str, destination: Destination, faults: FaultList) -> None:
    at = ("destinations", name)
    _check_keys_of_type(at, destination, faults)
    if destination.role is not None:
        _known(destination.role, file.roles, (*at, "role"), say("known.role"), faults)
    if destination.otherwise is not None:
        others = [each for each in file.destinations if each != name]
        path = (*at, "otherwise", "destination")
        _known(destination.otherwise.destination, others, path, say("known.another-destination"), faults)
    if destination.fallback is not None and destination.type == "local-contacts":
        allowed = [each for each, it in file.destinations.items() if it.type in {"role", "contact-details"}]
        _known(destination.fallback, allowed, (*at, "fallback"), say("known.role-or-details"), faults)


def _check_keys_of_type(at: Path, destination: Destination, faults: FaultList) -> None:
    """Each type of destination needs some keys and has no use for others."""
    kind = destination.type
    needs: Mapping[str, tuple[str, ...]] = {
        "team": ("otherwise",),
        "role": ("role",),
        "local-contacts": ("fallback",),
        "contact-details": ("details",),
    }
    may_have: Mapping[str, tuple[str, ...]] = {
        "team": ("details",),
        "role": ("otherwise",),
        "local-contacts": ("otherwise",),
    }
    reasons: Mapping[str, Sentence] = {
        "otherwise": say("destination.otherwise"),
        "role": say("destination.role"),
        "fallback": say("destination.fallback"),
        "details": say("destination.details"),
    }
    allowed = (*needs[kind], *may_have.get(kind, ()))
    for key, reason in reasons.items():
        given = getattr(destination, key) is not None
        if key in needs[kind] and not given:
            faults.add(at, say("destination.needs", type=kind, key=key, reason=reason))
        if given and key not in allowed:
            faults.add((*at, key), say("destination.has-no", type=kind, key=key), allowed=allowed)
    if kind == "contact-details" and destination.ticket:
        faults.add((*at, "ticket"), say("destination.takes-no-ticket"))
    if kind == "team" and destination.ticket is False:
        faults.add((*at, "ticket"), say("destination.takes-tickets"))
    details = destination.details
    if details is not None and not (details.phone or details.mail or details.web):
        faults.add((*at, "details"), say("destination.no-way"))


def _check_strangers(file: PolicyFile, faults: FaultList) -> None:
    open_to_all = [name for name, each in file.destinations.items() if each.type == "contact-details"]
    name = file.desk.strangers.destination
    path = ("desk", "strangers", "destination")
    _known(name, open_to_all, path, say("known.open-to-strangers"), faults)


def _check_rules(file: PolicyFile, faults: FaultList) -> None:
    destinations, channels = file.destinations, file.desk.channels
    for section, place, rule in rules_of(file) if file.certificates is None else ():
        if any("certificate" in table for table in rule.when):
            faults.add((section, place, "when", "certificate"), say("certificate.nobody"))
    for index, route in enumerate(file.routes):
        _known(route.to, destinations, ("routes", index, "to"), say("known.destination"), faults)
    for index in range(len(file.access)):
        _check_access(file, index, faults)
    for index, channel in enumerate(file.channels):
        _all_known(channel.channels, channels, ("channels", index, "channels"), say("known.channel"), faults)
        if channel.open is not None:
            _known(channel.open, file.calendars, ("channels", index, "open"), say("known.calendar"), faults)
    for index, form in enumerate(file.forms):
        _all_known(form.required, file.fields, ("forms", index, "required"), say("known.field"), faults)
        _all_known(form.optional, file.fields, ("forms", index, "optional"), say("known.field"), faults)
    _check_checklists(file, faults)
    _check_billing(file, faults)
    _check_targets(file, faults)
    for index, notice in enumerate(file.notify):
        _all_known(notice.roles, file.roles, ("notify", index, "roles"), say("known.role"), faults)


def _check_access(file: PolicyFile, index: int, faults: FaultList) -> None:
    rule = file.access[index]
    closable = [name for name, each in file.destinations.items() if each.type != "contact-details"]
    _all_known(rule.to, closable, ("access", index, "to"), say("known.closable"), faults)
    if rule.instead is not None:
        others = [name for name in file.destinations if name not in rule.to]
        _known(rule.instead, others, ("access", index, "instead"), say("known.another-destination"), faults)
    for name in rule.to if not rule.allow and rule.instead is None else ():
        destination = file.destinations.get(name)
        if destination is not None and destination.otherwise is None:
            allowed = [each for each in file.destinations if each != name]
            faults.add(("access", index), say("access.refused-where", name=name), allowed=allowed)
    for table in rule.when if rule.allow else ():
        standing = table.get("standing")
        if standing == "stranger" or (isinstance(standing, list) and "stranger" in standing):
            path = ("access", index, "when", "standing")
            faults.add(path, say("access.stranger"), allowed=("contact", "user"))


def _check_checklists(file: PolicyFile, faults: FaultList) -> None:
    texts: dict[str, object] = {}
    for index, checklist in enumerate(file.checklists):
        for place, item in enumerate(checklist.items):
            if texts.setdefault(item.name, item.text) != item.text:
                path = ("checklists", index, "items", place, "name")
                faults.add(path, say("checklist.other-text", name=item.name))


def _check_billing(file: PolicyFile, faults: FaultList) -> None:
    counted = [name for name, fact in file.facts.items() if fact.source == "count"]
    for index, rule in enumerate(file.billing):
        if rule.draws is not None:
            _known(rule.draws, counted, ("billing", index, "draws"), say("known.count"), faults)
        elif rule.kind in DRAWING:
            faults.add(("billing", index), say("billing.give-draws", kind=rule.kind), allowed=counted)


def _check_targets(file: PolicyFile, faults: FaultList) -> None:
    working = [name for name, each in file.destinations.items() if each.is_the_vendor]
    what = say("known.working")
    for index, rule in enumerate(file.targets):
        _all_known(rule.destinations, working, ("targets", index, "destinations"), what, faults)
        if rule.calendar is not None:
            _known(rule.calendar, file.calendars, ("targets", index, "calendar"), say("known.calendar"), faults)


def _all_known(
    names: Iterable[str] | None, known: Iterable[str], path: Path, what: Sentence, faults: FaultList
) -> None:
    for name in names or ():
        _known(name, known, path, what, faults)


def _known(name: str, known: Iterable[str], path: Path, what: Sentence, faults: FaultList) -> None:
    if name not in known:
        faults.add_unknown(path, name, what, allowed=known)
