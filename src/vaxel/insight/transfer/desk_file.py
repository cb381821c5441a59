"""The file that `vaxel desk load` reads: who is at a desk and who its customers are, as people write it in TOML.

People are known by their mail address and organisations by their name. What the file does not mention stays as it
is, so a key that was left out is told apart from one that says no: `described` gives what is there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal

from django.core.exceptions import ValidationError as NotAnAddress
from django.core.validators import validate_domain_name, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, StringConstraints, ValidationError

from vaxel.rules.policy.faults import Fault, Path
from vaxel.rules.policy.parts import Count, Names, Part, Slug, Yes
from vaxel.rules.policy.places import Places
from vaxel.rules.policy.shape_faults import shape_faults
from vaxel.rules.policy.wording import Language

#: Bytes; thirty thousand people fit.
LARGEST_FILE: Final = 10_000_000


class DeskFileFaultsError(ValueError):
    """The file cannot be loaded, and nothing was written. `faults` holds every fault, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def _an_address(value: str) -> str:
    try:
        validate_email(value)
    except NotAnAddress:
        raise ValueError(f'"{value}" is not a mail address') from None
    return value.lower()


def _a_domain(value: str) -> str:
    try:
        validate_domain_name(value)
    except NotAnAddress:
        raise ValueError(f'"{value}" is not a mail domain: write what follows the @, as "kommun.example"') from None
    return value.lower()


def _a_day(value: Any) -> date:
    """A day of TOML; a time of day beside it would be dropped, so it is refused."""
    if type(value) is not date:
        raise ValueError(f"{value} is not a day: write it as 2026-01-31, without quotes")
    return value


Mail = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254), AfterValidator(_an_address)
]
"""A mail address, in small letters: addresses that differ in case alone are one."""
Day = Annotated[date, BeforeValidator(_a_day)]
Called = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Domain = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_a_domain)]


class Entry(Part):
    """Something that the file describes; `FIELDS` says what its keys are called in the tables."""

    FIELDS: ClassVar[Mapping[str, str]] = {}

    def described(self) -> dict[str, Any]:
        """The values that stand in the file, by field name."""
        values = {field: getattr(self, key) for key, field in self.FIELDS.items() if key in self.model_fields_set}
        return {field: list(value) if isinstance(value, tuple) else value for field, value in values.items()}

    def keys_of(self, fields: tuple[str, ...]) -> str:
        """What the file calls these fields."""
        return ", ".join(key for key, field in self.FIELDS.items() if field in fields)


class StaffEntry(Entry):
    """One of the vendor's people. `answers` are destinations whose questions they take.

    `edits_manual` is for those who publish its articles.
    """

    FIELDS: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "title": "title",
        "phone": "phone",
        "answers": "roles",
        "administers": "may_administer",
        "edits_manual": "may_edit_manual",
        "active": "is_active",
    }
    mail: Mail
    name: Called
    title: Title = ""
    phone: Phone = ""
    answers: tuple[Slug, ...] = ()
    administers: Yes = False
    edits_manual: Yes = False
    active: Yes = True
    language: Language | None = None


class AgreementEntry(Part):
    """What a customer has bought. It is told whole: without `ends` it has no end, without `seats` those of the plan."""

    plan: Slug
    products: Names
    starts: Day
    ends: Day | None = None
    seats: Count | None = None
    facts: dict[Slug, Slug | StrictInt] = Field(default_factory=dict)


class CertificateEntry(Part):
    """A passed training; without `product` for all. Without `expires` it holds for as long as the policy says."""

    passed: Day
    product: Slug | None = None
    expires: Day | None = None


class PersonEntry(Entry):
    """Somebody at a customer. `contact` true gives a seat, false takes it back."""

    FIELDS: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "title": "title",
        "phone": "phone",
        "local_contact": "is_local_contact",
        "sees_organisation": "may_see_organisation",
        "administers": "may_administer",
        "approves": "may_approve",
        "active": "is_active",
    }
    mail: Mail
    name: Called
    title: Title = ""
    phone: Phone = ""
    contact: Yes | None = None
    local_contact: Yes = False
    sees_organisation: Yes = False
    administers: Yes = False
    approves: Yes = False
    active: Yes = True
    language: Language | None = None
    certificates: tuple[CertificateEntry, ...] = ()


class ProjectEntry(Entry):
    """A delivery; `manager` is one of the staff."""

    FIELDS: ClassVar[Mapping[str, str]] = {"manager": "manager", "starts": "starts_on", "ends": "ends_on"}
    name: Called
    manager: Mail
    starts: Day
    ends: Day | None = None


class OrganisationEntry(Entry):
    """A customer with its people. `roles` names who of the staff has which role for it."""

    FIELDS: ClassVar[Mapping[str, str]] = {"name": "name", "form": "form", "domains": "domains", "active": "is_active"}
    name: Called
    form: Literal["municipality", "region", "agency", "company"] | None = None
    domains: tuple[Domain, ...] = ()
    active: Yes = True
    agreement: AgreementEntry | None = None
    roles: dict[Slug, Mail] = Field(default_factory=dict)
    people: tuple[PersonEntry, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()


class DeskFile(Part):
    """The whole file. `roles` names who has a role for every organisation that has nobody of its own."""

    staff: tuple[StaffEntry, ...] = ()
    roles: dict[Slug, Mail] = Field(default_factory=dict)
    organisations: tuple[OrganisationEntry, ...] = ()


def read_desk_file(data: bytes) -> DeskFile:
    """The file as it is written. Raises DeskFileFaultsError with every fault of its shape."""
    raw = _parsed(data)
    try:
        return DeskFile.model_validate(raw)
    except ValidationError as error:
        raise located(shape_faults(error, raw, model=DeskFile, instead=lambda _key: None), data) from None


def located(faults: tuple[Fault, ...], data: bytes) -> DeskFileFaultsError:
    """The faults with their lines and the names of what they are about, in the order of the file."""
    places = Places(data.decode("utf-8-sig"))
    raw = _parsed(data)
    found = [replace(one, line=places.line_of(one.path), rule=_name(raw, one.path)) for one in faults]
    return DeskFileFaultsError(tuple(sorted(found, key=lambda fault: fault.line or 0)))


def _name(raw: Mapping[str, Any], path: Path) -> str | None:
    """What the entry that the path leads through is called."""
    match path:
        case ("staff" | "organisations" as section, int() as index, *_):
            entry = raw[section][index]
            name = entry.get("name") if isinstance(entry, dict) else None
            return name if isinstance(name, str) else None
        case _:
            return None


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST_FILE:
        raise _unreadable(f"The file has {len(data)} bytes; at most {LARGEST_FILE} can be loaded at once.")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable("The file is not UTF-8: save it as UTF-8 text.", line=line) from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = str(error)
        raise _unreadable(f"This is not TOML: {message[:1].lower()}{message[1:]}.") from None


def _unreadable(problem: str, *, line: int | None = None) -> DeskFileFaultsError:
    return DeskFileFaultsError((Fault((), problem, line=line),))
