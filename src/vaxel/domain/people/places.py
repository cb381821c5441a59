"""Everywhere an account may go."""

from dataclasses import dataclass

from vaxel.domain.people.models import Person, Staff


@dataclass(frozen=True, slots=True)
class PlaceOf:
    """Where an account may go after sign-in: a desk as staff, or an organisation at a desk as its person."""

    desk_slug: str
    desk_name: str
    #: Empty for staff.
    organisation_name: str
    #: None for staff.
    person_id: int | None

    @property
    def is_staff(self) -> bool:
        return self.person_id is None


def places_of(*, account_id: int, organisation_id: int | None = None) -> list[PlaceOf]:
    """Everywhere the account may go, as staff first, then by desk and organisation; two queries. With
    `organisation_id` only there.
    """
    staff = (
        Staff.unscoped.filter(account_id=account_id, account__is_active=True, is_active=True)
        .select_related("desk")
        .order_by("desk__name")
    )
    people = (
        Person.unscoped.filter(
            account_id=account_id, account__is_active=True, is_active=True, organisation__is_active=True
        )
        .select_related("desk", "organisation")
        .order_by("desk__name", "organisation__name", "id")
    )
    if organisation_id is not None:
        staff, people = staff.none(), people.filter(organisation=organisation_id)
    return [
        *(PlaceOf(one.desk.slug, one.desk.name, "", None) for one in staff),
        *(PlaceOf(one.desk.slug, one.desk.name, one.organisation.name, one.pk) for one in people),
    ]
