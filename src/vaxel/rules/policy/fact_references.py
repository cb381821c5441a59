"""Declared facts: each source needs its own keys, and a fact is either values or a number."""

from collections.abc import Iterable
from typing import Final

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.faults import FaultList, Path
from vaxel.rules.policy.parts import RESERVED
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.policy.versions import VERSION, means_more, patterns_taken
from vaxel.rules.sentences import Sentence, say

BUILT_IN: Final = frozenset(
    {
        *("standing", "certificate", "agreement", "plan", "products", "owned", "project", "product", "kind", "scope"),
        *("topic", "priority", "wished-priority", "urgent", "channel", "destination", "access", "billing"),
    }
)
_KEYS_OF_SOURCE: Final = {
    "form": ("question",),
    "agent": ("question",),
    "count": ("counts", "per"),
    "version": ("versions",),
    "calendar": ("calendar",),
}
_ONLY_FOR: Final = {
    "counts": "count",
    "per": "count",
    "of": "count",
    "limits": "count",
    "versions": "version",
    "calendar": "calendar",
}


def check_fact(file: PolicyFile, name: str, fact: Fact, faults: FaultList) -> None:
    """Collect what is wrong with one declared fact."""
    at = ("facts", name)
    if name in BUILT_IN or name == VERSION:
        faults.add(at, say("fact.everywhere", name=name))
    _check_keys(at, fact, faults)
    _check_values(at, fact, faults)
    _check_number(at, fact, faults)
    if fact.source == "count" and fact.default is not None:
        faults.add((*at, "default"), say("fact.count-default"))
    if fact.calendar is not None and fact.calendar not in file.calendars:
        faults.add_unknown((*at, "calendar"), fact.calendar, say("known.calendar"), allowed=file.calendars)
    if fact.limits is not None:
        _known_names(fact.limits, file.plans, (*at, "limits"), say("known.plan"), faults)
    _check_counted(file, at, fact, faults)
    _check_versions(at, fact, faults)


def _check_keys(at: Path, fact: Fact, faults: FaultList) -> None:
    for key in _KEYS_OF_SOURCE.get(fact.source, ()):
        if getattr(fact, key) is None:
            faults.add(at, say("fact.needs", source=fact.source, key=key))
    for key, source in _ONLY_FOR.items():
        if getattr(fact, key) is not None and fact.source != source:
            faults.add((*at, key), say("fact.key-of", key=key, source=source, own=fact.source))


def _check_values(at: Path, fact: Fact, faults: FaultList) -> None:
    """Exactly one of values and number, but for a calendar, whose values are open and closed."""
    if fact.source == "calendar":
        for key in ("values", "default"):
            if getattr(fact, key) is not None:
                faults.add((*at, key), say("fact.calendar-known"))
        if fact.number:
            faults.add((*at, "number"), say("fact.calendar-number"))
        return
    if (fact.values is not None) == fact.number:
        faults.add(at, say("fact.values-or-number"))
        return
    if fact.values is not None:
        for value in sorted(set(fact.values) & (RESERVED - {"none"})):
            faults.add((*at, "values"), say("fact.reserved-value", value=value))
        _known_names(fact.labels, fact.values, (*at, "labels"), say("known.value-of-fact"), faults)
        _known_names(fact.versions or (), fact.values, (*at, "versions"), say("known.value-of-fact"), faults)
        if fact.default is not None and fact.default not in fact.values:
            faults.add_unknown((*at, "default"), str(fact.default), say("known.value-of-fact"), allowed=fact.values)
        if fact.source == "form" and set(fact.values) - set(fact.labels):
            lacking = next(value for value in fact.values if value not in fact.labels)
            faults.add((*at, "labels"), say("fact.no-label", value=lacking))


def _check_number(at: Path, fact: Fact, faults: FaultList) -> None:
    if not fact.number:
        for key in ("min", "max", "unit", "limits"):
            if getattr(fact, key) is not None:
                faults.add((*at, key), say("fact.of-number", key=key))
        if fact.source == "count":
            faults.add(at, say("fact.count-is-number"))
        return
    low, high = fact.min or 0, fact.max
    if high is not None and high <= low:
        faults.add((*at, "max"), say("fact.max-below-min", high=high, low=low))
    if fact.default is not None and not (
        isinstance(fact.default, int) and low <= fact.default <= (high or fact.default)
    ):
        faults.add((*at, "default"), say("fact.default-of-number", value=fact.default))
    if fact.source == "version":
        faults.add(at, say("fact.version-values"))


def _check_counted(file: PolicyFile, at: Path, fact: Fact, faults: FaultList) -> None:
    """`of` narrows what is counted by the same words that conditions use."""
    known = {
        "kind": tuple(file.kinds),
        "product": tuple(file.products),
        "priority": tuple(file.priorities.levels),
        "channel": file.desk.channels,
        "destination": tuple(file.destinations),
        "billing": tuple(rule.kind for rule in file.billing),
        "topic": tuple(file.topics),
    }
    for key, value in (fact.of or {}).items():
        if key not in known:
            faults.add_unknown((*at, "of", key), key, say("known.told-apart"), allowed=known)
            continue
        names = (value,) if isinstance(value, str) else value
        _known_names(names, known[key], (*at, "of", key), say("known.word-of", key=key), faults)


def _check_versions(at: Path, fact: Fact, faults: FaultList) -> None:
    """Some version gives each value, or no rule that asks for it would ever decide."""
    given = {value for value, patterns in (fact.versions or {}).items() if patterns}
    for value in fact.values or () if fact.versions is not None else ():
        if value not in given and value != fact.default:
            faults.add((*at, "versions"), say("fact.no-version", value=value))
    for value, patterns in (fact.versions or {}).items():
        for pattern in patterns:
            if means_more(pattern):
                faults.add((*at, "versions", value), say("fact.version-pattern", pattern=pattern))
    for value, pattern, taken in patterns_taken(fact):
        faults.add((*at, "versions", value), say("fact.version-taken", pattern=pattern, taken=taken))


def _known_names(names: Iterable[str], known: Iterable[str], path: Path, what: Sentence, faults: FaultList) -> None:
    allowed = tuple(known)
    for name in names:
        if name not in allowed:
            faults.add_unknown((*path, name), name, what, allowed=allowed)
