"""Which waiting mails a worker reads next, and what happens when that breaks (trust 23, 72, 77).

A claim commits before the mail is touched, so a mail that kills its worker has used up a try. `attempts` is the
fence: a worker that was thought dead finds its mail taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from vaxel.domain.mailroom.alarms import tell_administrators
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.reasons import Reason
from vaxel.domain.tickets.blobs import blob_path

log = structlog.get_logger("vaxel.mailroom")

MOST_ATTEMPTS: Final = 3
#: A worker that has had a mail for longer is taken for dead.
PATIENCE: Final = timedelta(minutes=2)
_FIRST_WAIT: Final = timedelta(seconds=30)
#: One that nobody dared to touch again is settled by the next look.
_ABANDONED: Final = "The worker stopped while it took the mail in."


@dataclass(frozen=True, slots=True)
class Claim:
    """One try at one mail."""

    mail_id: int
    attempt: int
    #: Where its bytes are; None for one without.
    key: str | None

    def raw(self) -> bytes:
        """The bytes as they came."""
        return b"" if self.key is None else blob_path(self.key).read_bytes()


@transaction.atomic(durable=True)
def claim(*, now: datetime, most: int = 20) -> list[Claim]:
    """The oldest waiting mails of every mailbox, as many of each as there is room for: no flood holds up others."""
    waiting = ReceivedMail.unscoped.filter(state=ReceivedMail.State.WAITING, try_at__lte=now)
    mailboxes = Mailbox.unscoped.filter(Exists(waiting.filter(mailbox=OuterRef("pk")))).values_list("pk", flat=True)
    # In the order of desks, as two workers that lock two desks' rows must.
    found = list(mailboxes.order_by("desk_id", "pk"))
    claims: list[Claim] = []
    for mailbox_id in found:
        share = max(1, most // len(found))
        rows = waiting.filter(mailbox=mailbox_id).order_by("id").select_for_update(skip_locked=True, of=("self",))
        claims += _together(
            Claim(mail.pk, mail.attempts + 1, mail.raw.key if mail.raw else None)
            for mail in rows.select_related("raw").only("pk", "attempts", "raw__key")[:share]
        )
    ReceivedMail.unscoped.filter(pk__in=[one.mail_id for one in claims]).update(
        attempts=F("attempts") + 1, try_at=now + PATIENCE
    )
    return _without_exhausted(claims, now=now)


def _together(found: Iterable[Claim]) -> list[Claim]:
    """Those before the first one that broke already, or that one alone: whatever kills its worker takes no other mail's
    tries along.
    """
    claims = list(found)
    fresh = list(takewhile(lambda one: one.attempt == 1, claims))
    return fresh or claims[:1]


def _without_exhausted(claims: Sequence[Claim], *, now: datetime) -> list[Claim]:
    """A mail that has killed three workers is not given to a fourth."""
    for one in claims:
        if one.attempt > MOST_ATTEMPTS:
            _give_up(one, detail=_ABANDONED, now=now)
    return [one for one in claims if one.attempt <= MOST_ATTEMPTS]


@transaction.atomic(durable=True)
def broke(one: Claim, *, detail: str, now: datetime) -> None:
    """Taking it in raised: try again later, or give up and tell people."""
    if one.attempt >= MOST_ATTEMPTS:
        _give_up(one, detail=detail, now=now)
        return
    wait: timedelta = _FIRST_WAIT * 4 ** (one.attempt - 1)
    mine(one).update(try_at=now + wait, detail=detail[:400])


def _give_up(one: Claim, *, detail: str, now: datetime) -> None:
    values = {"state": ReceivedMail.State.FAILED, "reason": Reason.BROKE, "detail": detail[:400]}
    if mine(one).update(**values, try_at=None, settled_at=now):
        log.error("mail given up", mail=one.mail_id)
        mail = ReceivedMail.unscoped.select_related("mailbox__desk").get(pk=one.mail_id)
        tell_administrators(mail.mailbox, about="mail-broke", now=now)


def mine(one: Claim) -> QuerySet[ReceivedMail]:
    """The mail, if this try still owns it."""
    return ReceivedMail.unscoped.filter(pk=one.mail_id, attempts=one.attempt, state=ReceivedMail.State.WAITING)


def more_waiting(*, now: datetime) -> bool:
    """Whether there is something to read now."""
    return ReceivedMail.unscoped.filter(state=ReceivedMail.State.WAITING, try_at__lte=now).exists()
