"""From the bytes of a TOML file to a policy that can decide, or to every fault in it at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final

from pydantic import ValidationError

from vaxel.rules.policy.compiled import Policy, compile_sections
from vaxel.rules.policy.conditions import number_cuts
from vaxel.rules.policy.domain import Domain, domain_of
from vaxel.rules.policy.faults import Fault, FaultList, Path, PolicyFaultsError
from vaxel.rules.policy.places import Places
from vaxel.rules.policy.references import check_references
from vaxel.rules.policy.rulebook import PolicyFile, TargetRule
from vaxel.rules.policy.shape_faults import shape_faults
from vaxel.rules.policy.toml_faults import toml_fault
from vaxel.rules.sentences import Sentence, SentenceError, say
from vaxel.rules.targets import Calendar, TargetSpec, build_calendar, check_target, parse_within

#: Bytes. The largest policy we know of is a tenth of it.
LARGEST_FILE: Final = 2_000_000
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
#: Keys and indexes from the top to a value. Nothing of a policy lies deeper than half of it.
_DEEPEST: Final = 20
AFTER_TEXT: Final = say("ahead.text")
AFTER_SHAPE: Final = say("ahead.shape")
AFTER_REFERENCES: Final = say("ahead.references")


def read_policy(data: bytes | str, *, source: str = "policy.toml") -> Policy:
    """Read, check the references and compile. PolicyFaultsError holds every fault, with its line.

    What comes back decides; that it decides everything, and only what may be, is for `check` to prove.
    """
    return compile_policy(read_file(data, source=source), _text(data, source), source=source)


def read_file(data: bytes | str, *, source: str = "policy.toml") -> PolicyFile:
    """The file as it is written: well-formed TOML with known keys and values of the right type."""
    text = _text(data, source)
    raw = _parse(text, source)
    if hidden := tuple(_hidden(raw)):
        raise _located(hidden, raw, text, source, ahead=AFTER_SHAPE)
    try:
        return PolicyFile.model_validate(raw)
    except ValidationError as error:
        raise _located(shape_faults(error, raw), raw, text, source, ahead=AFTER_SHAPE) from None


def compile_policy(file: PolicyFile, text: str, *, source: str = "policy.toml", domain: Domain | None = None) -> Policy:
    """Check what the file's parts say about each other and compile it, in its own domain or in a wider one."""
    faults = FaultList()
    check_references(file, faults)
    if faults:
        raise _located(faults.all(), _raw(file), text, source, ahead=AFTER_REFERENCES)
    calendars = _calendars(file, faults)
    promises = _promises(file, calendars, faults)
    own = domain if domain is not None else domain_of(file, number_cuts(file))
    sections = compile_sections(file, own, faults)
    if faults:
        raise _located(faults.all(), _raw(file), text, source, ahead=AFTER_REFERENCES)
    return Policy(file=file, domain=own, calendars=calendars, promises=promises, sections=sections)


def _text(data: bytes | str, source: str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if len(data) > LARGEST_FILE:
        problem = say("file.too-large", size=len(data), most=LARGEST_FILE)
        raise PolicyFaultsError([Fault((), problem)], source, ahead=AFTER_TEXT)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = say("file.not-utf8", byte=error.start)
        raise PolicyFaultsError([Fault((), problem, line=line)], source, ahead=AFTER_TEXT) from None


def _parse(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, position = str(error).partition(" (at ")
        line = position.removeprefix("line ").split(",")[0]
        number = int(line) if line.isdigit() else text.count("\n") + 1
        problem = say("file.not-toml", problem=toml_fault(message))
        raise PolicyFaultsError([Fault((), problem, line=number)], source, ahead=AFTER_TEXT) from None
    except (RecursionError, ValueError):
        raise PolicyFaultsError([Fault((), say("file.out-of-bounds"))], source, ahead=AFTER_TEXT) from None


def _hidden(raw: dict[str, Any]) -> Iterator[Fault]:
    """Characters that nobody sees: a database keeps no U+0000, and others turn the words round them about."""
    left: list[tuple[Path, object]] = [((key,), value) for key, value in raw.items()]
    while left:
        path, value = left.pop()
        if len(path) > _DEEPEST:
            yield Fault(path[:1], say("file.out-of-bounds"))
            return
        match value:
            case str():
                if found := _HIDDEN.search(value):
                    yield Fault(path, say("file.hidden-character", code=f"{ord(found[0]):04X}"))
            case dict():
                left.extend(((*path, key), each) for key, each in value.items())
            case list():
                left.extend(((*path, index), each) for index, each in enumerate(value))


def _calendars(file: PolicyFile, faults: FaultList) -> dict[str, Calendar]:
    calendars: dict[str, Calendar] = {}
    for name, spec in file.calendars.items():
        try:
            calendars[name] = build_calendar(spec, default_zone=file.desk.time_zone)
        except SentenceError as error:
            faults.add(("calendars", name), error.sentence.whole())
    return calendars


def _promises(file: PolicyFile, calendars: Mapping[str, Calendar], faults: FaultList) -> dict[str, TargetSpec]:
    """What each target rule that promises something promises, checked against its calendar."""
    promises: dict[str, TargetSpec] = {}
    for index, rule in enumerate(file.targets):
        calendar = calendars.get(rule.calendar or "")
        if rule.promise == "none" or calendar is None or rule.calendar is None:
            continue
        key = "within" if rule.within is not None else "same_day"
        try:
            spec = _target_spec(rule, always=file.calendars[rule.calendar].always)
            check_target(spec, calendar)
            promises[rule.name] = spec
        except SentenceError as error:
            faults.add(("targets", index, key), error.sentence.whole())
    return promises


def _target_spec(rule: TargetRule, *, always: bool) -> TargetSpec:
    if rule.within is not None:
        return parse_within(rule.within, wall_clock=always)
    if rule.same_day is None:
        raise SentenceError(say("target.one-time"))
    return rule.same_day.as_spec()


def _raw(file: PolicyFile) -> dict[str, Any]:
    """The names of the rules, section by section: all that places need of a file that has its shape."""
    return {section: [{"name": rule.name} for rule in rules] for section, rules in file if isinstance(rules, tuple)}


def _located(
    faults: tuple[Fault, ...], raw: Mapping[str, Any], text: str, source: str, *, ahead: Sentence
) -> PolicyFaultsError:
    """Each fault with its line and the name of its rule, in the order of the file."""
    places = Places(text)
    found = [replace(fault, line=places.line_of(fault.path), rule=_rule_name(raw, fault.path)) for fault in faults]
    found.sort(key=lambda fault: fault.line or 0)
    return PolicyFaultsError(found, PurePath(source).name, ahead=ahead)


def _rule_name(raw: Mapping[str, Any], path: Path) -> str | None:
    match path:
        case (str() as section, int() as index, *_):
            rules = raw.get(section)
            rule = rules[index] if isinstance(rules, list) and index < len(rules) else None
            name = rule.get("name") if isinstance(rule, dict) else None
            return name if isinstance(name, str) else None
        case _:
            return None
