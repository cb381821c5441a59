"""pydantic's findings as faults that the writer of a policy can act on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from vaxel.rules.policy.faults import Fault, Path, Words, nearest, sentence
from vaxel.rules.policy.instead import instead_of_key
from vaxel.rules.policy.parts import SLUG_PATTERN
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, SentenceError, Value, say

#: What a value of each of pydantic's types of error should have been.
_EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "expected.text",
    "bool_type": "expected.flag",
    "bool_parsing": "expected.flag",
    "int_type": "expected.bare-number",
    "int_parsing": "expected.bare-number",
    "int_parsing_size": "expected.bare-number",
    "int_from_float": "expected.number",
    "finite_number": "expected.number",
    "dict_type": "expected.table",
    "model_type": "expected.table",
    "model_attributes_type": "expected.table",
    "tuple_type": "expected.list",
    "list_type": "expected.list",
    "date_type": "expected.date",
    "date_parsing": "expected.date",
    "date_from_datetime_parsing": "expected.date",
    "date_from_datetime_inexact": "expected.date",
    "time_type": "expected.time",
    "time_parsing": "expected.time",
}
_OTHERWISE: Final = frozenset(
    {
        *("extra_forbidden", "missing", "literal_error", "value_error", "string_pattern_mismatch"),
        *("string_too_short", "string_too_long", "greater_than_equal", "less_than_equal", "too_short"),
    }
)
#: pydantic's types of error that have words of ours; a test holds them to what our models can raise.
KNOWN: Final = frozenset({*_EXPECTED, *_OTHERWISE})
#: Words of support terms, and the word of the language that means the same.
_MEANT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("response", "first-response", "initial-response", "reply", "acknowledgement"), "first-answer"),
    **dict.fromkeys(("resolution", "resolve", "resolved", "fix", "fixed"), "solved"),
    **dict.fromkeys(("restore", "restored", "mitigation"), "workaround"),
    **dict.fromkeys(("best-effort", "best-efforts", "best effort", "no"), "none"),
    **dict.fromkeys(("target", "objective", "slo"), "goal"),
    **dict.fromkeys(("sla", "guaranteed", "commitment"), "guarantee"),
    **dict.fromkeys(("daily", "all-days", "everyday"), "every-day"),
}
#: How like a known key a word must be to be a slip of the pen, though the language has another answer to it.
_MISSPELT: Final = 0.75


def shape_faults(
    error: ValidationError,
    raw: Mapping[str, Any],
    *,
    model: type[BaseModel] = PolicyFile,
    instead: Callable[[str], Sentence | None] = instead_of_key,
) -> tuple[Fault, ...]:
    """One fault per finding; the several findings about one value that may be of several types become one.

    A value with a fault inside it has the right type for that: that it might have been of another is not told.

    `model` is what the file was read as; `instead` says what there is instead of an unknown key, or None.
    """
    faults: dict[Path, Fault] = {}
    for finding in error.errors(include_url=False):
        path = _in_the_file(finding["loc"], raw)
        fault = _fault(path, finding, model=model, instead=instead)
        earlier = faults.get(path)
        faults[path] = fault if earlier is None else _both(earlier, fault)
    deeper = {path[:length] for path in faults for length in range(len(path))}
    return tuple(fault for path, fault in faults.items() if path not in deeper)


def _in_the_file(loc: tuple[str | int, ...], raw: Mapping[str, Any]) -> Path:
    """The steps of the location that are steps in the file: pydantic also names types of unions and "[key]"."""
    path: list[str | int] = []
    here: Any = raw
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(here, Mapping) and isinstance(step, str) and (step in here or (last and _is_key(step))):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _is_key(step: str) -> bool:
    """Whether a last step that the file lacks is the key that is missing, not the name of a type."""
    return step.replace("_", "").isalpha() and step not in {"str", "int", "bool", "constrained-str", "constrained-int"}


def _fault(path: Path, finding: Any, *, model: type[BaseModel], instead: Callable[[str], Sentence | None]) -> Fault:
    kind, value, context = finding["type"], finding["input"], finding.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(path, known=_keys_at(model, path[:-1]), instead=instead)
    if kind == "missing":
        return Fault(path[:-1], say("shape.missing", key=str(path[-1])) if path else say("shape.something-missing"))
    if kind == "literal_error":
        allowed = tuple(part.strip().strip("'") for part in context["expected"].replace(" or ", ", ").split(","))
        meant = _MEANT.get(str(value).lower())
        near = meant if meant in allowed else nearest(str(value), allowed)
        return Fault(path, _is_not(value, "expected.word"), allowed, near)
    return Fault(path, _problem(kind, value, context, finding["msg"]))


def _unknown_key(path: Path, *, known: tuple[str, ...], instead: Callable[[str], Sentence | None]) -> Fault:
    key = str(path[-1]) if path else ""
    hint = instead(key)
    near = nearest(key, known) if hint is None else nearest(key, known, likeness=_MISSPELT)
    if hint is None or near:
        return Fault(path, say("shape.unknown-key", key=key), known, near)
    return Fault(path, say("shape.unknown-key-instead", key=key, instead=hint), known)


def _problem(kind: str, value: Any, context: Mapping[str, Any], message: str) -> Words:
    if kind == "value_error":
        error = context["error"]
        return error.sentence.whole() if isinstance(error, SentenceError) else sentence(str(error))
    if kind == "string_pattern_mismatch" and context.get("pattern") == SLUG_PATTERN:
        return _is_not(value, "expected.name")
    if kind in _EXPECTED:
        return _is_not(value, _EXPECTED[kind])
    return _out_of_bounds(kind, _told(value), context) or say("shape.other", value=_told(value), message=message)


def _out_of_bounds(kind: str, told: Words, context: Mapping[str, Any]) -> Sentence | None:
    match kind:
        case "string_too_short":
            return say("shape.empty-text")
        case "string_too_long":
            return say("shape.too-long", value=told, most=context["max_length"])
        case "greater_than_equal":
            return say("shape.too-little", value=told, least=context["ge"])
        case "less_than_equal":
            return say("shape.too-much", value=told, most=context["le"])
        case "too_short":
            return say("shape.too-few", least=context["min_length"], count=context["actual_length"])
        case _:
            return None


def _is_not(value: Any, expected: str) -> Sentence:
    return say("shape.is-not", value=_told(value), expected=say(expected))


def _both(earlier: Fault, later: Fault) -> Fault:
    """Two findings about one value: it may be of several types and is of none."""
    one, other = earlier.problem, later.problem
    if one == other or not isinstance(one, Sentence) or not isinstance(other, Sentence):
        return earlier
    problem = say("fault.both", one=one, other=other)
    if {one.code, other.code} == {"shape.is-not"}:
        values, more = dict(one.values), dict(other.values)
        either = _nor(values["expected"], more["expected"])
        problem = replace(one, values=tuple((values | {"expected": either}).items()))
    return replace(
        earlier, problem=problem, allowed=earlier.allowed or later.allowed, nearest=earlier.nearest or later.nearest
    )


def _nor(one: Value, other: Value) -> Value:
    """Both together; the same expectation is told once."""
    known = {one, *(value for _, value in one.values)} if isinstance(one, Sentence) else {one}
    return one if other in known else say("shape.nor", one=one, other=other)


def _keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the table at the path may have, found by walking the model."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return tuple(field.alias or name for name, field in kind.model_fields.items())
    return ()


def _step(kind: Any, step: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        found = [field.annotation for name, field in kind.model_fields.items() if step in (name, field.alias)]
        return [inner for annotation in found for inner in _alternatives(annotation)]
    arguments = get_args(kind)
    inner = arguments[1:] if isinstance(step, str) and len(arguments) > 1 else arguments[:1]
    return [each for argument in inner for each in _alternatives(argument)]


def _alternatives(annotation: Any) -> list[Any]:
    """The types that a value of the annotation may have: unions and Annotated are opened."""
    if get_origin(annotation) in {Union, UnionType}:
        return [inner for argument in get_args(annotation) for inner in _alternatives(argument)]
    if hasattr(annotation, "__metadata__"):
        return _alternatives(annotation.__origin__)
    return [annotation]


def _told(value: Any) -> str | Sentence:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value[:80]}"'
    if isinstance(value, Mapping):
        return say("shape.a-table")
    return say("shape.a-list") if isinstance(value, list) else str(value)[:80]
