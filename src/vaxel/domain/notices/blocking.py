"""Addresses that mails came back from for good, or for now again and again: nothing more is sent there until staff say
so (trust 18).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.record import record
from vaxel.domain.notices.models import BouncingAddress, OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.kit.tenancy import Scope

#: So many mails that came back for now, over so long, are as good as "there is no such mailbox".
MOST_SOFT: Final = 5
SOFT_OVER: Final = timedelta(days=3)
#: Nobody hears of a mail that arrives, so a mail that came back is forgotten when no other one follows it for so long.
_SOFT_FORGOTTEN: Final = timedelta(days=30)


def is_blocked(*, desk_id: int, address: str) -> bool:
    """Whether the desk sends nothing there; one query."""
    return _blocked().filter(desk_id=desk_id, address=address.lower()).exists()


def blocked_among(*, desk_id: int, addresses: Iterable[str]) -> frozenset[str]:
    """Those of the addresses, in small letters, that the desk sends nothing to; one query."""
    asked = [address.lower() for address in addresses]
    return frozenset(_blocked().filter(desk_id=desk_id, address__in=asked).values_list("address", flat=True))


def with_blocked(people: QuerySet[Person]) -> list[tuple[Person, bool]]:
    """Each with whether their desk sends nothing to them; one query."""
    found = people.annotate(is_blocked=_at(address="email"))
    return [(each, each.is_blocked) for each in found]


def goes_to_blocked() -> Exists:
    """The same as a condition on OutgoingMail."""
    return _at(address="recipient")


def _at(*, address: str) -> Exists:
    return Exists(_blocked().filter(desk_id=OuterRef("desk_id"), address=Lower(OuterRef(address))))


def _blocked() -> QuerySet[BouncingAddress]:
    return BouncingAddress.unscoped.filter(blocked_at__isnull=False)


def count_soft_bounce(mail: OutgoingMail, *, status: str, now: datetime) -> bool:
    """One more mail to the address came back for now. True when that was once too often, and the address is blocked."""
    row = _row(mail, status=status, now=now)
    if row.soft_since is None or row.last_bounced_at < now - _SOFT_FORGOTTEN:
        row.soft_bounces, row.soft_since = 0, now
    row.soft_bounces += 1
    row.status, row.last_bounced_at = status, now
    row.save(update_fields=["soft_bounces", "soft_since", "status", "last_bounced_at"])
    if row.soft_bounces < MOST_SOFT or now - row.soft_since < SOFT_OVER:
        return False
    block(mail, status=status, now=now)
    return True


def block(mail: OutgoingMail, *, status: str, now: datetime) -> None:
    """Send nothing more to the mail's address."""
    row = _row(mail, status=status, now=now)
    row.status, row.last_bounced_at, row.blocked_at = status, now, now
    row.save(update_fields=["status", "last_bounced_at", "blocked_at"])
    record(kind="address-blocked", by=SYSTEM, now=now, desk_id=mail.desk_id, mail=mail.pk)


@transaction.atomic(durable=True)
def lift_block(*, scope: Scope, mail_id: int, by: Actor, now: datetime) -> None:
    """Staff know that the mail's address works (again). Raises OutgoingMail.DoesNotExist outside the scope."""
    mail = OutgoingMail.objects.within(scope).get(pk=mail_id)
    rows = BouncingAddress.objects.within(scope).filter(address=mail.recipient.lower())
    if rows.update(blocked_at=None, soft_bounces=0, soft_since=None):
        record(kind="address-block-lifted", by=by, now=now, desk_id=mail.desk_id, mail=mail.pk)


def _row(mail: OutgoingMail, *, status: str, now: datetime) -> BouncingAddress:
    row, _made = BouncingAddress.unscoped.select_for_update().get_or_create(
        desk_id=mail.desk_id, address=mail.recipient.lower(), defaults={"status": status, "last_bounced_at": now}
    )
    return row
