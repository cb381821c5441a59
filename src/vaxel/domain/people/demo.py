"""The people that a demonstration offers: a few at each desk, one of each sort."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    name: str
    #: Organisation for customers, title for staff.
    belongs_to: str
    sort: Sort


def holds_real_accounts() -> bool:
    """Whether anybody who is not invented has an account; one query."""
    return Account.objects.exclude(email__endswith=DEMO_DOMAIN).exists()


def demo_people(desk: Desk, *, today: date) -> list[DemoPerson]:
    """The first customer of each sort, and the first of the staff for each role; two queries."""
    people = {one.sort: one for one in reversed(list(_customers(desk, today=today)))}
    return [*sorted(people.values(), key=lambda one: one.account_id), *_staff(desk)]


def _customers(desk: Desk, *, today: date) -> Iterator[DemoPerson]:
    products = Agreement.unscoped.filter(organisation=OuterRef("organisation")).order_by("-starts_on")
    rows = (
        Person.objects.within(Scope(desk.pk))
        .filter(is_active=True, organisation__is_active=True, account__is_active=True)
        .filter(account__email__endswith=DEMO_DOMAIN)
        .annotate(
            has_seat=Exists(Seat.unscoped.filter(person=OuterRef("pk"))),
            certificates_held=Count("certificates"),
            last_day=Max("certificates__expires_on"),
            bought=ArraySubquery(products.values("products")[:1]),
        )
        .order_by("pk")
        .values(
            "account_id",
            "name",
            "may_administer",
            "has_seat",
            "certificates_held",
            "last_day",
            "bought",
            organisation_name=F("organisation__name"),
        )
    )
    for row in rows[:_LOOKED_THROUGH]:
        yield DemoPerson(row["account_id"], row["name"], row["organisation_name"], _sort(row, today=today))


def _sort(row: Mapping[str, Any], *, today: date) -> Sort:
    if row["may_administer"]:
        return "administrator"
    if row["has_seat"] and not row["certificates_held"]:
        return "contact-untrained"
    if row["has_seat"]:
        return "contact-expired" if row["last_day"] is not None and row["last_day"] < today else "contact"
    return "user-one-product" if len(next(iter(row["bought"]), ())) == 1 else "user"


def _staff(desk: Desk) -> Iterator[DemoPerson]:
    rows = (
        Staff.objects.within(Scope(desk.pk))
        .filter(is_active=True, account__is_active=True, account__email__endswith=DEMO_DOMAIN)
        .order_by("pk")
    )
    shown: set[str] = set()
    for staff in rows:
        shows = {"administrator"} if staff.may_administer else set(staff.roles)
        if shows - shown:
            shown |= shows
            yield DemoPerson(staff.account_id, staff.name, staff.title, "lead" if staff.may_administer else "staff")
