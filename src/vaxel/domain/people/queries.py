"""Reads about people: who somebody is at a desk, who holds a role, who is a local contact.

Only active rows count, in every function here, and nothing is remembered between requests: a right that was
taken away is gone at the next request (trust 47).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Lower

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.absences import HELPER, at_hand
from vaxel.domain.people.dialled import dialled
from vaxel.domain.people.models import Agreement, Organisation, Person, Project, Seat, Staff
from vaxel.domain.people.viewers import CustomerRights, CustomerViewer, StaffViewer, Viewer
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, rows_as
from vaxel.kit.numbers import number_in
from vaxel.kit.tenancy import Scope

#: The role that the manager of a running project holds towards its organisation (A13).
PROJECT_MANAGER: Final = "project-manager"
_COLLEAGUES: Final = Person.unscoped.filter(organisation=OuterRef("organisation"), is_active=True)
#: Where nobody is named as local support a support contact is asked by colleagues, and where there is none of those
#: either, whoever administers: no question of a colleague lies where nobody may read it. See `first_line`.
_STANDS_IN: Final = ~Exists(_COLLEAGUES.filter(is_local_contact=True)) & (
    Exists(Seat.unscoped.filter(person=OuterRef("pk")))
    | (Q(may_administer=True) & ~Exists(_COLLEAGUES.filter(seats__isnull=False)))
)


@dataclass(frozen=True, slots=True)
class CustomerAt:
    """A viewer and the desk that they stand at, read together."""

    desk: Desk
    viewer: CustomerViewer


@dataclass(frozen=True, slots=True)
class StaffAt:
    """One of the staff and the desk that they stand at, read together."""

    desk: Desk
    viewer: StaffViewer


def customers_at(*, account_id: int, desk_slug: str, organisation_id: int | None = None) -> list[CustomerAt]:
    """Who a customer's account may be at a desk: several for somebody with several organisations; one query.

    With `organisation_id` they are nobody at any other organisation. Empty for a stranger and for a desk that is not
    there.
    """
    rows = _reading_customers().run({_AN_ACCOUNT_ID: account_id, _A_SLUG: desk_slug})
    found = [_customer_at(row) for row in rows]
    return [one for one in found if organisation_id in {None, one.viewer.organisation_id}]


def customer_at(
    *, account_id: int, desk_slug: str, preferred: int | None = None, organisation_id: int | None = None
) -> CustomerAt | None:
    """Who a customer's account is at a desk; one query. None too where they have to choose (see `chosen_among`)."""
    found = customers_at(account_id=account_id, desk_slug=desk_slug, organisation_id=organisation_id)
    return chosen_among(found, preferred=preferred)


def chosen_among(found: Sequence[CustomerAt], *, preferred: int | None) -> CustomerAt | None:
    """The person with id `preferred`, or the only one there is.

    Any organisation may invite anybody's address. So nobody is taken for one of several organisations before they
    have said so: what they ask would go to strangers (trust 46).
    """
    only = found[0] if len(found) == 1 else None
    return next((one for one in found if one.viewer.person_id == preferred), only)


def _customer_at(row: Row) -> CustomerAt:
    stands_in, *columns = row
    person, organisation, desk = rows_as((Person, Organisation, Desk), columns)
    person.organisation = organisation
    viewer = _customer(person, is_local_contact=person.is_local_contact or stands_in)
    return CustomerAt(desk=desk, viewer=viewer)


@cache
def _reading_customers() -> Compiled:
    rows = (
        Person.unscoped.filter(
            account_id=_AN_ACCOUNT_ID,
            account__is_active=True,
            is_active=True,
            organisation__is_active=True,
            desk__slug=_A_SLUG,
        )
        .annotate(stands_in=_STANDS_IN)
        .order_by("organisation__name", "id")
    )
    columns = (*columns_of(Person), *columns_of(Organisation, "organisation__"), *columns_of(Desk, "desk__"))
    return compiled(rows.values_list("stands_in", *columns), _AN_ACCOUNT_ID, _A_SLUG)


def customers_with_address(*, desk_id: int, address: str) -> list[CustomerViewer]:
    """Everybody at the desk who has the mail address; the same human may be there for several organisations."""
    rows = _reading_customers_with_address().run({_A_DESK_ID: desk_id, _AN_ADDRESS: address.lower()})
    return [_written_to(row) for row in rows]


def _written_to(row: Row) -> CustomerViewer:
    stands_in, language, *columns = row
    person, person.organisation = rows_as((Person, Organisation), columns)
    viewer = _customer(person, is_local_contact=person.is_local_contact or stands_in)
    return replace(viewer, language=language or "")


