"""Letting people in, one or a whole list, and what each may do: by their organisation's own administrators, and by
those who run the desk.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from vaxel.domain.administration.people_list import Listed, NameFault, fault_of_name
from vaxel.domain.administration.queries import addresses_of
from vaxel.domain.administration.seating import let_go
from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.appointing import PersonProfile, add_person, describe_person
from vaxel.domain.people.models import Account, Organisation, Person, Staff
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope


class InvitationFault(StrEnum):
    """Why somebody cannot be let in."""

    NO_ADDRESS = "no-address"
    NO_NAME = "no-name"
    LONG_NAME = "long-name"
    #: The name holds an address, or signs of one.
    NOT_A_NAME = "not-a-name"
    THERE_ALREADY = "there-already"
    #: The vendor has closed the account; only the vendor opens it again.
    ACCOUNT_CLOSED = "account-closed"


_OF_NAME: Final[Mapping[NameFault, InvitationFault]] = {
    NameFault.MISSING: InvitationFault.NO_NAME,
    NameFault.TOO_LONG: InvitationFault.LONG_NAME,
    NameFault.ADDRESS: InvitationFault.NOT_A_NAME,
}


class InvitationRefusedError(ValueError):
    """The person cannot be let in; nothing was written. `faults` are all that could be seen, in the form's order."""

    def __init__(self, *faults: InvitationFault, email: str) -> None:
        super().__init__(f"{', '.join(faults)}: {email}")
        self.faults, self.email = faults, email


class LastAdministratorError(RuntimeError):
    """Somebody has to be left who may administer the organisation."""


class OwnApprovalError(RuntimeError):
    """Nobody gives themselves the right to approve costs: somebody else has to."""


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, profile: PersonProfile, language: str = "", by: Actor, now: datetime
) -> Person:
    """Let the owner of `email` in as a user and have them told; `profile` has a name.

    Somebody who has left comes back with what is said now. Raises InvitationRefusedError and OwnApprovalError.
    """
    email = email.strip().lower()
    earlier = Person.unscoped.filter(organisation=organisation, email__iexact=email).first()
    _require_sense(email, profile, known="" if earlier is None else earlier.name)
    if profile.get("may_approve"):
        _require_another_giver(email, by=by)
    if earlier is not None and earlier.is_active:
        raise InvitationRefusedError(InvitationFault.THERE_ALREADY, email=email)
    if earlier is not None:
        describe_person(earlier, profile={**profile, "is_active": True}, by=by, now=now)
        person = earlier
    else:
        person = _add(organisation, email=email, profile=profile, language=language, by=by, now=now)
    defer(
        "tell_organisation",
        kind="invited",
        key=f"invited:{person.pk}:{now.isoformat()}",
        organisation_id=organisation.pk,
        person_id=person.pk,
    )
    return person


def _add(
    organisation: Organisation, *, email: str, profile: PersonProfile, language: str, by: Actor, now: datetime
) -> Person:
    try:
        with transaction.atomic():
            return add_person(organisation, email=email, profile=profile, language=language, by=by, now=now)
    except IntegrityError as error:  # somebody else was quicker
        raise InvitationRefusedError(InvitationFault.THERE_ALREADY, email=email) from error


def _require_sense(email: str, profile: PersonProfile, *, known: str) -> None:
    of_name = fault_of_name(profile.get("name", ""), known=known)
    faults = [] if of_name is None else [_OF_NAME[of_name]]
    try:
        validate_email(email)
    except ValidationError:
        faults.insert(0, InvitationFault.NO_ADDRESS)
    else:
        if Account.objects.filter(email=email, is_active=False).exists():
            faults.insert(0, InvitationFault.ACCOUNT_CLOSED)
    if faults:
        raise InvitationRefusedError(*faults, email=email)


@transaction.atomic
def import_people(
    organisation: Organisation, *, people: Sequence[Listed], by: Actor, now: datetime
) -> Sequence[Person]:
    """Let everybody of the list in, or nobody: a fault in one line undoes all. Those who are there already are left as
    they are. Raises InvitationRefusedError.
    """
    known = addresses_of(Scope(organisation.desk_id, organisation.pk))
    return [
        invite(
            organisation,
            email=one.email,
            profile=PersonProfile(name=one.name, phone=one.phone, title=one.title),
            language=one.language,
            by=by,
            now=now,
        )
        for one in people
        if one.email not in known
    ]


@transaction.atomic
def describe_colleague(
    person: Person, *, profile: PersonProfile, seen: str = "", by: Actor, now: datetime
) -> tuple[str, ...]:
    """Change what is known about somebody and what they may do; the fields that changed.

    Raises LastAdministratorError when a customer's administrators would leave nobody who may administer,
    OwnApprovalError, and ChangedMeanwhileError when the person is not as they were `seen`.
    """
    if profile.get("may_administer") is False:
        _require_another_administrator(person, by=by)
    if profile.get("may_approve") and not person.may_approve:
        _require_another_giver(person.email if person.account is None else person.account.email, by=by)
    return describe_person(person, profile=profile, seen=seen, by=by, now=now)


@transaction.atomic
def remove_colleague(person: Person, *, by: Actor, now: datetime) -> None:
    """Somebody has left: see `let_go`. Raises LastAdministratorError."""
    _require_another_administrator(person, by=by)
    let_go(person, by=by, now=now)


def _require_another_giver(email: str, *, by: Actor) -> None:
    """The yes to a cost and the right to say it come from two people, whichever of their places they act from."""
    if by.kind == "person":
        own = Person.unscoped.filter(pk=by.id or 0).values_list("account__email", flat=True).first()
    elif by.kind == "staff":
        own = Staff.unscoped.filter(pk=by.id or 0).values_list("account__email", flat=True).first()
    else:
        return
    if own is not None and own.lower() == email.lower():
        raise OwnApprovalError(email)


def _require_another_administrator(person: Person, *, by: Actor) -> None:
    """The vendor may leave a customer without one: its last one may have left, and only the vendor can help then."""
    if not person.may_administer or by.kind == "staff":
        return
    # Two administrators who remove each other at the same time wait for one another here.
    Organisation.unscoped.select_for_update().get(pk=person.organisation_id)
    others = Person.unscoped.filter(organisation=person.organisation_id, may_administer=True, is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise LastAdministratorError(person.pk)
