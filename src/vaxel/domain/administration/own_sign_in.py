"""An organisation's own sign-in: set up, switched off, and letting in people whom only it knows (trust 54).

People are linked by issuer and subject alone, never by a mail address that somebody else's server claims. Whoever
comes this way for the first time becomes a user; contacts are made by people.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from vaxel.domain.administration.models import OrganisationSignIn
from vaxel.domain.administration.people_list import LONGEST_NAME, NameFault, fault_of_name
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.appointing import PersonProfile, add_person
from vaxel.domain.people.models import Account, Organisation, Person
from vaxel.kit.ids import new_public_id
from vaxel.kit.numbers import number_in
from vaxel.kit.sealing import seal, unseal

log = structlog.get_logger("vaxel.own_sign_in")

_PURPOSE: Final = b"vaxel organisation sign-in"
_SECRET: Final = "client_secret"  # noqa: S105  # the name of a sealed value


class SetUpFault(StrEnum):
    """What is wrong with a set-up."""

    #: No https, or no server.
    ISSUER = "issuer"
    #: Somebody's name or password stands in the address.
    ISSUER_USER = "issuer-user"
    #: More than where the server is: a query, or a place in a page.
    ISSUER_QUERY = "issuer-query"
    CLIENT_ID = "client_id"
    SECRET = "secret"  # noqa: S105  # the name of a field


class SetUpRefusedError(ValueError):
    """The sign-in cannot be set up so; nothing was written."""

    def __init__(self, why: SetUpFault) -> None:
        super().__init__(why)
        self.why = why


class Refusal(StrEnum):
    """Why somebody is not let in."""

    UNKNOWN = "unknown"
    NO_ADDRESS = "no-address"
    ANOTHER_DOMAIN = "another-domain"
    #: There is an account with the address: its owner connects it, signed in by their own means.
    HAS_ACCOUNT = "has-account"
    LEFT = "left"


class NotAdmittedError(RuntimeError):
    """The organisation's sign-in does not open this door."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What the organisation says about its server."""

    issuer: str
    client_id: str
    #: Empty keeps the one that is there.
    secret: str
    #: Lets people in whom we do not know yet.
    admits: bool


@transaction.atomic
def set_up_sign_in(organisation: Organisation, *, provider: Provider, by: Actor, now: datetime) -> OrganisationSignIn:
    """Let the organisation's people sign in by its own server. Raises SetUpRefusedError.

    Another issuer or client is another sign-in: whoever was linked to the earlier one is not linked to this one.
    """
    issuer = provider.issuer.rstrip("/")
    check_provider(provider)
    Organisation.unscoped.select_for_update().get(pk=organisation.pk)
    present = OrganisationSignIn.unscoped.filter(organisation=organisation, is_active=True).first()
    same = present is not None and (present.issuer, present.client_id) == (issuer, provider.client_id)
    if not provider.secret and not same:
        raise SetUpRefusedError(SetUpFault.SECRET)
    if present is not None and same:
        present.admits = provider.admits
        if provider.secret:
            present.sealed_secret = _sealed(provider.secret)
        present.save(update_fields=["admits", "sealed_secret"])
        _note("own-sign-in-changed", present, by=by, now=now)
        return present
    OrganisationSignIn.unscoped.filter(organisation=organisation).update(is_active=False)
    made = OrganisationSignIn.objects.create(
        desk_id=organisation.desk_id,
        organisation=organisation,
        # Pages tell by it whose people it may let in, without a query: see `organisation_of_key`.
        key=f"{organisation.pk}-{new_public_id()}",
        issuer=issuer,
        client_id=provider.client_id,
        sealed_secret=_sealed(provider.secret),
        admits=provider.admits,
        made_at=now,
        made_by=by.name,
    )
    _note("own-sign-in-set-up", made, by=by, now=now)
    return made


def check_provider(provider: Provider) -> None:
    """Raises SetUpRefusedError for an address that is none of a server outside, and without a client id."""
    try:
        parts = urlsplit(provider.issuer)
    except ValueError as error:  # brackets that hold no address
        raise SetUpRefusedError(SetUpFault.ISSUER) from error
    secure = parts.scheme == "https" or (parts.scheme == "http" and settings.OWN_SIGN_IN_INSIDE)
    if not secure or not parts.hostname:
        raise SetUpRefusedError(SetUpFault.ISSUER)
    if parts.username is not None:
        raise SetUpRefusedError(SetUpFault.ISSUER_USER)
    if "?" in provider.issuer or "#" in provider.issuer:
        raise SetUpRefusedError(SetUpFault.ISSUER_QUERY)
    if not provider.client_id:
        raise SetUpRefusedError(SetUpFault.CLIENT_ID)


