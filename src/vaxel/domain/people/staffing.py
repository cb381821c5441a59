"""The vendor's own people: who belongs to a desk, what they answer, and which part they play for whom."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import open_account
from vaxel.domain.people.changes import insert, take_over
from vaxel.domain.people.models import Organisation, RoleHolder, Staff


class StaffProfile(TypedDict, total=False):
    """What a desk knows about one of its staff; a key that is left out stays as it is."""

    name: str
    title: str
    phone: str
    #: Destinations whose questions this person answers.
    roles: list[str]
    may_administer: bool
    may_edit_manual: bool
    is_active: bool


@transaction.atomic
def add_staff(desk: Desk, *, email: str, profile: StaffProfile, language: str = "", by: Actor, now: datetime) -> Staff:
    """Let the owner of `email` work at the desk, with an account to sign in by, which is made when there is none.

    `profile` has a name. Raises IntegrityError for somebody who works there already: see `describe_staff`.
    """
    account = open_account(email=email, name=profile["name"], language=language, by=by, now=now)
    staff = insert(Staff(desk=desk, account=account), profile)
    record(kind="staff-added", by=by, now=now, desk_id=desk.pk, staff_id=staff.pk)
    return staff


@transaction.atomic
def describe_staff(staff: Staff, *, profile: StaffProfile, by: Actor, now: datetime) -> tuple[str, ...]:
    """Change what is known about one of the staff; returns the fields that changed.

    Somebody made inactive is out of the desk at their next request. Their account stays: it may have other places.
    """
    changed = take_over(staff, profile)
    if changed:
        record(kind="staff-changed", by=by, now=now, desk_id=staff.desk_id, staff_id=staff.pk, fields=",".join(changed))
    return changed


@transaction.atomic
def hold_role(
    staff: Staff, *, role: str, organisation: Organisation | None = None, by: Actor, now: datetime
) -> RoleHolder:
    """Make one of the staff the person for `role`, instead of whoever was: for one organisation, or (None) for all
    that have nobody of their own. Raises ValueError for an organisation of another desk.
    """
    if organisation is not None and organisation.desk_id != staff.desk_id:
        raise ValueError("the organisation belongs to another desk")
    holder, made = RoleHolder.unscoped.get_or_create(
        desk_id=staff.desk_id, organisation=organisation, role=role, defaults={"staff": staff}
    )
    if made or take_over(holder, {"staff_id": staff.pk}):
        record(
            kind="role-given",
            by=by,
            now=now,
            desk_id=staff.desk_id,
            staff_id=staff.pk,
            role=role,
            organisation_id=None if organisation is None else organisation.pk,
        )
    return holder
