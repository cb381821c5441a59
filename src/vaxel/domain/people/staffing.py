"""The vendor's own people: who belongs to a desk, what they answer, and which part they play for whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypedDict

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import open_account
from vaxel.domain.people.changes import ChangedMeanwhileError, first_values, for_history, insert, lock, take_over
from vaxel.domain.people.models import Organisation, RoleHolder, Staff

#: Of these the history tells that they changed, not what they were.
_PERSONAL: Final = frozenset({"phone"})
#: Stands for a role that nobody holds, where a form says what it has seen.
NOBODY: Final = "nobody"


class WorksHereError(ValueError):
    """Somebody with the address belongs to the desk already, at work or not."""


class LastAdministratorError(RuntimeError):
    """Somebody has to be left who runs the desk."""


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

    `profile` has a name. Raises WorksHereError for somebody who does already: see `describe_staff`.
    """
    account = open_account(email=email, name=profile["name"], language=language, by=by, now=now)
    try:
        with transaction.atomic():
            staff = insert(Staff(desk=desk, account=account), profile)
    except IntegrityError as error:
        raise WorksHereError(email) from error
    changes = for_history(first_values(profile), personal=_PERSONAL)
    record(kind="staff-added", by=by, now=now, desk_id=desk.pk, staff_id=staff.pk, changes=changes)
    return staff


@transaction.atomic
def describe_staff(staff: Staff, *, profile: StaffProfile, seen: str = "", by: Actor, now: datetime) -> tuple[str, ...]:
    """Change what is known about one of the staff; returns the fields that changed.

    Somebody made inactive is out of the desk at their next request. Their account stays: it may have other places.
    Raises LastAdministratorError when nobody would be left who runs the desk, and ChangedMeanwhileError when the row
    is not as it was `seen` (`mark_of`).
    """
    # Two administrators who take the right from each other at the same time wait for one another here.
    Desk.objects.select_for_update().get(pk=staff.desk_id)
    lock(staff, seen=seen)
    runs_it = staff.may_administer and staff.is_active
    changes = take_over(staff, profile)
    if runs_it and not (staff.may_administer and staff.is_active):
        _require_administrator(staff.desk_id)
    if changes:
        record(
            kind="staff-changed",
            by=by,
            now=now,
            desk_id=staff.desk_id,
            staff_id=staff.pk,
            fields=",".join(changes),
            changes=for_history(changes, personal=_PERSONAL),
        )
    return tuple(changes)


def _require_administrator(desk_id: int) -> None:
    left = Staff.unscoped.filter(desk=desk_id, may_administer=True, is_active=True, account__is_active=True)
    if not left.exists():
        raise LastAdministratorError(desk_id)


@transaction.atomic
def hold_role(
    staff: Staff, *, role: str, organisation: Organisation | None = None, seen: str = "", by: Actor, now: datetime
) -> RoleHolder:
    """Make one of the staff the person for `role`, instead of whoever was: for one organisation, or (None) for all
    that have nobody of their own. Raises ValueError for an organisation of another desk, and ChangedMeanwhileError
    when the role's holder is not who was `seen` (`seen_holder`).
    """
    if organisation is not None and organisation.desk_id != staff.desk_id:
        raise ValueError("the organisation belongs to another desk")
    known = _holder(desk_id=staff.desk_id, organisation=organisation, role=role)
    _require_seen(known, seen)
    if known is not None and known.staff_id == staff.pk:
        return known
    was = None if known is None else known.staff.name
    if known is None:
        known, _made = RoleHolder.unscoped.get_or_create(
            desk_id=staff.desk_id, organisation=organisation, role=role, defaults={"staff": staff}
        )
    known.staff = staff
    known.save(update_fields=["staff"])
    _note("role-given", known, by=by, now=now, changes={role: [was, staff.name]})
    return known


@transaction.atomic
def release_role(
    *, desk_id: int, role: str, organisation: Organisation | None = None, seen: str = "", by: Actor, now: datetime
) -> None:
    """Take the role from its holder: for an organisation the desk's holder steps in, for the desk (None) the policy
    says what then. Doing it twice is doing it once. Raises ChangedMeanwhileError as `hold_role`.
    """
    known = _holder(desk_id=desk_id, organisation=organisation, role=role)
    _require_seen(known, seen)
    if known is not None:
        _note("role-released", known, by=by, now=now, changes={role: [known.staff.name, None]})
        known.delete()


def seen_holder(holder: RoleHolder | None) -> str:
    """What a form carries to say whom it has shown as the holder of a role."""
    return NOBODY if holder is None else str(holder.staff_id)


def _require_seen(holder: RoleHolder | None, seen: str) -> None:
    if seen and seen != seen_holder(holder):
        raise ChangedMeanwhileError(seen)


def _holder(*, desk_id: int, organisation: Organisation | None, role: str) -> RoleHolder | None:
    rows = RoleHolder.unscoped.select_for_update(of=("self",)).select_related("staff")
    return rows.filter(desk=desk_id, organisation=organisation, role=role).first()


def _note(kind: str, holder: RoleHolder, *, by: Actor, now: datetime, changes: Mapping[str, object]) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=holder.desk_id,
        staff_id=holder.staff_id,
        role=holder.role,
        organisation_id=holder.organisation_id,
        changes=changes,
    )