@cache
def _reading_customers_with_address() -> Compiled:
    rows = _active_customers(_A_DESK_ID).annotate(address=Lower("email")).filter(address=_AN_ADDRESS)
    columns = (*columns_of(Person), *columns_of(Organisation, "organisation__"))
    return compiled(rows.values_list("stands_in", "account__language", *columns), _A_DESK_ID, _AN_ADDRESS)


def customer_with_id(*, desk_id: int, person_id: int) -> CustomerViewer | None:
    """A person at the desk, who need not have an account; None when they or their organisation have left."""
    person = _active_customers(desk_id).filter(pk=person_id).first()
    return None if person is None else _spoken_to(person)


def _active_customers(desk_id: int) -> QuerySet[Any]:  # persons with `stands_in`, which no type knows
    return (
        Person.unscoped.filter(desk_id=desk_id, is_active=True, organisation__is_active=True)
        .exclude(account__is_active=False)
        .select_related("organisation", "account")
        .annotate(stands_in=_STANDS_IN)
        .order_by("organisation__name", "id")
    )


def _spoken_to(person: Any) -> CustomerViewer:
    viewer = _customer(person, is_local_contact=person.is_local_contact or person.stands_in)
    return replace(viewer, language=person.account.language if person.account else "")


def staff_at(*, account_id: int, desk_slug: str) -> StaffAt | None:
    """Who a staff account is at a desk; one query. None for anybody else and for a desk that is not there."""
    found = _reading_staff().run({_AN_ACCOUNT_ID: account_id, _A_SLUG: desk_slug})
    return next((as_staff_at(row[1:], email=row[0]) for row in found), None)


def as_staff_at(columns: Row, *, email: str) -> StaffAt:
    """From the columns of a `Staff` and of its desk, one after the other, and the account's address."""
    staff, desk = rows_as((Staff, Desk), columns)
    viewer = StaffViewer(
        staff_id=staff.id,
        desk_id=staff.desk_id,
        account_id=staff.account_id,
        name=staff.name,
        email=email,
        roles=tuple(staff.roles),
        may_administer=staff.may_administer,
        may_edit_manual=staff.may_administer or staff.may_edit_manual,
    )
    return StaffAt(desk=desk, viewer=viewer)


@cache
def _reading_staff() -> Compiled:
    rows = Staff.unscoped.filter(account_id=_AN_ACCOUNT_ID, account__is_active=True, is_active=True, desk__slug=_A_SLUG)
    columns = ("account__email", *columns_of(Staff), *columns_of(Desk, "desk__"))
    return compiled(rows.values_list(*columns), _AN_ACCOUNT_ID, _A_SLUG)


#: Marks in the compiled queries, where each run puts a request's values (see `kit.compiled`).
_AN_ACCOUNT_ID: Final = -1
_A_SLUG: Final = "<slug>"
_A_DESK_ID: Final = -2
_AN_ORGANISATION_ID: Final = -3
_AN_ADDRESS: Final = "<address>"


def viewer_for(*, account_id: int, desk_slug: str, preferred: int | None = None) -> Viewer | None:
    """Who an account is at a desk, as staff before as customer; one query for staff, two for customers."""
    found = staff_at(account_id=account_id, desk_slug=desk_slug) or customer_at(
        account_id=account_id, desk_slug=desk_slug, preferred=preferred
    )
    return None if found is None else found.viewer


def organisation_name(scope: Scope, *, organisation_id: int) -> str | None:
    """How an organisation of the scope is called; None for any other."""
    return Organisation.objects.within(scope).filter(pk=organisation_id).values_list("name", flat=True).first()


def organisations_named(scope: Scope, *, words: str, most: int = 8) -> list[tuple[int, str]]:
    """Id and name of the scope's active organisations whose name holds every word; none without words; one query."""
    if not words:
        return []
    found = Organisation.objects.within(scope).filter(is_active=True)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return list(found.order_by("name").values_list("pk", "name")[:most])


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a customer for whom staff note a question."""

    person_id: int
    name: str
    organisation: str
    email: str
    phone: str


def callers(scope: Scope, *, words: str = "", person_id: str = "", most: int = 20) -> list[Caller]:
    """Active people of the scope: those whose name, address or organisation holds the words, who have the number that
    the words are, or the one with the id.
    """
    people = Person.objects.within(scope).filter(is_active=True, organisation__is_active=True)
    if person_id:
        people = people.filter(pk=number_in(person_id) or 0)
    if number := dialled(words):
        digits = Func(
            F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
        )
        people = people.annotate(digits=digits).filter(digits__endswith=number)
    for word in () if number else words.split():
        people = people.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(organisation__name__icontains=word)
        )
    found = people.select_related("organisation").order_by("name", "pk")[:most]
    return [Caller(one.pk, one.name, one.organisation.name, one.email, one.phone) for one in found]


@dataclass(frozen=True, slots=True)
class StaffContact:
    """One of the vendor's staff as customers see them: who helps, and how to reach them."""

    staff_id: int
    account_id: int
    name: str
    title: str
    email: str
    phone: str
    #: Who holds the role and is away, by name; empty where it is they themselves.
    instead_of: str = ""


