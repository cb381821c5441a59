"""Sign-in accounts: opening and closing them, and the trail of who came in."""

from datetime import datetime
from functools import cache
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.models import Account
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as


@transaction.atomic
def open_account(*, email: str, name: str, language: str, by: Actor, now: datetime) -> Account:
    """The account that signs in with `email`, made when it is not there.

    It has no password: its owner signs in with a code by mail and may then choose one. An account that was
    closed is opened again. Rights come from `Person` and `Staff` rows, not from here.
    """
    account, made = Account.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "language": language}
    )
    if made:
        record(kind="account-opened", by=by, now=now, account_id=account.pk)
    elif not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        record(kind="account-reopened", by=by, now=now, account_id=account.pk)
    return account


@transaction.atomic
def close_account(account: Account, *, by: Actor, now: datetime) -> None:
    """Let nobody sign in with the account any more; whoever is signed in is out at their next request."""
    Account.objects.filter(pk=account.pk).update(is_active=False)
    _end_sessions(account)
    record(kind="account-closed", by=by, now=now, account_id=account.pk)


@transaction.atomic
def sign_out_everywhere(account: Account, *, by: Actor, now: datetime) -> None:
    """End every session of the account, on every device, this one too."""
    _end_sessions(account)
    record(kind="signed-out-everywhere", by=by, now=now, account_id=account.pk)


@transaction.atomic
def forget_second_factors(account: Account, *, by: Actor, now: datetime) -> int:
    """Somebody has lost their app, their passkeys and their recovery codes: none of them counts any more.

    Whoever is signed in is out. Comes back with how many were forgotten; where there were none nothing changes.
    """
    forgotten, _ = Authenticator.objects.filter(user=account).delete()
    if forgotten:
        _end_sessions(account)
        record(kind="second-factor-forgotten", by=by, now=now, account_id=account.pk)
    return forgotten


def _end_sessions(account: Account) -> None:
    # A session is bound to a hash that contains this number, so it is void as soon as the number changes;
    # the rows of the void sessions are swept later.
    Account.objects.filter(pk=account.pk).update(session_generation=F("session_generation") + 1)


def note_sign_in(account: Account, *, method: str, now: datetime) -> None:
    """Remember that somebody came in, and how: "code", "password", "passkey", "demo"."""
    record(kind="signed-in", by=as_actor(account), now=now, account_id=account.pk, method=method)


def note_account_change(account: Account, *, what: str, now: datetime) -> None:
    """Remember that a way to sign in was changed by its owner: "password-changed", "webauthn-added" and so on."""
    record(kind=what, by=as_actor(account), now=now, account_id=account.pk)


def as_actor(account: Account) -> Actor:
    """The account as `by` of what it does to itself; at a desk its person or staff row acts instead."""
    return Actor(kind="account", id=account.pk, name=account.name)


def choose_language(*, account_id: int, language: str) -> None:
    """From now on pages and mails speak this language to the account's owner."""
    Account.objects.filter(pk=account_id).update(language=language)


def choose_shortcuts(*, account_id: int, wanted: bool) -> None:
    """Turn single-key shortcuts on or off (WCAG 2.1.4)."""
    Account.objects.filter(pk=account_id).update(shortcuts=wanted)


def active_account(account_id: int) -> Account | None:
    """The account with this id; None for one that was closed or is gone. One query."""
    found = _reading().run({_AN_ID: account_id})
    return row_as(Account, found[0]) if found else None


#: Stands in the compiled query for the value of a request.
_AN_ID: Final = -1


@cache
def _reading() -> Compiled:
    rows = Account.objects.filter(pk=_AN_ID, is_active=True)
    return compiled(rows.values_list(*columns_of(Account)), _AN_ID)
