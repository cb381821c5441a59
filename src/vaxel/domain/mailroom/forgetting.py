"""Mails that are old enough to go: the bytes of those that became something, the contents of those that did not.

What stands in a ticket stays there, and each mail's row stays as well: by it a copy that comes later is known. A mail
that waits for a human is never forgotten, however long that takes, and neither is what a legal hold keeps: `spared`
says which mails those are (`privacy.keeping.mails_on_hold`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from vaxel.domain.mailroom.models import ReceivedMail

log = structlog.get_logger("vaxel.mailroom")

State = ReceivedMail.State

_BECAME: Final = (State.TICKET, State.REPLY, State.BOUNCE)
_BATCH: Final = 500
#: What a forgotten mail no longer says.
_NOTHING: Final[Mapping[str, object]] = {
    "raw": None,
    "text": "",
    "html": "",
    "remote_images": [],
    "subject": "",
    "sender_name": "",
}


def forget_old_mails(*, spared: Q, now: datetime) -> int:
    """Forget what the settings keep no longer; how many mails that were.

    The bytes leave the disk with the next `blobs.clear_away`, unless something else uses them.
    """
    became, aside = _became_something(now).exclude(spared), _put_aside(now).exclude(spared)
    count = _forget(became, raw=None) + _forget(aside, **_NOTHING)
    if count:
        log.info("old mails forgotten", mails=count)
    return count


@dataclass(frozen=True, slots=True)
class Old:
    """How many mails the settings keep no longer."""

    #: Became a ticket, an answer or a returned mail: their original goes.
    became_something: int
    #: Needed nobody or were put aside: everything in them goes.
    put_aside: int


def old_mails(*, spared: Q, now: datetime) -> Old:
    """What `forget_old_mails` would forget now; two queries."""
    became, aside = _became_something(now).exclude(spared), _put_aside(now).exclude(spared)
    return Old(became_something=became.count(), put_aside=aside.count())


def _became_something(now: datetime) -> QuerySet[ReceivedMail]:
    """The words and files stand in the ticket; its HTML is still shown there."""
    old = _settled_before(now, days=settings.MAIL_KEPT_DAYS)
    return old.filter(state__in=_BECAME, raw__isnull=False)


def _put_aside(now: datetime) -> QuerySet[ReceivedMail]:
    """What needed nobody, or what somebody has looked at and put aside."""
    old = _settled_before(now, days=settings.IGNORED_MAIL_KEPT_DAYS)
    return old.filter(Q(raw__isnull=False) | ~Q(text="", html=""), state=State.IGNORED)


def _settled_before(now: datetime, *, days: int) -> QuerySet[ReceivedMail]:
    """None of them when the number of days is 0: then they are kept for good."""
    if not days:
        return ReceivedMail.unscoped.none()
    return ReceivedMail.unscoped.filter(settled_at__lt=now - timedelta(days=days))


def _forget(mails: QuerySet[ReceivedMail], **values: object) -> int:
    """Batch for batch, so that nobody waits; somebody who lets one in at this moment keeps it."""
    count = 0
    while True:
        with transaction.atomic(durable=True):
            rows = mails.order_by("pk").select_for_update(of=("self",), skip_locked=True)
            pks = list(rows.values_list("pk", flat=True)[:_BATCH])
            count += ReceivedMail.unscoped.filter(pk__in=pks).update(**values)
        if len(pks) < _BATCH:
            return count
