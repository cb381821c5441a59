"""The rules of a policy file, and the file as a whole.

Ordered sections (the first rule that matches decides): routes, access, channels, billing, targets.
Additive sections (every rule that matches adds): forms, checklists, notify.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from vaxel.rules.policy.declarations import (
    ByMail,
    Certificates,
    Desk,
    Destination,
    Fact,
    FormField,
    Kind,
    Plan,
    Priorities,
    Product,
    Role,
    SmallJobs,
    Topic,
)
from vaxel.rules.policy.parts import Clock, ClockTime, Conditions, Count, Names, Part, Slug, Yes
from vaxel.rules.policy.wording import Language, Name, Text
from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets import CalendarSpec, TargetSpec
from vaxel.rules.targets import SameDay as SameBusinessDay

BillingKind = Literal[
    "included",
    "by-the-hour",
    "by-the-hour-after-confirmation",
    "offer-first",
    "fixed-fee",
    "start-fee-plus-hours",
    "hour-bank",
    "draws-on-quota",
    "quota-used-up",
    "not-covered",
]
#: Billing whose very name is a yes before work.
CONFIRMED_BY_MEANING: frozenset[str] = frozenset({"offer-first", "by-the-hour-after-confirmation"})
#: Billing that costs the customer: the terms say whether a yes comes first, so the file must.
MUST_SAY_CONFIRM: frozenset[str] = frozenset({"by-the-hour", "fixed-fee", "start-fee-plus-hours"})
#: Billing without a price.
FREE: frozenset[str] = frozenset({"included", "quota-used-up", "not-covered"})
#: Billing under which nothing is done, so nothing is promised unless a target names it.
NO_WORK: frozenset[str] = frozenset({"quota-used-up", "not-covered"})
#: Billing that takes from something counted, named in `draws`.
DRAWING: frozenset[str] = frozenset({"hour-bank", "draws-on-quota"})


class Rule(Part):
    """What all rules have: a name that reasons are told under, and when it applies."""

    name: Slug
    when: Conditions = ()


class RouteRule(Rule):
    """Where a question belongs."""

    to: Slug
    because: Text


class AccessRule(Rule):
    """Who may reach a destination, and where the others go instead."""

    to: Names
    allow: Yes
    instead: Slug | None = None
    because: Text

    @model_validator(mode="after")
    def _sends_whom_it_refuses(self) -> Self:
        if self.allow and self.instead is not None:
            raise SentenceError(say("access.instead-of-allowed"))
        return self


class ChannelRule(Rule):
    """By which channels the destination may be reached; `open` names the calendar of a channel with hours."""

    channels: Names
    allow: Yes
    open: Slug | None = None
    because: Text

    @model_validator(mode="after")
    def _opens_what_it_allows(self) -> Self:
        if not self.allow and self.open is not None:
            raise SentenceError(say("channel.open-of-refused"))
        return self


class FormRule(Rule):
    """Which fields the form has."""

    required: Names | None = None
    optional: Names | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.required is None and self.optional is None:
            raise SentenceError(say("form.names-nothing"))
        if both := set(self.required or ()) & set(self.optional or ()):
            raise SentenceError(say("form.in-both", name=min(both)))
        return self


class ChecklistItem(Part):
    name: Slug
    text: Text


class ChecklistRule(Rule):
    """What the asker confirms to have done before the question is sent."""

    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1)]
    because: Text | None = None


class BillingRule(Rule):
    """What the work costs, and whether it waits for a yes."""

    kind: BillingKind
    confirm: Yes | None = None
    rate: Name | None = None
    fee: Name | None = None
    hours: Count | None = None
    draws: Slug | None = None
    because: Text

    @model_validator(mode="after")
    def _asks_for_the_yes_it_needs(self) -> Self:
        if self.kind in CONFIRMED_BY_MEANING and self.confirm is False:
            raise SentenceError(say("billing.means-yes", kind=self.kind))
        priced = self.kind in DRAWING and (self.rate is not None or self.fee is not None)
        if (self.kind in MUST_SAY_CONFIRM or priced) and self.confirm is None:
            raise SentenceError(say("billing.say-confirm", kind=self.kind))
        if self.kind in NO_WORK and self.confirm:
            raise SentenceError(say("billing.no-work", kind=self.kind))
        if self.kind in FREE and (self.rate is not None or self.fee is not None):
            raise SentenceError(say("billing.free-and-priced", kind=self.kind))
        if self.kind in FREE and self.confirm:
            raise SentenceError(say("billing.free-and-confirmed", kind=self.kind))
        if self.kind not in DRAWING and self.draws is not None:
            raise SentenceError(say("billing.draws-nothing", kind=self.kind))
        return self

    @property
    def needs_yes(self) -> bool:
        """Whether work waits for the customer's yes."""
        return self.kind in CONFIRMED_BY_MEANING or bool(self.confirm)


