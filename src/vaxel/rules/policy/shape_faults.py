"""pydantic's findings as faults that the writer of a policy can act on."""

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from vaxel.rules.policy.faults import Fault, Path, nearest, sentence
from vaxel.rules.policy.instead import instead_of_key
from vaxel.rules.policy.parts import SLUG_PATTERN
from vaxel.rules.policy.rulebook import PolicyFile

_EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "text in quotes",
    "bool_type": "true or false, without quotes",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number, without quotes",
    "dict_type": "a table, { … } or [ … ] as a header of its own",
    "model_type": "a table, { … } or [ … ] as a header of its own",
    "model_attributes_type": "a table, { … } or [ … ] as a header of its own",
    "tuple_type": "a list, [ … ]",
    "list_type": "a list, [ … ]",
}
_MISSPELT: Final = 0.75
"""How like a known key a word must be to be a slip of the pen, though the language has another answer to it."""


def shape_faults(
    error: ValidationError,
    raw: Mapping[str, Any],
    *,
    model: type[BaseModel] = PolicyFile,
    instead: Callable[[str], str] = instead_of_key,
) -> tuple[Fault, ...]:
    """One fault per finding; the several findings about one value that may be of several types become one.

    A value with a fault inside it has the right type for that: that it might have been of another is not told.

    `model` is what the file was read as; `instead` says what there is instead of an unknown key, or "".
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


def _fault(path: Path, finding: Any, *, model: type[BaseModel], instead: Callable[[str], str]) -> Fault:
    kind, value, context = finding["type"], finding["input"], finding.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        key = str(path[-1]) if path else ""
        hint = instead(key)
        near = nearest(key, known, likeness=_MISSPELT) if hint else nearest(key, known)
        hint = "" if near else hint
        return Fault(path, f'"{key}" is not a key here. {hint}'.rstrip(), known, near)
    if kind == "missing":
        return Fault(path[:-1], f"`{path[-1]}` is missing." if path else "Something is missing.")
    if kind == "literal_error":
        allowed = tuple(part.strip().strip("'") for part in context["expected"].replace(" or ", ", ").split(","))
        return Fault(path, f"{_told(value)} is not one of the words here.", allowed, nearest(str(value), allowed))
    return Fault(path, _problem(kind, value, context, finding["msg"]))


def _problem(kind: str, value: Any, context: Mapping[str, Any], message: str) -> str:
    if kind == "string_pattern_mismatch" and context.get("pattern") == SLUG_PATTERN:
        return f"{_told(value)} is not a name: use small letters a to z, digits and single hyphens."
    if kind == "value_error":
        return sentence(str(context["error"]))
    if kind == "string_too_short":
        return "An empty text says nothing: write it, or leave the key out."
    if kind == "string_too_long":
        return f"{_told(value)} is longer than {context['max_length']} letters."
    if kind in _EXPECTED:
        return f"{_told(value)} is not {_EXPECTED[kind]}."
    return sentence(f"{_told(value)}: {message}")


def _both(earlier: Fault, later: Fault) -> Fault:
    """Two findings about one value: it may be of several types and is of none."""
    if earlier.problem == later.problem or later.problem in earlier.problem:
        return earlier
    expected = later.problem.partition(" is not ")[2].rstrip(".") or later.problem.rstrip(".")
    return Fault(
        earlier.path,
        f"{earlier.problem.rstrip('.')}, nor {expected}.",
        earlier.allowed or later.allowed,
        earlier.nearest or later.nearest,
    )


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


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value[:80]}"'
    if isinstance(value, Mapping):
        return "A table"
    return "A list" if isinstance(value, list) else str(value)[:80]
