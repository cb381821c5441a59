"""A desk at a glance: its policy, its staff and its customers with their people, for whoever set it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.models import Agreement, Organisation, Person, Staff
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A desk among others."""

    slug: str
    name: str
    #: None before a policy was published.
    version: int | None
    staff: int
    organisations: int


def desks() -> list[DeskLine]:
    """Every desk of the installation, with how many active staff and organisations it has; one query."""
    rows = Desk.objects.annotate(
        working=Count("staff", filter=Q(staff__is_active=True), distinct=True),
        customers=Count("organisations", filter=Q(organisations__is_active=True), distinct=True),
    ).select_related("policy")
    return [
        DeskLine(one.slug, one.name, one.policy.number if one.policy else None, one.working, one.customers)
        for one in rows.order_by("slug")
    ]


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person, and what they are or may in a few words."""

    name: str
    email: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation with the agreement that began last, and its people."""

    name: str
    agreement: str
    seats: str
    people: tuple[Somebody, ...]


def staff_of(desk: Desk) -> list[Somebody]:
    """Everybody who works at the desk, with what they answer and hold; two queries."""
    rows = Staff.objects.within(Scope(desk.pk)).select_related("account").prefetch_related("held_roles__organisation")
    return [Somebody(one.name, one.account.email, tuple(_words_of_staff(one))) for one in rows.order_by("name", "pk")]


def customers_of(desk: Desk, *, today: date) -> list[Customer]:
    """Every organisation with its people; six queries, however many there are."""
    people = Person.unscoped.order_by("name", "pk").prefetch_related("seats")
    agreements = Agreement.unscoped.order_by("-starts_on", "-pk").prefetch_related("taken_seats")
    rows = Organisation.objects.within(Scope(desk.pk)).prefetch_related(
        Prefetch("people", people), Prefetch("agreements", agreements.select_related("desk"))
    )
    return [_customer(one, today=today) for one in rows.order_by("name", "pk")]


def _customer(organisation: Organisation, *, today: date) -> Customer:
    people = tuple(Somebody(one.name, one.email, tuple(_words_of_person(one))) for one in organisation.people.all())
    agreement = next(iter(organisation.agreements.all()), None)
    if agreement is None:
        return Customer(organisation.name, "no agreement", "", people)
    until = "" if agreement.ends_on is None else f" to {agreement.ends_on}"
    ended = " (ended)" if agreement.ends_on is not None and agreement.ends_on < today else ""
    told = f"{agreement.plan}: {', '.join(agreement.products)}, from {agreement.starts_on}{until}{ended}"
    limit = seat_limit(agreement)
    taken = len(agreement.taken_seats.all())
    return Customer(organisation.name, told, f"{taken} of {'any number of' if limit is None else limit} seats", people)


def _words_of_staff(staff: Staff) -> Iterator[str]:
    if not staff.is_active:
        yield "left"
    if staff.roles:
        yield f"answers {', '.join(staff.roles)}"
    for held in staff.held_roles.all():
        yield f"{held.role} of {held.organisation.name if held.organisation else 'everybody'}"
    if staff.may_administer:
        yield "administers"
    if staff.may_edit_manual:
        yield "edits the manual"


def _words_of_person(person: Person) -> Iterator[str]:
    said = {
        "left": not person.is_active,
        "contact": bool(person.seats.all()),
        "local contact": person.is_local_contact,
        "sees all tickets": person.may_see_organisation,
        "administers": person.may_administer,
        "approves": person.may_approve,
    }
    return (word for word, holds in said.items() if holds)
