"""The declared parts of a policy file: what exists. The rules that decide over it are in `rulebook`."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from vaxel.rules.policy.parts import Channel, Count, Mail, Names, Part, Phone, Prefix, Slug, Web, Yes
from vaxel.rules.policy.patterns import fits, require_pattern
from vaxel.rules.policy.wording import LANGUAGES, Language, Name, Text
from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets import check_time_zone


class Redirect(Part):
    """Where somebody is sent instead, and the reason they read."""

    destination: Slug
    because: Text


#: Letters: mails carry it beside the address that they come from.
LONGEST_DESK_NAME: Final = 80
#: First parts of addresses that are the program's own: a desk of that name could not be reached.
RESERVED_ADDRESSES: Final = frozenset(
    {"api", "demo", "health", "looks", "received", "reports", "signin", "static", "widget"}
)
_LONGEST_DESK_SLUG: Final = 40


def _in_addresses(slug: str) -> str:
    """Raise SentenceError for a name that no desk can be reached by."""
    if slug in RESERVED_ADDRESSES:
        raise SentenceError(say("desk.reserved-slug", slug=slug))
    if len(slug) > _LONGEST_DESK_SLUG:
        raise SentenceError(say("desk.long-slug", most=_LONGEST_DESK_SLUG))
    return slug


class Desk(Part):
    """Who the desk is."""

    slug: Annotated[Slug, AfterValidator(_in_addresses)]
    prefix: Prefix
    name: Name
    languages: tuple[Language, ...] = LANGUAGES
    time_zone: Annotated[str, AfterValidator(check_time_zone)] = "Europe/Stockholm"
    channels: tuple[Channel, ...] = ("portal", "mail")
    phone: Phone | None = None
    mail: Mail | None = None
    web: Web | None = None
    strangers: Redirect

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for key, values in (("languages", self.languages), ("channels", self.channels)):
            if not values or len(set(values)) < len(values):
                raise SentenceError(say("desk.once", key=key))
        if any(len(name) > LONGEST_DESK_NAME for name in self.name.root.values()):
            raise SentenceError(say("desk.long-name", most=LONGEST_DESK_NAME))
        return self


class ByMail(Part):
    """What holds for questions that come by mail, which no form has asked for details."""

    clock_while_details_missing: Literal["runs", "waits"] = "runs"
    kind: Slug | None = None
    kinds: dict[Slug, Slug] = Field(default_factory=dict)
    product: Slug | None = None
    because: Text | None = None


class SmallJobs(Part):
    """Work outside support that is agreed before it is done: where, which fact holds the estimate, who is told."""

    at: Names
    effort: Slug
    notify: Names
    valid_days: Annotated[int, Field(ge=1, le=365)] = 30


class Product(Part):
    """Something the vendor sells and answers questions about. `ends_on`: the last day before its end of life."""

    name: Name
    text: Text | None = None
    entrance: Yes = False
    versions: tuple[str, ...] = ()
    ends_on: date | None = None


UNLIMITED: Final = "unlimited"


def _for_an_agreement(value: Any) -> Any:
    """Raise SentenceError for contacts that are counted per product."""
    if isinstance(value, Mapping):
        raise SentenceError(say("plan.contacts-per-agreement"))
    return value


def _an_end(value: Any) -> Any:
    """Raise SentenceError for a limit that is none."""
    if value == UNLIMITED:
        raise SentenceError(say("fact.no-limit"))
    return value


class Plan(Part):
    """A support level. `contacts` is how many named support contacts an agreement on it may have; `overlap_days` for
    how long a leaving one and the successor may both be contacts.
    """

    name: Name
    contacts: Annotated[Count | Literal["unlimited"], BeforeValidator(_for_an_agreement)]
    overlap_days: Annotated[int, Field(ge=0, le=90)] = 0
    text: Text | None = None


class Topic(Part):
    name: Name
    text: Text | None = None


class Kind(Part):
    """A sort of question, as people recognise it. `scope` says whether support's terms cover it."""

    name: Name
    scope: Literal["in", "out"]
    text: Text | None = None
    examples: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    helped_by: Text | None = None
    products: Names | None = None
    without_product: Yes = False
    topics: Names | None = None
    topic_required: Yes = False


class Level(Part):
    """A priority. `asks` is what the form asks of somebody who chooses it."""

    name: Name
    text: Text
    asks: Text | None = None


class GuidanceAnswer(Part):
    text: Text
    suggests: Slug


