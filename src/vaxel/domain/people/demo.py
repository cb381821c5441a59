"""The people that a demonstration offers: those that a list names, or else one of each sort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Max, OuterRef

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account, Agreement, Person, Seat, Staff
from vaxel.kit.tenancy import Scope

#: The top-level domain of invented addresses (RFC 2606); a demonstration holds no others.
DEMO_DOMAIN: Final = ".example"
#: Among how many people one of each sort is looked for.
_LOOKED_THROUGH: Final = 500

Sort = Literal[
    "contact", "contact-expired", "contact-untrained", "user", "user-one-product", "administrator", "lead", "staff"
]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be in the demonstration, and what they show."""

    account_id: int
    email: str
    name: str
    #: The organisations of a customer, the title of staff.
    belongs_to: tuple[str, ...]
    sort: Sort
    #: True for somebody with several organisations at the desk, who chooses one after signing in.
    chooses: bool = False


def holds_real_accounts() -> bool:
    """Whether anybody who is not invented has an account; one query."""
    return Account.objects.exclude(email__endswith=DEMO_DOMAIN).exists()


def demo_people(desk: Desk, *, today: date, listed: Sequence[str] = ()) -> list[DemoPerson]:
    """The people whose addresses are `listed`, in that order; two queries.

    Where none of them is there: the first customer of each sort, and the first of the staff for each role.
    """
    customers = _with_choice(_customers(desk, today=today, listed=listed))
    staff = list(_staff(desk, listed=listed))
    found = {one.email: one for one in (*customers, *(one for one, _ in staff))}
    if listed:
        return [found[email] for email in listed if email in found] or demo_people(desk, today=today)
    first = {one.sort: one for one in reversed(customers)}
    return [*sorted(first.values(), key=lambda one: one.account_id), *_one_for_each_role(staff)]


def _with_choice(customers: Iterable[DemoPerson]) -> list[DemoPerson]:
    people = list(customers)
    places = {one.email: tuple(each.belongs_to[0] for each in people if each.email == one.email) for one in people}
    return [replace(one, belongs_to=places[one.email], chooses=len(places[one.email]) > 1) for one in people]


def _customers(desk: Desk, *, today: date, listed: Sequence[str] = ()) -> Iterator[DemoPerson]:
    agreements = Agreement.unscoped.filter(organisation=OuterRef("organisation")).order_by("-starts_on")
    people = Person.objects.within(Scope(desk.pk)).filter(
        is_active=True,
        organisation__is_active=True,
        account__is_active=True,
        account__email__endswith=DEMO_DOMAIN,
    )
    rows = (
        (people.filter(account__email__in=listed) if listed else people)
        .annotate(
            has_seat=Exists(Seat.unscoped.filter(person=OuterRef("pk"))),
            certificates_held=Count("certificates"),
            last_day=Max("certificates__expires_on"),
            bought=ArraySubquery(agreements.values("products")[:1]),
            address=F("account__email"),
            organisation_name=F("organisation__name"),
        )
        .order_by("pk")
        .values()
    )
    for row in rows[:_LOOKED_THROUGH]:
        sort = _sort(row, today=today)
        yield DemoPerson(row["account_id"], row["address"], row["name"], (row["organisation_name"],), sort)


def _sort(row: Mapping[str, Any], *, today: date) -> Sort:
    if row["may_administer"]:
        return "administrator"
    if row["has_seat"] and not row["certificates_held"]:
        return "contact-untrained"
    if row["has_seat"]:
        return "contact-expired" if row["last_day"] is not None and row["last_day"] < today else "contact"
    return "user-one-product" if len(next(iter(row["bought"]), ())) == 1 else "user"


def _staff(desk: Desk, *, listed: Sequence[str] = ()) -> Iterator[tuple[DemoPerson, set[str]]]:
    staff = (
        Staff.objects.within(Scope(desk.pk))
        .filter(is_active=True, account__is_active=True, account__email__endswith=DEMO_DOMAIN)
        .select_related("account")
        .order_by("pk")
    )
    for one in staff.filter(account__email__in=listed) if listed else staff:
        sort: Sort = "lead" if one.may_administer else "staff"
        person = DemoPerson(one.account_id, one.account.email, one.name, (one.title,) if one.title else (), sort)
        yield person, {"lead"} if one.may_administer else set(one.roles)


def _one_for_each_role(staff: Iterable[tuple[DemoPerson, set[str]]]) -> Iterator[DemoPerson]:
    shown: set[str] = set()
    for person, roles in staff:
        if roles - shown:
            shown |= roles
            yield person