class SameDay(Part):
    """Asked before `cut_off` on an open day: answered that day, by `answer_by` or when the calendar closes.

    Else answered the next open day, by `next_day_by` or as on the same day.
    """

    cut_off: ClockTime
    answer_by: ClockTime | None = None
    next_day_by: ClockTime | None = None

    def as_spec(self) -> TargetSpec:
        """The target it means. SentenceError if the answer is due before the question may come."""
        return SameBusinessDay(cut_off=self.cut_off, answer_by=self.answer_by, next_day_by=self.next_day_by)


class TargetRule(Rule):
    """What is promised, by when: only at the destinations it names, and never without a rule."""

    clock: Clock
    destinations: Names
    promise: Literal["goal", "guarantee", "none"]
    within: str | None = None
    same_day: SameDay | None = None
    calendar: Slug | None = None
    because: Text

    @model_validator(mode="after")
    def _is_one_promise(self) -> Self:
        if self.promise == "none":
            if self.within or self.same_day or self.calendar:
                raise SentenceError(say("target.promises-nothing"))
            return self
        if (self.within is None) == (self.same_day is None):
            raise SentenceError(say("target.one-time"))
        if self.calendar is None:
            raise SentenceError(say("target.no-calendar"))
        return self


class NotifyRule(Rule):
    """Which roles are told; `always` means that nobody can switch it off."""

    roles: Names
    always: Yes = False
    because: Text | None = None


class Expectation(Part):
    """What an example expects; what is left out is not compared."""

    destination: Slug
    channels: tuple[Slug, ...] | None = None
    channels_later: tuple[Slug, ...] | None = None
    required: tuple[Slug, ...] | None = None
    checklist: tuple[Slug, ...] | None = None
    targets: dict[Clock, str] | tuple[Clock, ...] | None = None
    billing: BillingKind | Literal["none"] | None = None
    confirm: Yes | None = None
    notify: tuple[Slug, ...] | None = None
    because: tuple[str, ...] | None = None


class Example(Part):
    """A question with its right answer: the checker asks it and compares."""

    name: Slug
    text: dict[Language, str] = Field(default_factory=dict)
    facts: dict[str, Any]
    at: str | None = None
    expect: Expectation


class PolicyFile(Part):
    """A whole policy file."""

    desk: Desk
    mail: ByMail = Field(default_factory=ByMail)
    products: Annotated[dict[Slug, Product], Field(min_length=1)]
    plans: dict[Slug, Plan] = Field(default_factory=dict)
    topics: dict[Slug, Topic] = Field(default_factory=dict)
    kinds: Annotated[dict[Slug, Kind], Field(min_length=1)]
    priorities: Priorities
    certificates: Certificates | None = None
    roles: dict[Slug, Role] = Field(default_factory=dict)
    destinations: Annotated[dict[Slug, Destination], Field(min_length=1)]
    calendars: dict[Slug, CalendarSpec] = Field(default_factory=dict)
    fields: dict[Slug, FormField] = Field(default_factory=dict)
    facts: dict[Slug, Fact] = Field(default_factory=dict)
    small_jobs: SmallJobs | None = None
    routes: Annotated[tuple[RouteRule, ...], Field(min_length=1)]
    access: tuple[AccessRule, ...] = ()
    channels: tuple[ChannelRule, ...] = ()
    forms: tuple[FormRule, ...] = ()
    checklists: tuple[ChecklistRule, ...] = ()
    billing: tuple[BillingRule, ...] = ()
    targets: tuple[TargetRule, ...] = ()
    notify: tuple[NotifyRule, ...] = ()
    examples: tuple[Example, ...] = ()
