"""Whatever pydantic finds in a policy file is told in our words, in both languages; never in its own English."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from tests.rules.policy.small_policy import changed
from vaxel.rules.policy import PolicyFile
from vaxel.rules.policy.shape_faults import KNOWN, shape_faults
from vaxel.rules.sentences import Sentence

#: What pydantic-core raises for each kind of schema, with the key that makes it when it is a bound. Its manual lists
#: them: https://docs.pydantic.dev/latest/errors/validation_errors/. Left out is what no value of TOML can be: bytes,
#: None, instances of classes, and what only JSON or Python can give.
RAISED: Final[Mapping[str, Mapping[str, str]]] = {
    "any": {},
    "bool": {"bool_type": "", "bool_parsing": "lax"},
    # Spans of hours: made by our own reading of the list, which comes first.
    "dataclass": {},
    "dataclass-args": {},
    "dataclass-field": {},
    "date": {
        "date_type": "",
        "date_parsing": "",
        "date_from_datetime_parsing": "",
        "date_from_datetime_inexact": "",
    },
    "default": {},
    "definition-ref": {},
    "definitions": {},
    "dict": {"dict_type": "", "too_short": "min_length", "too_long": "max_length"},
    "function-after": {"value_error": ""},
    "function-before": {"value_error": ""},
    "function-plain": {"value_error": ""},
    "int": {
        "int_type": "",
        "int_parsing": "lax",
        "int_parsing_size": "lax",
        "int_from_float": "lax",
        "finite_number": "lax",
        "greater_than_equal": "ge",
        "less_than_equal": "le",
        "greater_than": "gt",
        "less_than": "lt",
        "multiple_of": "multiple_of",
    },
    "list": {"list_type": "", "too_short": "min_length", "too_long": "max_length"},
    "literal": {"literal_error": ""},
    "model": {"model_type": "", "model_attributes_type": ""},
    "model-field": {"missing": ""},
    "model-fields": {"extra_forbidden": ""},
    "nullable": {},
    "str": {
        "string_type": "",
        "string_too_short": "min_length",
        "string_too_long": "max_length",
        "string_pattern_mismatch": "pattern",
    },
    "time": {"time_type": "", "time_parsing": ""},
    "tuple": {"tuple_type": "", "too_short": "min_length", "too_long": "max_length"},
    "union": {},
}

WRONG: Final[tuple[Any, ...]] = (
    *("", "x", "Två ord", "x" * 5000, "none", "25:00", "12-99", "2026-13-01", "((", "Mars/Olympus"),
    *(-1, 0, 10**30, 1.5, float("inf"), True, False),
    *([], [[]], [1], ["x", "x"], [{}], {}, {"x": 1}, {"*": "x"}, {"sv": ""}, {"not": {}}),
    *(date(2026, 1, 1), time(12, 30, 5), datetime(2026, 1, 1, 12, tzinfo=UTC)),
)
"""Values of every sort that TOML has, put in the place of what is right."""


MORE: Final = """
[products.tool]
name = "Tool"
entrance = true
versions = ["1.0"]
ends_on = 2027-01-31

[topics.login]
name = "L"

[certificates]
valid_months = 12
grace_days = 30
per = "product"
text = "Pass the course."
how = "Book it."

[mail]
kind = "fault"
kinds = { app = "fault" }

[small_jobs]
at = "support"
effort = "effort"
notify = "manager"
valid_days = 20

[calendars.many]
time_zone = "Europe/Stockholm"
open = { mon = ["08:00-12:00"] }
holidays = "SE"
eves = true
day_before_holiday = ["08:00-12:00"]
half_days = { "2026-07-01" = ["08:00-12:00"] }
closed = ["12-24", 2026-06-05]
extra_open = { "2026-07-04" = ["08:00-12:00"] }

[fields.number]
type = "version"
label = "Number"
pattern = "[0-9]+"
example = "12"
max_length = 20
whole_window = true

[fields.which]
type = "choice"
label = "Which"
choices = { a = "A", b = "B" }

[facts.effort]
name = "Effort"
from = "agent"
number = true
unit = "minutes"
min = 0
max = 100
default = 10
limits = { plus = 2 }

[facts.age]
name = "Age"
from = "version"
values = ["new", "old"]
labels = { new = "New" }
default = "new"
versions = { new = ["9.*"] }
of = { kind = ["fault"] }

[[checklists]]
name = "before"
items = [{ name = "restarted", text = "I have started it again." }]

[[targets]]
name = "late"
clock = "solved"
destinations = "support"
same_day = { cut_off = "15:00", answer_by = 16:00:00, next_day_by = "12:00" }
calendar = "office"
promise = "goal"
because = { en = "x" }

[[examples]]
name = "another"
facts = { kind = "fault" }
expect = { destination = "support", targets = { first-answer = "2026-11-23T10:30" }, confirm = true }
"""
"""What the small policy lacks, for its shape alone."""


def schemas(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every part of a core schema that says what a value may be."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
        for key, inner in node.items():
            # How a value is written, what a model says of itself and the functions that validate raise nothing.
            if key not in {"serialization", "metadata", "config", "function", "default"}:
                yield from schemas(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from schemas(inner)


def raised_by(model: type[BaseModel]) -> set[str]:
    """The types of error that validating a value of TOML by the model can give."""
    found: set[str] = set()
    for schema in schemas(model.__pydantic_core_schema__):
        for kind, bound in RAISED[schema["type"]].items():
            if not bound or schema.get(bound) is not None or (bound == "lax" and not schema.get("strict")):
                found.add(kind)
    return found


def test_every_type_of_error_that_the_models_raise_has_words_of_ours() -> None:
    raised = raised_by(PolicyFile)
    assert sorted(raised - KNOWN) == []
    assert {"extra_forbidden", "missing", "literal_error", "value_error", "string_pattern_mismatch"} <= raised


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of the file with each of its keys."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, key
            yield from places(inner)


def broken(text: str) -> Iterator[dict[str, Any]]:
    """The file with one value after another replaced by each wrong one, and with each key misspelt."""
    raw = tomllib.loads(text)
    for container, key in list(places(raw)):
        right = container[key]
        for wrong in WRONG:
            container[key] = wrong
            yield raw
        if isinstance(container, dict):
            del container[key]
            yield raw
            container[f"{key}z"] = right
            yield raw
            del container[f"{key}z"]
        container[key] = right


def test_no_broken_value_is_told_in_words_that_are_not_ours() -> None:
    codes: set[str] = set()
    for raw in broken(changed(added=MORE)):
        try:
            PolicyFile.model_validate(raw)
        except ValidationError as error:
            for fault in shape_faults(error, raw):
                assert isinstance(fault.problem, Sentence)
                codes.add(fault.problem.code)
                assert fault.told("p.toml", "sv") != fault.told("p.toml", "en")
    assert "shape.other" not in codes
    assert {"shape.is-not", "shape.missing", "shape.unknown-key", "shape.empty-text", "shape.too-long"} <= codes
