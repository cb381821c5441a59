"""Setting up mailboxes, and what is known of their health."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.sealing import SealBrokenError, seal, unseal
from vaxel.domain.people.changes import Changes, first_values, for_history
from vaxel.kit.tenancy import Scope

#: What people set; the rest of the row is what we find out.
_SETTINGS: Final = frozenset(
    {
        *("address", "aliases", "way", "host", "port", "tls", "folder", "username", "sign_in", "default_product"),
        *("default_kind", "authserv_id", "is_on", "silent_hours"),
    }
)
#: Another place to read from begins at its beginning: what is here already is known by its contents.
_PLACE: Final = frozenset({"host", "username", "folder"})


class AddressTakenError(ValueError):
    """Another mailbox of this installation has the address, as its own or as an alias."""


class NoAddressError(ValueError):
    """No mailbox of the desk is meant; the message is one sentence for people."""


@transaction.atomic
def add_mailbox(
    *,
    desk: Desk,
    address: str,
    way: str,
    secrets: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
    **settings: Any,
) -> Mailbox:
    """A mailbox of the desk. `secrets` are a password, or the parts of an OAuth registration (`imap_sign_in`).

    Raises AddressTakenError.
    """
    _require_settings(settings)
    mailbox = Mailbox(desk=desk, way=way, secret=seal(secrets or {}), created_at=now)
    _set(mailbox, {"address": address, **settings})
    _require_free(mailbox)
    try:
        with transaction.atomic():
            mailbox.save(force_insert=True)
    except IntegrityError as error:
        raise AddressTakenError(address) from error
    changes = first_values({name: getattr(mailbox, name) for name in ("address", *settings)} | {"way": way})
    _note("mailbox-added", mailbox, changes=changes, has_secrets=bool(secrets), by=by, now=now)
    _tell_the_desk(desk.pk)
    return mailbox


@transaction.atomic
def change_mailbox(
    *,
    scope: Scope,
    mailbox_id: int,
    secrets: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
    **settings: Any,
) -> Mailbox:
    """Other settings; `secrets` replaces those that it names, and the others stay.

    Its fault is forgotten: the next look finds out. Raises Mailbox.DoesNotExist and AddressTakenError.
    """
    _require_settings(settings)
    mailbox = Mailbox.objects.within(scope).select_for_update().get(pk=mailbox_id)
    before = {name: getattr(mailbox, name) for name in _SETTINGS}
    _set(mailbox, settings)
    _require_free(mailbox)
    changes = {name: (was, value) for name, was in before.items() if (value := getattr(mailbox, name)) != was}
    if changes.keys() & _PLACE:
        mailbox.uid_validity, mailbox.last_uid = None, 0
    if secrets:
        mailbox.secret = seal({**_known_secrets(mailbox), **secrets})
    mailbox.fault, mailbox.fault_detail, mailbox.faulty_since, mailbox.alarmed_at = "", "", None, None
    mailbox.save(
        update_fields=[
            *_SETTINGS,
            *("uid_validity", "last_uid", "secret", "fault", "fault_detail", "faulty_since", "alarmed_at"),
        ]
    )
    _note("mailbox-changed", mailbox, changes=changes, has_secrets=bool(secrets), by=by, now=now)
    _tell_the_desk(mailbox.desk_id)
    return mailbox


def _note(kind: str, mailbox: Mailbox, *, changes: Changes, has_secrets: bool, by: Actor, now: datetime) -> None:
    """Keep what was and what is; of a secret only that there is another (trust 63)."""
    said = for_history(dict(sorted(changes.items()))) | ({"secret": None} if has_secrets else {})
    record(kind=kind, by=by, now=now, desk_id=mailbox.desk_id, mailbox=mailbox.pk, changes=said)


def _tell_the_desk(desk_id: int) -> None:
    """While the address that the desk's mails come from is read, they say that one can just answer."""
    desk = Desk.objects.get(pk=desk_id)
    boxes = Mailbox.unscoped.filter(desk=desk, is_on=True).only("address", "aliases")
    desk.reads_mail = any(desk.mail_address.lower() in box.addresses for box in boxes)
    desk.save(update_fields=["reads_mail"])


def _require_settings(settings: Mapping[str, Any]) -> None:
    unknown = settings.keys() - _SETTINGS
    if unknown:
        raise TypeError(f"no settings of a mailbox: {', '.join(sorted(unknown))}")


def _set(mailbox: Mailbox, settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        setattr(mailbox, name, value)
    mailbox.address = mailbox.address.strip().lower()
    mailbox.aliases = sorted({alias.strip().lower() for alias in mailbox.aliases} - {mailbox.address, ""})


def _require_free(mailbox: Mailbox) -> None:
    """No address leads to two mailboxes: nobody could say whose a mail is."""
    mine = mailbox.addresses
    others = Mailbox.unscoped.exclude(pk=mailbox.pk).only("address", "aliases")
    taken = {address for other in others for address in other.addresses & mine}
    if taken:
        raise AddressTakenError(min(taken))


def _known_secrets(mailbox: Mailbox) -> dict[str, str]:
    """What is stored; nothing of it where no key of ours opens it any more, for then it is typed anew."""
    try:
        return unseal(mailbox.secret)
    except SealBrokenError:
        return {}


def keep_tokens(*, mailbox_id: int, tokens: Mapping[str, str]) -> None:
    """The sign-in service has given another refresh token in the old one's place."""
    with transaction.atomic(durable=True):
        mailbox = Mailbox.unscoped.select_for_update().get(pk=mailbox_id)
        mailbox.secret = seal({**unseal(mailbox.secret), **tokens})
        mailbox.save(update_fields=["secret"])


def looked(*, mailbox_id: int, now: datetime) -> None:
    """We could look, and all is well."""
    Mailbox.unscoped.filter(pk=mailbox_id).update(looked_at=now, fault="", fault_detail="", faulty_since=None)


def found_fault(*, mailbox_id: int, fault: MailboxFault, detail: str, now: datetime) -> None:
    """We could not look; `detail` is in the server's words. How long it lasts counts from the first time."""
    row = Mailbox.unscoped.filter(pk=mailbox_id)
    row.filter(faulty_since=None).update(faulty_since=now)
    row.update(fault=fault.value, fault_detail=detail[:400])


def begin_anew(*, mailbox_id: int, uid_validity: int) -> None:
    """The server has numbered its mails anew: all are looked at again, and known ones are known by their contents."""
    Mailbox.unscoped.filter(pk=mailbox_id).update(uid_validity=uid_validity, last_uid=0)
