"""Customers' people: letting somebody in as a user, and appointing support contacts (A1)."""

from datetime import datetime
from typing import Final, TypedDict

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.accounts import open_account
from vaxel.domain.people.changes import Changes, first_values, for_history, insert, lock, take_over
from vaxel.domain.people.models import Agreement, Organisation, Person, Seat
from vaxel.domain.people.seats import give_seat, note_missing_contacts

#: Of these the history tells that they changed, not what they were.
_PERSONAL: Final = frozenset({"name", "phone"})


class PersonProfile(TypedDict, total=False):
    """What a desk knows about somebody at a customer; a key that is left out stays as it is."""

    name: str
    phone: str
    title: str
    is_local_contact: bool
    may_see_organisation: bool
    may_administer: bool
    may_approve: bool
    is_active: bool


@transaction.atomic
def add_person(
    organisation: Organisation, *, email: str, profile: PersonProfile, language: str = "", by: Actor, now: datetime
) -> Person:
    """Let the owner of `email` in as a user of the organisation, with an account, which is made when there is none.

    `profile` has a name. Raises IntegrityError for somebody who is there already: see `describe_person`.
    """
    account = open_account(email=email, name=profile["name"], language=language, by=by, now=now)
    person = Person(
        desk_id=organisation.desk_id,
        organisation=organisation,
        account=account,
        email=account.email,
        created_at=now,
    )
    insert(person, profile)
    rights = {name: value for name, value in first_values(profile).items() if name not in _PERSONAL}
    _note("person-added", person, by=by, now=now, changes=rights)
    return person


@transaction.atomic
def describe_person(
    person: Person, *, profile: PersonProfile, seen: str = "", by: Actor, now: datetime
) -> tuple[str, ...]:
    """Change what is known about somebody; returns the fields that changed. The rights hold from the next request.

    The log tells when it was the last one whom colleagues could ask. Raises ChangedMeanwhileError when the person is
    not as they were `seen` (`mark_of`).
    """
    lock(person, seen=seen)
    was_asked = person.is_active and (person.is_local_contact or person.seats.exists())
    changes = take_over(person, profile)
    if changes:
        _note("person-changed", person, by=by, now=now, changes=changes)
    if was_asked and {"is_active", "is_local_contact"} & set(changes):
        note_missing_contacts(desk_id=person.desk_id, organisation_id=person.organisation_id, by=by, now=now)
    return tuple(changes)


def appoint_contact(person: Person, *, agreement: Agreement, by: Actor, now: datetime) -> Seat:
    """Make `person` a support contact of the agreement, which has as many seats as `seat_limit` says.

    Raises SeatsFullError when all are taken.
    """
    return give_seat(person, agreement=agreement, limit=seat_limit(agreement), by=by, now=now)


def seat_limit(agreement: Agreement) -> int | None:
    """How many support contacts an agreement may have: what it says itself, or else its plan. None is unlimited.

    A plan that the desk's policy does not have any more gives none.
    """
    if agreement.seats is not None:
        return agreement.seats
    plan = current_policy(agreement.desk).file.plans.get(agreement.plan)
    if plan is None:
        return 0
    return None if plan.contacts == "unlimited" else plan.contacts


def _note(kind: str, person: Person, *, by: Actor, now: datetime, changes: Changes) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        fields=",".join(changes),
        changes=for_history(changes, personal=_PERSONAL),
    )
