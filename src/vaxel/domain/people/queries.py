"""Reads about people: who somebody is at a desk, who holds a role, who is a local contact.

Only active rows count, in every function here, and nothing is remembered between requests: a right that was
taken away is gone at the next request (trust 47).
"""

from dataclasses import dataclass

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.people.viewers import CustomerRights, CustomerViewer, StaffViewer, Viewer


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


def customer_at(*, account_id: int, desk_slug: str, preferred: int | None = None) -> CustomerAt | None:
    """Who a customer's account is at a desk; one query.

    Somebody with several organisations at the desk is the person with id `preferred`, and otherwise the one
    whose organisation comes first in the alphabet. None for a stranger and for a desk that is not there.
    """
    rows = (
        Person.unscoped.filter(
            account_id=account_id,
            account__is_active=True,
            is_active=True,
            organisation__is_active=True,
            desk__slug=desk_slug,
        )
        .select_related("desk", "organisation")
        .order_by("organisation__name", "id")
    )
    people = list(rows)
    if not people:
        return None
    person = next((one for one in people if one.id == preferred), people[0])
    return CustomerAt(desk=person.desk, viewer=_customer(person))


def staff_at(*, account_id: int, desk_slug: str) -> StaffAt | None:
    """Who a staff account is at a desk; one query. None for anybody else and for a desk that is not there."""
    staff = (
        Staff.unscoped.filter(
            account_id=account_id, account__is_active=True, is_active=True, desk__slug=desk_slug
        )
        .select_related("desk", "account")
        .first()
    )
    return None if staff is None else StaffAt(desk=staff.desk, viewer=_staff(staff))


def viewer_for(*, account_id: int, desk_slug: str, preferred: int | None = None) -> Viewer | None:
    """Who an account is at a desk, as staff before as customer; one query for staff, two for customers."""
    found = staff_at(account_id=account_id, desk_slug=desk_slug) or customer_at(
        account_id=account_id, desk_slug=desk_slug, preferred=preferred
    )
    return None if found is None else found.viewer


def _customer(person: Person) -> CustomerViewer:
    return CustomerViewer(
        person_id=person.id,
        organisation_id=person.organisation_id,
        organisation_name=person.organisation.name,
        desk_id=person.desk_id,
        account_id=person.account_id or 0,
        name=person.name,
        email=person.email,
        phone=person.phone,
        is_local_contact=person.is_local_contact,
        rights=CustomerRights(
            sees_organisation=person.may_see_organisation,
            administers=person.may_administer,
            approves=person.may_approve,
        ),
    )


def _staff(staff: Staff) -> StaffViewer:
    return StaffViewer(
        staff_id=staff.id,
        desk_id=staff.desk_id,
        account_id=staff.account_id,
        name=staff.name,
        email=staff.account.email,
        roles=tuple(staff.roles),
        may_administer=staff.may_administer,
    )
