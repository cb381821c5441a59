"""The cast put into the database: a desk with its policy, accounts, customers, seats, staff.

Rows are written in bulk and not through the doors of `domain.people`: the benchmarks have tens of thousands of
people, and what the doors guard (seats, addresses) the database's own constraints guard here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.contrib.auth.hashers import make_password

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import (
    Account,
    Agreement,
    Certificate,
    Organisation,
    Person,
    Project,
    RoleHolder,
    Seat,
    Staff,
)
from vaxel.domain.tickets.canned_reply import CannedReply
from vaxel.insight.transfer.demo.cast import Cast, CastOrganisation, CastPerson, CastStaff
from vaxel.insight.transfer.demo.earlier import earlier_policy
from vaxel.insight.transfer.demo.files import DeskPart, policy_source
from vaxel.kit.tenancy import Scope

_BATCH: Final = 2000
_MADE_BEFORE: Final = timedelta(days=30)
#: The policy was changed once before anything was asked.
_UNTIL_CHANGED: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Stage:
    """A desk with its cast, and the ids that they have in the database, by their index in the cast."""

    desk: Desk
    cast: Cast
    organisations: tuple[int, ...]
    people: tuple[int, ...]
    staff: tuple[int, ...]

    def scope(self, organisation: CastOrganisation) -> Scope:
        """The customer's rows. Staff's scope would not do: what colleagues ask each other is not theirs to see."""
        return Scope(desk_id=self.desk.pk, organisation_id=self.organisations[organisation.index])

    def actor(self, who: CastPerson | CastStaff | None) -> Actor:
        """What doors take as `by`."""
        if isinstance(who, CastPerson):
            return Actor(kind="person", id=self.people[who.index], name=who.name)
        return SYSTEM if who is None else Actor(kind="staff", id=self.staff[who.index], name=who.name)


def make_desk(part: DeskPart, *, now: datetime) -> Desk:
    """The desk with its policy, published before anything was asked."""
    made_at = now - timedelta(days=part.days_before_first)
    desk = Desk.objects.create(
        slug=part.slug,
        prefix=part.slug[:3].upper(),
        name=part.name,
        mail_address=part.mail_address,
        accent=part.accent,
        created_at=made_at,
    )
    source = policy_source(part.slug)
    before = earlier_policy(part.slug, source)
    if before is None:
        publish_policy(desk=desk, source=source, by=SYSTEM, now=made_at)
        return desk
    earlier, why = before
    publish_policy(desk=desk, source=earlier, by=SYSTEM, now=made_at)
    publish_policy(desk=desk, source=source, by=SYSTEM, now=made_at + _UNTIL_CHANGED, note=why)
    return desk


def set_stage(desk: Desk, cast: Cast, *, limits: Mapping[str, int | None]) -> Stage:
    """Write everybody; `limits` are the seats that each plan has, None for unlimited."""
    accounts = _accounts(cast, now=desk.created_at)
    staff = _staff(desk, cast, accounts=accounts)
    organisations = _organisations(desk, cast)
    people = _people(desk, cast, organisations=organisations, accounts=accounts)
    _agreements(desk, cast, organisations=organisations, people=people, limits=limits)
    _certificates(desk, cast, organisations=organisations, people=people)
    _roles(desk, cast, organisations=organisations, staff=staff)
    _canned_replies(desk, cast)
    return Stage(desk=desk, cast=cast, organisations=organisations, people=people, staff=staff)


def _accounts(cast: Cast, *, now: datetime) -> Mapping[str, int]:
    """The id of each address's account. Somebody at two desks or two customers has one account."""
    wanted: dict[str, Account] = {}
    everybody: list[CastStaff | CastPerson] = [*cast.staff, *cast.people]
    for one in everybody:
        language = one.language if isinstance(one, CastPerson) else "sv"
        password = make_password(None)
        wanted.setdefault(
            one.email, Account(email=one.email, name=one.name, language=language, password=password, created_at=now)
        )
    known = dict(Account.objects.filter(email__in=wanted).values_list("email", "pk"))
    new = [account for email, account in wanted.items() if email not in known]
    Account.objects.bulk_create(new, batch_size=_BATCH)
    return {**known, **{account.email: account.pk for account in new}}


