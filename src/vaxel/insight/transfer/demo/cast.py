"""The cast: customers, their people and the vendor's, as plain values made from the files and a seed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from unicodedata import normalize

from vaxel.insight.transfer.demo.files import (
    DeskFile,
    NameFile,
    OrganisationPart,
    PersonPart,
    ProjectPart,
    StaffPart,
)

#: Mobile numbers that are set aside for books and films: 070-174 06 05 to 070-174 06 99.
_FICTIONAL_MOBILES: Final = range(605, 700)
#: Fixed lines in Stockholm for the same use: 08-465 004 00 to 08-465 004 99.
_FICTIONAL_LINES: Final = range(100)
_VALID_CERTIFICATES: Final = 0.88


@dataclass(frozen=True, slots=True)
class CastStaff:
    """One of the vendor's people. Indexes count within the desk's cast."""

    index: int
    name: str
    email: str
    title: str
    phone: str
    roles: tuple[str, ...]
    administers: bool
    edits_manual: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class CastPerson:
    """Somebody at a customer. A seat makes a contact; `passed_on` None means never trained."""

    index: int
    organisation: int
    name: str
    email: str
    phone: str
    title: str
    language: str
    has_seat: bool
    passed_on: date | None
    expires_on: date | None
    administers: bool
    approves: bool
    sees_organisation: bool
    is_local_contact: bool
    is_active: bool

    @property
    def first_name(self) -> str:
        """What colleagues call them."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class CastProject:
    """A delivery to a customer."""

    name: str
    manager: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class CastOrganisation:
    """A customer with its agreement and its people. `holders` are staff by role."""

    index: int
    name: str
    form: str
    domain: str
    plan: str
    products: tuple[str, ...]
    starts_on: date
    ends_on: date | None
    seats: int | None
    holders: Mapping[str, int]
    project: CastProject | None
    people: tuple[CastPerson, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody at one desk. `holders` stand in for customers that have nobody of their own."""

    file: DeskFile
    staff: tuple[CastStaff, ...]
    holders: Mapping[str, int]
    organisations: tuple[CastOrganisation, ...]

    @property
    def people(self) -> Iterator[CastPerson]:
        """All customers' people, in order of their index."""
        return (person for organisation in self.organisations for person in organisation.people)


def make_cast(file: DeskFile, names: NameFile, *, seed: int, today: date, organisations: int = 0) -> Cast:
    """The cast of a desk; the same seed and day give the same one.

    `organisations` may ask for more customers than the file lists: the rest get made-up names, and a plan, products
    and a size like one of those that are listed.
    """
    random = Random(f"{seed} {file.desk.slug}")  # noqa: S311  # made-up people, not secrets
    staff = tuple(
        _staff(part, index=index, domain=f"{file.desk.slug}.example") for index, part in enumerate(file.staff)
    )
    indexes = {person.name: person.index for person in staff}
    maker = _Maker(file, names, indexes=indexes, random=random, today=today)
    made = maker.organisations(max(organisations, len(file.organisations)))
    return Cast(
        file=file,
        staff=staff,
        holders={role: indexes[name] for role, name in file.holders.items()},
        organisations=tuple(made),
    )


def _staff(part: StaffPart, *, index: int, domain: str) -> CastStaff:
    return CastStaff(
        index=index,
        name=part.name,
        email=address(part.name, domain),
        title=part.title,
        phone=f"08-465 004 {index % 100:02}",
        roles=part.roles,
        administers=part.administers,
        edits_manual=part.edits_manual,
        is_active=part.active,
    )


class _Maker:
    """Makes customers one after the other; indexes and addresses are counted here."""

    def __init__(
        self, file: DeskFile, names: NameFile, *, indexes: Mapping[str, int], random: Random, today: date
    ) -> None:
        self._file = file
        self._names = names
        self._staff = indexes
        self._random = random
        self._today = today
        self._people = 0
        self._addresses: Counter[str] = Counter()
        self._shares = [group.share for group in names.group]

    def organisations(self, count: int) -> Iterator[CastOrganisation]:
        listed = self._file.organisations
        for index in range(count):
            part = listed[index] if index < len(listed) else self._invented(index)
            yield self._organisation(part, index=index)

    def _invented(self, index: int) -> OrganisationPart:
        """A customer like a listed one, under a name that nobody else has."""
        like = self._file.organisations[index % len(self._file.organisations)]
        places = self._names.places
        name = f"{self._random.choice(places.first)}{self._random.choice(places.last)} kommun {index}"
        changes = {"name": name, "domain": f"kund{index}.example", "form": "municipality", "project": None}
        return like.model_copy(update=changes)

    def _organisation(self, part: OrganisationPart, *, index: int) -> CastOrganisation:
        starts_on = self._today - timedelta(days=self._random.randint(200, self._file.desk.days_before_first))
        return CastOrganisation(
            index=index,
            name=part.name,
            form=part.form,
            domain=part.domain,
            plan=part.plan,
            products=part.products,
            starts_on=starts_on,
            ends_on=None if part.ended is None else self._today - timedelta(days=part.ended),
            seats=part.seats,
            holders={role: self._staff[name] for role, name in part.holders.items()},
            project=None if part.project is None else self._project(part.project),
            people=tuple(self._people_of(part, index=index)),
        )

    def _project(self, part: ProjectPart) -> CastProject:
        return CastProject(
            name=part.name,
            manager=self._staff[part.manager],
            starts_on=self._today + timedelta(days=part.starts),
            ends_on=None if part.ends is None else self._today + timedelta(days=part.ends),
        )

    def _people_of(self, part: OrganisationPart, *, index: int) -> Iterator[CastPerson]:
        listed = [person for person in self._file.people if person.organisation == part.name]
        contacts = part.contacts - sum(person.contact for person in listed)
        for person in listed:
            yield self._person(person, organisation=index)
        for place in range(part.people - len(listed)):
            yield self._person(self._made_up(part, contact=place < contacts, place=place), organisation=index)

    def _made_up(self, part: OrganisationPart, *, contact: bool, place: int) -> PersonPart:
        name = self._name()
        last = place == part.people - 1
        return PersonPart(
            name=name,
            email=self._address(name, part.domain),
            organisation=part.name,
            title=self._title(part),
            contact=contact,
            certificate="valid" if self._random.random() < _VALID_CERTIFICATES else "expired",
            administers=contact and place == 0,
            approves=contact and place == 0,
            local_contact=contact,
            active=contact or not last or part.people < 5,  # noqa: PLR2004  # the last of a large one has left
            language="en" if part.english and place % 4 != 3 else "sv",  # noqa: PLR2004  # one in four
        )

    def _title(self, part: OrganisationPart) -> str:
        if part.english:
            return self._random.choice(self._names.titles["english"])
        sort = "case-system" if part.plan == "support" else part.form
        return self._random.choice(self._names.titles[sort])

    def _name(self) -> str:
        group = self._random.choices(self._names.group, self._shares)[0]
        return f"{self._random.choice(group.given)} {self._random.choice(group.family)}"

    def _address(self, name: str, domain: str) -> str:
        """Namesakes at one customer get a number, as they do in life."""
        plain = address(name, domain)
        self._addresses[plain] += 1
        same = self._addresses[plain]
        return plain if same == 1 else plain.replace("@", f"{same}@")

    def _person(self, part: PersonPart, *, organisation: int) -> CastPerson:
        number = self._people
        self._people += 1
        passed_on, expires_on = self._certificate(part)
        return CastPerson(
            index=number,
            organisation=organisation,
            name=part.name,
            email=part.email,
            phone=_phone(number),
            title=part.title,
            language=part.language,
            has_seat=part.contact,
            passed_on=passed_on,
            expires_on=expires_on,
            administers=part.administers,
            approves=part.approves or self._random.random() < 0.1,  # noqa: PLR2004  # one in ten holds a budget
            sees_organisation=part.contact or part.administers,
            is_local_contact=part.local_contact,
            is_active=part.active,
        )

    def _certificate(self, part: PersonPart) -> tuple[date | None, date | None]:
        """When the training was passed, and until when it counts: three years, as the example desk has it."""
        if not part.contact or part.certificate == "none":
            return None, None
        ago = self._random.randint(120, 900) if part.certificate == "valid" else self._random.randint(1250, 1500)
        passed_on = self._today - timedelta(days=ago)
        return passed_on, passed_on + timedelta(days=3 * 365)


def _phone(number: int) -> str:
    if number % 3:
        last = _FICTIONAL_MOBILES[number % len(_FICTIONAL_MOBILES)]
        return f"070-174 0{last // 100} {last % 100:02}"
    return f"08-465 004 {_FICTIONAL_LINES[number % len(_FICTIONAL_LINES)]:02}"


def address(name: str, domain: str) -> str:
    """The mail address that somebody of this name is given."""
    parts = [_plain(part) for part in name.lower().split()]
    return f"{'.'.join(part for part in parts if part)}@{domain}"


_LETTERS: Final = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ø": "o", "æ": "ae"})


def _plain(word: str) -> str:
    """Without marks above and below the letters."""
    folded = normalize("NFD", word.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "-")
