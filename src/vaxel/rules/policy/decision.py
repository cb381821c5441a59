"""What a policy decided about one question: plain frozen values that are stored with the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from vaxel.rules.targets import TargetSpec


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that decided, with the text people read, per language. Built-in rules are named `built-in.…`."""

    rule: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChannelOpening:
    """A channel that is allowed but closed now, and when it opens (UTC)."""

    channel: str
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class FieldAsked:
    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: the clock's name, how its time counts in which calendar, and the instant it is due (UTC)."""

    name: str
    promise: str
    calendar: str
    spec: TargetSpec
    due: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Billing:
    """How the work is paid. With `confirm`, no work starts before the customer's yes."""

    kind: str
    confirm: bool
    rule: str
    rate: Mapping[str, str] | None = None
    fee: Mapping[str, str] | None = None
    hours: int | None = None
    draws: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A role that is told; with `always` nobody can switch it off."""

    role: str
    always: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question's facts. A refusal is one too: it names where the asker goes instead.

    `belongs_to` is where the question belongs; `destination` is where this asker gets with it, and `granted` tells
    whether they are the same. `channels` are open now, `channels_later` are allowed but closed now. `usable` tells
    whether the channel the asker came by is among `channels`; without it nothing is promised.
    """

    destination: str
    belongs_to: str
    granted: bool
    ticket: bool
    channels: tuple[str, ...]
    channels_later: tuple[ChannelOpening, ...]
    usable: bool
    fields: tuple[FieldAsked, ...]
    checklist: tuple[str, ...]
    targets: tuple[Target, ...]
    billing: Billing | None
    notify: tuple[Notice, ...]
    because: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage; `from_json` reads them back to an equal decision."""
        plain: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return plain

    @staticmethod
    def from_json(plain: Mapping[str, Any]) -> "Decision":
        """The decision that `to_json` told. pydantic's ValidationError if it is not one."""
        return _adapter().validate_python(plain)

    @property
    def required_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.required)

    @property
    def optional_fields(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if not field.required)


@cache
def _adapter() -> TypeAdapter[Decision]:
    """Built when first needed: most commands and pages store nothing."""
    return TypeAdapter(Decision)