def _staff(desk: Desk, cast: Cast, *, accounts: Mapping[str, int]) -> tuple[int, ...]:
    rows = [
        Staff(
            desk=desk,
            account_id=accounts[one.email],
            name=one.name,
            title=one.title,
            phone=one.phone,
            roles=list(one.roles),
            may_administer=one.administers,
            may_edit_manual=one.edits_manual,
            is_active=one.is_active,
        )
        for one in cast.staff
    ]
    return _ids(Staff.objects.bulk_create(rows))


def _organisations(desk: Desk, cast: Cast) -> tuple[int, ...]:
    rows = [
        Organisation(
            desk=desk, name=one.name, form=one.form, domains=[one.domain], created_at=_midnight(one) - _MADE_BEFORE
        )
        for one in cast.organisations
    ]
    return _ids(Organisation.objects.bulk_create(rows, batch_size=_BATCH))


def _people(desk: Desk, cast: Cast, *, organisations: tuple[int, ...], accounts: Mapping[str, int]) -> tuple[int, ...]:
    rows = [
        Person(
            desk=desk,
            organisation_id=organisations[one.organisation],
            account_id=accounts[one.email],
            name=one.name,
            email=one.email,
            phone=one.phone,
            title=one.title,
            is_local_contact=one.is_local_contact,
            may_see_organisation=one.sees_organisation,
            may_administer=one.administers,
            may_approve=one.approves,
            is_active=one.is_active,
            created_at=_midnight(cast.organisations[one.organisation]),
        )
        for one in cast.people
    ]
    return _ids(Person.objects.bulk_create(rows, batch_size=_BATCH))


def _agreements(
    desk: Desk,
    cast: Cast,
    *,
    organisations: tuple[int, ...],
    people: tuple[int, ...],
    limits: Mapping[str, int | None],
) -> None:
    agreements = [
        Agreement(
            desk=desk,
            organisation_id=organisations[one.index],
            plan=one.plan,
            products=list(one.products),
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            seats=one.seats,
        )
        for one in cast.organisations
    ]
    Agreement.objects.bulk_create(agreements, batch_size=_BATCH)
    seats = [
        Seat(
            desk=desk,
            organisation_id=agreement.organisation_id,
            agreement=agreement,
            person_id=people[person.index],
            number=number,
            limit=one.seats or limits[one.plan] or 0,
            since=_midnight(one),
        )
        for one, agreement in zip(cast.organisations, agreements, strict=True)
        for number, person in enumerate((person for person in one.people if person.has_seat), start=1)
    ]
    Seat.objects.bulk_create(seats, batch_size=_BATCH)


def _certificates(desk: Desk, cast: Cast, *, organisations: tuple[int, ...], people: tuple[int, ...]) -> None:
    rows = [
        Certificate(
            desk=desk,
            organisation_id=organisations[one.organisation],
            person_id=people[one.index],
            passed_on=one.passed_on,
            expires_on=one.expires_on,
        )
        for one in cast.people
        if one.passed_on is not None
    ]
    Certificate.objects.bulk_create(rows, batch_size=_BATCH)


def _roles(desk: Desk, cast: Cast, *, organisations: tuple[int, ...], staff: tuple[int, ...]) -> None:
    """Who holds a role for whom, and who leads which project."""
    for_all = [
        RoleHolder(desk=desk, organisation=None, role=role, staff_id=staff[index])
        for role, index in cast.holders.items()
    ]
    for_one = [
        RoleHolder(desk=desk, organisation_id=organisations[one.index], role=role, staff_id=staff[index])
        for one in cast.organisations
        for role, index in one.holders.items()
    ]
    RoleHolder.objects.bulk_create([*for_all, *for_one], batch_size=_BATCH)
    projects = [
        Project(
            desk=desk,
            organisation_id=organisations[one.index],
            name=one.project.name,
            manager_id=staff[one.project.manager],
            starts_on=one.project.starts_on,
            ends_on=one.project.ends_on,
        )
        for one in cast.organisations
        if one.project is not None
    ]
    Project.objects.bulk_create(projects)


def _canned_replies(desk: Desk, cast: Cast) -> None:
    rows = [
        CannedReply(desk=desk, title=title, language=language, text=one.text[language].strip())
        for one in cast.file.canned
        for language, title in one.title.items()
    ]
    CannedReply.objects.bulk_create(rows)


def _ids(rows: Iterable[Staff | Organisation | Person]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows)


def _midnight(organisation: CastOrganisation) -> datetime:
    """When the customer's agreement began."""
    return datetime.combine(organisation.starts_on, time(), tzinfo=UTC)
