"""Small types that the tables of a policy file share."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
)

from vaxel.rules.sentences import SentenceError, say

SLUG_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
#: A name inside the file: small letters, digits and hyphens.
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=60)]

#: Words that the language uses itself; nothing in a file may be called so.
RESERVED: Final = frozenset({"none", "unknown", "undecided"})

Channel = Literal["portal", "mail", "phone", "widget", "chat", "api"]
#: What a promise is about. `next-answer` runs from the asker's latest word, `update` from the vendor's own.
Clock = Literal["first-answer", "next-answer", "update", "workaround", "solved"]

_LARGEST: Final = 10**9


class Part(BaseModel):
    """A table of the file. Unknown keys are faults; what is read is never changed."""

    #: Built when a file is read, all parts at once: one by one, as modules are loaded, would take three times as long.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _not_empty(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise SentenceError(say("part.empty-list"))
    twice = sorted(value for value, times in Counter(values).items() if times > 1)
    if twice:
        raise SentenceError(say("part.twice", name=twice[0]))
    return values


#: One name, or a list of at least one.
Names = Annotated[
    tuple[Slug, ...],
    BeforeValidator(_one_or_more, json_schema_input_type=str | list[str]),
    AfterValidator(_not_empty),
]


def _small_enough(value: int) -> int:
    if not 0 <= value <= _LARGEST:
        most = f"{_LARGEST:,}".replace(",", " ")
        raise SentenceError(say("shape.is-not", value=value, expected=say("expected.count", most=most)))
    return value


#: A whole number from 0 to a thousand million.
Count = Annotated[StrictInt, AfterValidator(_small_enough)]

Yes = StrictBool

_PREFIX: Final = re.compile(r"[A-Z][A-Z0-9]{1,5}", re.ASCII)
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB: Final = re.compile(r"https?://[^\s/]+(/\S*)?")
_FEWEST_DIGITS: Final = 3


def _a_prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise SentenceError(say("part.prefix", value=value))
    return value


def _a_phone_number(value: str) -> str:
    """Words may stand beside the digits, as in "010-555 00 00, choose 2"."""
    if sum(letter.isdecimal() for letter in value) < _FEWEST_DIGITS:
        raise SentenceError(say("part.phone", value=value))
    return value


def _a_mail_address(value: str) -> str:
    if not _MAIL.fullmatch(value):
        raise SentenceError(say("part.mail", value=value))
    return value


def _a_web_address(value: str) -> str:
    """Only http and https: the address becomes a link that strangers follow."""
    if not _WEB.fullmatch(value):
        raise SentenceError(say("part.web", value=value))
    return value


Prefix = Annotated[str, AfterValidator(_a_prefix), Field(json_schema_extra={"pattern": f"^{_PREFIX.pattern}$"})]
Phone = Annotated[str, AfterValidator(_a_phone_number)]
Mail = Annotated[str, AfterValidator(_a_mail_address)]
Web = Annotated[str, AfterValidator(_a_web_address), Field(json_schema_extra={"pattern": f"^{_WEB.pattern}$"})]

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def _clock_time(value: Any) -> Any:
    if isinstance(value, time):
        if value.second or value.microsecond:
            raise SentenceError(say("part.seconds", value=str(value)))
        return value
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        written = f'"{value}"' if isinstance(value, str) else str(value)
        raise SentenceError(say("part.clock-time", value=written))
    return time.fromisoformat(value)


#: A time of day on the wall clock of a calendar's zone, "HH:MM".
ClockTime = Annotated[
    time, BeforeValidator(_clock_time, json_schema_input_type=Annotated[str, StringConstraints(pattern=_TIME.pattern)])
]


def _a_condition(value: Any) -> Any:
    """`when` is one table of conditions, or a list of such tables; what is inside is read by `conditions`."""
    tables = value if isinstance(value, list) else [value]
    if not all(isinstance(table, Mapping) for table in tables):
        raise SentenceError(say("part.when-no-table"))
    if not tables or not all(tables):
        raise SentenceError(say("part.when-empty"))
    return tuple(dict(table) for table in tables)


#: The tables of a `when`: a rule matches if any of them does; () means always.
Conditions = Annotated[
    tuple[dict[str, Any], ...],
    BeforeValidator(_a_condition, json_schema_input_type=dict[str, Any] | list[dict[str, Any]]),
]