def _sealed(secret: str) -> str:
    return seal({_SECRET: secret}, purpose=_PURPOSE)


def secret_of(sign_in: OrganisationSignIn) -> str:
    """What the organisation's server knows us by. Raises SealBrokenError."""
    return unseal(sign_in.sealed_secret, purpose=_PURPOSE)[_SECRET]


@transaction.atomic
def switch_off_sign_in(organisation: Organisation, *, by: Actor, now: datetime) -> None:
    """Nobody comes in by it any more, and whoever came in by it is out at their next request. Twice is once."""
    for each in OrganisationSignIn.unscoped.filter(organisation=organisation, is_active=True):
        each.is_active = False
        each.save(update_fields=["is_active"])
        _note("own-sign-in-switched-off", each, by=by, now=now)


def sign_in_with_key(key: str) -> OrganisationSignIn | None:
    """The sign-in that an address names, if it is in use."""
    found = OrganisationSignIn.unscoped.select_related("organisation__desk")
    return found.filter(key=key, is_active=True, organisation__is_active=True).first()


def is_in_use(key: str) -> bool:
    """Whether people may come in, and stay in, by the sign-in with this key; one query."""
    return OrganisationSignIn.unscoped.filter(key=key, is_active=True, organisation__is_active=True).exists()


def organisation_of_key(key: str) -> int:
    """Whose people a sign-in may let in; no organisation (0) for a key that is none of ours."""
    return number_in(key.partition("-")[0]) or 0


def sign_ins_for_address(email: str) -> list[OrganisationSignIn]:
    """The sign-ins of organisations whose mail domain the address is of."""
    domain = email.rpartition("@")[2].lower()
    found = OrganisationSignIn.unscoped.filter(is_active=True, organisation__is_active=True)
    return list(found.filter(organisation__domains__contains=[domain]).select_related("organisation__desk")[:5])


def sign_ins_of(*, account_id: int) -> list[OrganisationSignIn]:
    """The sign-ins of the organisations that an account has a place in."""
    found = OrganisationSignIn.unscoped.filter(is_active=True, organisation__is_active=True)
    mine = found.filter(organisation__people__account=account_id, organisation__people__is_active=True)
    return list(mine.select_related("organisation").order_by("organisation__name"))


def require_place(sign_in: OrganisationSignIn, *, account_id: int) -> None:
    """Raises NotAdmittedError for an account that has no place in the organisation any more."""
    if not Person.unscoped.filter(organisation=sign_in.organisation_id, account=account_id, is_active=True).exists():
        raise NotAdmittedError(Refusal.LEFT)


@transaction.atomic
def admit(sign_in: OrganisationSignIn, *, email: str, name: str, now: datetime) -> Account:
    """Let in somebody whom only the organisation's sign-in knows: a new account, and a user of the organisation.

    Raises NotAdmittedError. An address that has an account is never taken over (trust 54).
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotAdmittedError(Refusal.NO_ADDRESS) from error
    if not sign_in.admits:
        raise NotAdmittedError(Refusal.UNKNOWN)
    if email.rpartition("@")[2] not in sign_in.organisation.domains:
        raise NotAdmittedError(Refusal.ANOTHER_DOMAIN)
    known = Person.unscoped.filter(organisation=sign_in.organisation_id, email__iexact=email)
    if Account.objects.filter(email=email).exists() or known.exists():
        raise NotAdmittedError(Refusal.HAS_ACCOUNT)
    called = " ".join(name.split()) or email.partition("@")[0]
    if fault_of_name(called) == NameFault.ADDRESS:
        # Their name stands in mails to others, and at many servers people choose it themselves (trust 19).
        called = email.partition("@")[0]
    if len(called) > LONGEST_NAME:
        # Nobody is there to be asked, and they should not stand outside for what their server calls them.
        log.info("a name was cut", sign_in=sign_in.pk, length=len(called))
    profile = PersonProfile(name=called[:LONGEST_NAME])
    person = add_person(sign_in.organisation, email=email, profile=profile, by=SYSTEM, now=now)
    _note("admitted-by-own-sign-in", sign_in, by=SYSTEM, now=now)
    if person.account is None:
        raise TypeError("a person who was just let in has an account")
    return person.account


def _note(kind: str, sign_in: OrganisationSignIn, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=sign_in.desk_id,
        organisation_id=sign_in.organisation_id,
        sign_in_id=sign_in.pk,
    )
