"""Declared facts: each source needs its own keys, and a fact is either values or a number."""

from collections.abc import Iterable
from typing import Final

from vaxel.rules.policy.declarations import Fact
from vaxel.rules.policy.faults import FaultList, Path
from vaxel.rules.policy.parts import RESERVED
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.policy.versions import patterns_taken

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
    if name in BUILT_IN:
        faults.add(at, f'"{name}" is a fact that every policy has: choose another name.')
    _check_keys(at, fact, faults)
    _check_values(at, fact, faults)
    _check_number(at, fact, faults)
    if fact.source == "count" and fact.default is not None:
        faults.add((*at, "default"), "A count starts at 0 and is always known: remove this key.")
    if fact.calendar is not None and fact.calendar not in file.calendars:
        faults.add_unknown((*at, "calendar"), fact.calendar, "a calendar", allowed=file.calendars)
    if fact.limits is not None:
        _known_names(fact.limits, file.plans, (*at, "limits"), "a plan", faults)
    _check_counted(file, at, fact, faults)
    _check_versions(at, fact, faults)


def _check_keys(at: Path, fact: Fact, faults: FaultList) -> None:
    for key in _KEYS_OF_SOURCE.get(fact.source, ()):
        if getattr(fact, key) is None:
            faults.add(at, f'from = "{fact.source}" needs `{key}`.')
    for key, source in _ONLY_FOR.items():
        if getattr(fact, key) is not None and fact.source != source:
            faults.add((*at, key), f'`{key}` belongs to from = "{source}", and this is from = "{fact.source}".')


def _check_values(at: Path, fact: Fact, faults: FaultList) -> None:
    """Exactly one of values and number, but for a calendar, whose values are open and closed."""
    if fact.source == "calendar":
        for key in ("values", "default"):
            if getattr(fact, key) is not None:
                faults.add((*at, key), "A fact from a calendar is open or closed and always known: remove this key.")
        if fact.number:
            faults.add((*at, "number"), "A fact from a calendar is open or closed, not a number.")
        return
    if (fact.values is not None) == fact.number:
        faults.add(at, "A fact has values = [ … ] or number = true, one of the two.")
        return
    if fact.values is not None:
        for value in sorted(set(fact.values) & (RESERVED - {"none"})):
            faults.add((*at, "values"), f'"{value}" is a word of the language itself: choose another value.')
        _known_names(fact.labels, fact.values, (*at, "labels"), "a value of this fact", faults)
        _known_names(fact.versions or (), fact.values, (*at, "versions"), "a value of this fact", faults)
        if fact.default is not None and fact.default not in fact.values:
            faults.add_unknown((*at, "default"), str(fact.default), "a value of this fact", allowed=fact.values)
        if fact.source == "form" and set(fact.values) - set(fact.labels):
            lacking = next(value for value in fact.values if value not in fact.labels)
            faults.add(
                (*at, "labels"), f'The asker chooses among the values, so each needs a label: "{lacking}" has none.'
            )


def _check_number(at: Path, fact: Fact, faults: FaultList) -> None:
    if not fact.number:
        for key in ("min", "max", "unit", "limits"):
            if getattr(fact, key) is not None:
                faults.add((*at, key), f"`{key}` belongs to a number: add number = true, or remove it.")
        if fact.source == "count":
            faults.add(at, 'from = "count" counts, so it is a number: write number = true.')
        return
    low, high = fact.min or 0, fact.max
    if high is not None and high <= low:
        faults.add((*at, "max"), f"max = {high} is not above min = {low}.")
    if fact.default is not None and not (
        isinstance(fact.default, int) and low <= fact.default <= (high or fact.default)
    ):
        faults.add((*at, "default"), f"The default of a number is a whole number from min to max, not {fact.default}.")
    if fact.source == "version":
        faults.add(at, 'from = "version" sorts versions into values: write values = [ … ].')


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
            faults.add_unknown(
                (*at, "of", key), key, "something that counted tickets can be told apart by", allowed=known
            )
            continue
        names = (value,) if isinstance(value, str) else value
        _known_names(names, known[key], (*at, "of", key), f"a {key} here", faults)


def _check_versions(at: Path, fact: Fact, faults: FaultList) -> None:
    """Some version gives each value, or no rule that asks for it would ever decide."""
    given = {value for value, patterns in (fact.versions or {}).items() if patterns}
    for value in fact.values or () if fact.versions is not None else ():
        if value not in given and value != fact.default:
            faults.add((*at, "versions"), f'No version is "{value}": give it patterns, or make it the default.')
    for value, pattern, taken in patterns_taken(fact):
        faults.add((*at, "versions", value), f'"{pattern}" never fits: "{taken}" takes those versions before.')


def _known_names(names: Iterable[str], known: Iterable[str], path: Path, what: str, faults: FaultList) -> None:
    allowed = tuple(known)
    for name in names:
        if name not in allowed:
            faults.add_unknown((*path, name), name, what, allowed=allowed)
