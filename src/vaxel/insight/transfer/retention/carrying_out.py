"""The night's work: each desk lets go of what it does not keep any longer, in small batches.

Each batch is a transaction of its own. A worker that dies has done what it has done, and the next night, or the next
worker, goes on with what is left: what went is not found any more.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.audit.record import record
from vaxel.domain.audit.retention import remove_old
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.erasing import OnItsWayError
from vaxel.domain.privacy.keeping import HeldError
from vaxel.domain.privacy.models import Kept, RetentionRule
from vaxel.domain.tickets.attachments import remove_files
from vaxel.domain.tickets.blobs import remove_blobs
from vaxel.domain.tickets.erasing import NotFinishedError, numbers_with_the_words
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Attachment, Blob
from vaxel.insight.transfer.erasing import erase_ticket
from vaxel.insight.transfer.retention.due import ageing_of
from vaxel.kit.tenancy import Scope

log = structlog.get_logger("vaxel.retention")

_BATCH: Final = 200


def let_go_of_old(*, now: datetime) -> Mapping[str, int]:
    """What every desk's rules let go of now; how many of each kind."""
    total: Counter[str] = Counter()
    for rule in RetentionRule.unscoped.order_by("desk", "kind"):
        count = _let_go(rule, now=now)
        if count:
            with transaction.atomic(durable=True):
                record(kind="retention-applied", by=SYSTEM, now=now, desk_id=rule.desk_id, what=rule.kind, count=count)
            log.info("old things let go", desk=rule.desk_id, what=rule.kind, count=count)
        total[rule.kind] += count
    return total


def _let_go(rule: RetentionRule, *, now: datetime) -> int:
    going = [ageing.older_than(rule.days, now=now) for ageing in ageing_of(rule.desk_id, Kept(rule.kind))]
    match Kept(rule.kind):
        case Kept.TICKET:
            return _erase_tickets(going[0], desk_id=rule.desk_id, now=now)
        case Kept.ATTACHMENT:
            return _in_batches(going[0], _remove_files)
        case Kept.ORIGINAL:
            return _in_batches(going[0], _forget_originals)
        case Kept.HELD:
            return _in_batches(going[0], lambda pks: _empty_held(pks, now=now))
        case Kept.LOG:
            entries, readings = going
            return _in_batches(entries, lambda pks: remove_old(AuditEntry, pks=pks)) + _in_batches(
                readings, lambda pks: remove_old(Reading, pks=pks)
            )


def _in_batches(rows: QuerySet[Any], let_go: Callable[[list[int]], int]) -> int:
    count = 0
    while pks := list(rows.values_list("pk", flat=True)[:_BATCH]):
        gone = let_go(pks)
        count += gone
        if not gone:
            # Somebody holds all of these just now: the next night finds them again.
            break
    return count


def _erase_tickets(rows: QuerySet[Any], *, desk_id: int, now: datetime) -> int:
    """One by one, each with all that its words were copied to; where one of those is younger, all wait for it."""
    scope, due = Scope(desk_id), dict(rows.values_list("number", "pk"))
    count = 0
    while due:
        number = next(iter(due))
        together = numbers_with_the_words(scope, number=number)
        if all(each in due for each in together):
            try:
                count += len(erase_ticket(scope=scope, number=number, by=SYSTEM, now=now).numbers)
            except (NotFinishedError, OnItsWayError, TicketMissingError, HeldError):
                log.info("a ticket waits for another night", desk=desk_id)
        for each in {number, *together}:
            due.pop(each, None)
    return count


@transaction.atomic(durable=True)
def _remove_files(pks: list[int]) -> int:
    files = Attachment.unscoped.filter(pk__in=pks)
    count = files.count()
    remove_files(files)
    return count


@transaction.atomic(durable=True)
def _forget_originals(pks: list[int]) -> int:
    mails = ReceivedMail.unscoped.select_for_update(of=("self",), skip_locked=True).filter(pk__in=pks)
    held = {mail.pk: mail.raw_id for mail in mails}
    count = ReceivedMail.unscoped.filter(pk__in=held).update(raw=None)
    remove_blobs(Blob.unscoped.filter(pk__in=[raw for raw in held.values() if raw is not None]))
    return count


@transaction.atomic(durable=True)
def _empty_held(pks: list[int], *, now: datetime) -> int:
    """Nobody has looked at them for so long. The row stays: by it a copy that comes later is known."""
    mails = ReceivedMail.unscoped.select_for_update(of=("self",), skip_locked=True).filter(pk__in=pks)
    held = {mail.pk: mail.raw_id for mail in mails}
    count = ReceivedMail.unscoped.filter(pk__in=held).update(
        raw=None,
        subject="",
        sender="",
        sender_name="",
        text="",
        html="",
        remote_images=[],
        envelope_sender="",
        envelope_recipients=[],
        state=ReceivedMail.State.IGNORED,
        settled_at=now,
    )
    remove_blobs(Blob.unscoped.filter(pk__in=[raw for raw in held.values() if raw is not None]))
    return count