def person_for_role(*, desk_id: int, organisation_id: int, role: str, today: date) -> StaffContact | None:
    """Who holds `role` for the organisation, or for all organisations without a holder of their own.

    For "project-manager" whoever leads a project that runs on the day `today` comes first. Only active staff
    count: after somebody has left, the desk's holder steps in. For somebody who is away on that day it is their
    stand-in, and without one the next who holds the role. None when there is nobody. One query, two for project
    managers.
    """
    active = at_hand(desk_id=desk_id, today=today)
    if role == PROJECT_MANAGER:
        running = Project.objects.within(Scope(desk_id, organisation_id)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today
        )
        leader = _helping_contact(active.filter(projects__in=running).order_by("-projects__starts_on"))
        if leader is not None:
            return leader
    holders = active.filter(
        Q(held_roles__organisation=organisation_id) | Q(held_roles__organisation__isnull=True),
        held_roles__role=role,
    )
    return _helping_contact(holders.order_by(F("held_roles__organisation").asc(nulls_last=True)))


@dataclass(frozen=True, slots=True)
class LocalContact:
    """Somebody at the asker's own organisation to turn to first (A12)."""

    person_id: int
    account_id: int | None
    name: str
    title: str
    email: str
    phone: str
    is_support_contact: bool


def local_contacts(*, desk_id: int, organisation_id: int) -> list[LocalContact]:
    """Whom to ask first at the organisation: its local support, or else its support contacts; one query."""
    rows = _reading_local_contacts().run({_A_DESK_ID: desk_id, _AN_ORGANISATION_ID: organisation_id})
    found = {row[0]: row for row in rows}
    chosen = [row for row in found.values() if row[-1]] or list(found.values())
    return [_local_contact(row) for row in chosen]


def _local_contact(row: Row) -> LocalContact:
    person_id, account_id, name, title, email, phone, seat, _is_local = row
    return LocalContact(person_id, account_id, name, title, email, phone, is_support_contact=seat is not None)


@cache
def _reading_local_contacts() -> Compiled:
    people = (
        Person.objects.within(Scope(_A_DESK_ID, _AN_ORGANISATION_ID))
        .filter(Q(is_local_contact=True) | Q(seats__isnull=False), is_active=True)
        .order_by("name", "pk")
        .distinct()
    )
    columns = ("pk", "account_id", "name", "title", "email", "phone", "seats", "is_local_contact")
    return compiled(people.values_list(*columns), _A_DESK_ID, _AN_ORGANISATION_ID)


def first_line(*, desk_id: int, organisation_id: int) -> list[LocalContact]:
    """Who reads and answers what colleagues have asked: the local contacts, and when all of those have left, whoever
    administers at the organisation. One query, two without contacts.
    """
    found = local_contacts(desk_id=desk_id, organisation_id=organisation_id)
    if found:
        return found
    people = Person.objects.within(Scope(desk_id, organisation_id)).filter(may_administer=True, is_active=True)
    return [
        LocalContact(
            person_id=one.pk,
            account_id=one.account_id,
            name=one.name,
            title=one.title,
            email=one.email,
            phone=one.phone,
            is_support_contact=False,
        )
        for one in people.order_by("name", "pk")
    ]


def seats_used(*, agreement: Agreement) -> int:
    """How many support contacts the agreement has; how many it may have is the policy's to say."""
    return Seat.objects.within(Scope(agreement.desk_id)).filter(agreement=agreement).count()


def _customer(person: Person, *, is_local_contact: bool) -> CustomerViewer:
    return CustomerViewer(
        person_id=person.id,
        organisation_id=person.organisation_id,
        organisation_name=person.organisation.name,
        desk_id=person.desk_id,
        account_id=person.account_id or 0,
        name=person.name,
        email=person.email,
        phone=person.phone,
        is_local_contact=is_local_contact,
        rights=CustomerRights(
            sees_organisation=person.may_see_organisation,
            administers=person.may_administer,
            approves=person.may_approve,
        ),
    )


def _helping_contact(staff: QuerySet[Staff]) -> StaffContact | None:
    """The first of these, or whoever steps in for them; `staff` are those of `at_hand`. One query."""
    helping = Staff.unscoped.filter(pk=Subquery(staff.values(helper=HELPER)[:1]))
    holder_id, holder_name = Subquery(staff.values("pk")[:1]), Subquery(staff.values("name")[:1])
    one = helping.select_related("account").annotate(holder_id=holder_id, holder_name=holder_name).first()
    if one is None:
        return None
    instead_of = "" if one.holder_id == one.pk else one.holder_name
    return StaffContact(one.pk, one.account_id, one.name, one.title, one.account.email, one.phone, instead_of)
