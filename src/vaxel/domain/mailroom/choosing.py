"""Whose mail it is: the mailbox that an address or a mail's headers name."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NoReturn

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.mailroom.mailboxes import AddressTakenError, NoAddressError, add_mailbox
from vaxel.domain.mailroom.models import Mailbox
from vaxel.kit.tenancy import Scope

#: Headers that are looked through; and at most so many addresses among them.
_HEADERS: Final = 64 * 1024
_END: Final = re.compile(rb"\r?\n\r?\n|\r\r")
_SHOWN: Final = re.compile(rb"^(?:to|cc):(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_ADDRESS: Final = re.compile(rb"[^\s<>\"',;:()@]{1,64}@[^\s<>\"',;:()@]{1,253}")


def mailbox_of_address(address: str) -> Mailbox | None:
    """The mailbox that an address leads to, tags as in `support+…@` left out; None for somebody else's address."""
    plain = without_tag(address)
    found = [each for each in Mailbox.unscoped.filter(is_on=True).select_related("desk") if plain in each.addresses]
    return found[0] if found else None


def mailbox_shown(raw: bytes) -> Mailbox | None:
    """The mailbox that To or Cc of a mail name, for whoever brings it without an envelope; None for somebody else's."""
    shown = b"\n".join(found.group(1) for found in _SHOWN.finditer(_headers_of(raw)))
    return _named(_addresses_in(shown), list(Mailbox.unscoped.filter(is_on=True).select_related("desk").order_by("pk")))


def without_tag(address: str) -> str:
    """`Support+r16-p2t-…@Desk.example` is `support@desk.example`."""
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def mailbox_for(raw: bytes, *, desk: Desk, address: str, now: datetime) -> Mailbox:
    """The desk's mailbox that a piped mail is for: the named one, or one that its headers name, or the only one.

    A desk without one gets it, under the address that its policy tells customers. Raises NoAddressError.
    """
    own = list(Mailbox.objects.within(Scope(desk_id=desk.pk)).select_related("desk").order_by("pk"))
    if address:
        return _named([without_tag(address)], own) or _refuse(f"{desk.slug} has no mailbox {address}.")
    if not own:
        return _made(desk, now=now)
    return _named(_addresses_in(_headers_of(raw)), own) or own[0]


def _named(addresses: Iterable[str], mailboxes: list[Mailbox]) -> Mailbox | None:
    wanted = set(addresses)
    return next((each for each in mailboxes if each.addresses & wanted), None)


def _headers_of(raw: bytes) -> bytes:
    end = _END.search(raw, 0, _HEADERS)
    return raw[: end.start() if end else _HEADERS]


def _addresses_in(headers: bytes) -> Iterable[str]:
    return (without_tag(found.decode("ascii", "replace")) for found in _ADDRESS.findall(headers))


def _made(desk: Desk, *, now: datetime) -> Mailbox:
    address = desk.mail_address or current_policy(desk).file.desk.mail or ""
    if not address:
        _refuse(f"{desk.slug} has no mail address: give it a mailbox first.")
    try:
        return add_mailbox(desk=desk, address=address, way=Mailbox.Way.PIPE, by=SYSTEM, now=now)
    except AddressTakenError:
        _refuse(f"{address} is the mailbox of another desk.")


def _refuse(reason: str) -> NoReturn:
    raise NoAddressError(reason)