class Guidance(Part):
    question: Text
    answers: Annotated[tuple[GuidanceAnswer, ...], Field(min_length=2)]


class Priorities(Part):
    """The priorities, lowest first, and who sets them: the asker, or the vendor after the asker's wish."""

    decided_by: Literal["asker", "vendor"] = "asker"
    default: Slug | None = None
    levels: Annotated[dict[Slug, Level], Field(min_length=1)]
    guidance: tuple[Guidance, ...] = ()

    @property
    def usual(self) -> str:
        """The level that the form proposes: `default`, else "normal", else the lowest."""
        return self.default or ("normal" if "normal" in self.levels else next(iter(self.levels)))


class Role(Part):
    """A part that a person plays towards an organisation. Every organisation has one, or `fallback` steps in."""

    name: Name
    text: Text | None = None
    every_organisation: Yes = False
    fallback: Slug | None = None


class Details(Part):
    phone: Phone | None = None
    mail: Mail | None = None
    web: Web | None = None
    hours: Text | None = None


class Destination(Part):
    """Where a question can end.

    `team`: the vendor's own queue, closed to everybody whom no access rule lets in. `role`: the person with that
    role for the organisation. `local-contacts`: the organisation's own contacts. `contact-details`: shown, no form.
    """

    type: Literal["team", "role", "local-contacts", "contact-details"]
    name: Name
    text: Text | None = None
    role: Slug | None = None
    ticket: Yes | None = None
    otherwise: Redirect | None = None
    fallback: Slug | None = None
    details: Details | None = None

    @property
    def takes_ticket(self) -> bool:
        """Whether a ticket is handed over; if not, the asker is shown whom to contact."""
        if self.ticket is None:
            return self.type in {"team", "role"}
        return self.ticket

    @property
    def is_the_vendor(self) -> bool:
        """Whether the vendor's own people work there: what they do may cost, and be promised by a time."""
        return self.takes_ticket and self.type in {"team", "role"}


class Certificates(Part):
    """The training that a support contact must have passed."""

    valid_months: Annotated[int, Field(ge=1, le=600)] | None = None
    grace_days: Annotated[int, Field(ge=0, le=366)] = 0
    per: Literal["product", "person"] = "person"
    text: Text
    how: Text


class FormField(Part):
    """A question of the form."""

    type: Literal["text", "long-text", "choice", "version", "number", "date", "person", "pictures"]
    label: Name
    help: Text | None = None
    pattern: str | None = None
    example: str | None = None
    wrong: Text | None = None
    choices: dict[Slug, Name] | None = None
    max_length: Annotated[int, Field(ge=1, le=20000)] | None = None
    whole_window: Yes = False
    searchable: Yes = False

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "choice") != (self.choices is not None):
            raise SentenceError(say("field.choice"))
        if self.choices is not None and not self.choices:
            raise SentenceError(say("field.no-choices"))
        if self.pattern is not None:
            self._has_working_pattern(self.pattern)
        return self

    def _has_working_pattern(self, pattern: str) -> None:
        if self.type not in {"text", "version"}:
            raise SentenceError(say("field.pattern-type", type=self.type))
        try:
            require_pattern(pattern)
        except SentenceError as error:
            raise SentenceError(say("field.no-pattern", why=error.sentence)) from None
        if self.example is None:
            raise SentenceError(say("field.no-example"))
        if not fits(pattern, self.example):
            raise SentenceError(say("field.example-differs", example=self.example))


class Fact(Part):
    """A fact that the policy declares itself: values or a whole number, and where it comes from."""

    name: Name
    text: Text | None = None
    source: Annotated[
        Literal["agreement", "organisation", "person", "form", "agent", "version", "count", "calendar"],
        Field(alias="from"),
    ]
    values: Names | None = None
    labels: dict[Slug, Name] = Field(default_factory=dict)
    number: Yes = False
    unit: Name | None = None
    min: Count | None = None
    max: Count | None = None
    default: Slug | Count | None = None
    question: Text | None = None
    calendar: Slug | None = None
    versions: dict[Slug, tuple[str, ...]] | None = None
    counts: Literal["tickets", "minutes", "hours", "days", "sessions", "calls", "users"] | None = None
    per: Literal["day", "week", "month", "quarter", "half-year", "year", "agreement-year", "agreement"] | None = None
    of: dict[str, Slug | tuple[Slug, ...]] | None = None
    limits: dict[Slug, Annotated[Count, BeforeValidator(_an_end)]] | None = None
