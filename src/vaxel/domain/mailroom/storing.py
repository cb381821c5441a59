"""The first door: a mail's bytes are on the disk and in the books before anybody reads them (trust 23, 66, 68).

Whoever brought the mail is answered (250, 2xx, a flag on the server) after this has returned, and not before.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F

from vaxel.domain.mailroom.alarms import tell_administrators
from vaxel.domain.mailroom.claiming import PATIENCE
from vaxel.domain.mailroom.models import Delivery, Mailbox, ReceivedMail
from vaxel.domain.mailroom.reasons import Reason
from vaxel.domain.tickets.blobs import held_blobs, write_bytes
from vaxel.domain.tickets.models import Blob
from vaxel.kit.queue import defer

log = structlog.get_logger("vaxel.mailroom")

#: Headers that are looked through for the Message-ID; nobody puts it further down.
_HEADERS: Final = 64 * 1024
_MESSAGE_ID: Final = re.compile(rb"^message-id:\s*<?([^>\s]{1,900})>?", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail as it came: its bytes, or None for one that was too large to fetch."""

    raw: bytes | None
    size: int
    #: Where the server keeps it; None when it did not come by IMAP.
    uid: int | None = None
    envelope_sender: str = ""
    envelope_recipients: tuple[str, ...] = ()
    #: Why there are no bytes.
    missing: Reason = Reason.TOO_LARGE


@dataclass(frozen=True, slots=True)
class Stored:
    """Which mail it is; `is_new` is false for one that was here already."""

    mail_id: int
    is_new: bool


def store(
    arrivals: Sequence[Arrival],
    *,
    mailbox: Mailbox,
    uid_validity: int | None = None,
    now: datetime,
    is_taken_at_once: bool = False,
) -> list[Stored]:
    """Store what came to a mailbox, all of it or nothing, and ask the worker to read it.

    A mail that the desk has already is only counted. With `is_taken_at_once` the caller has claimed it for a
    first try, and another worker takes it only if the caller dies.
    """
    written = [None if arrival.raw is None else write_bytes([arrival.raw]) for arrival in arrivals]
    with transaction.atomic(durable=True):
        blobs = iter(held_blobs([each for each in written if each is not None], desk_id=mailbox.desk_id))
        mails = [
            _mail(arrival, None if bytes_ is None else next(blobs), mailbox=mailbox, uid_validity=uid_validity, now=now)
            for arrival, bytes_ in zip(arrivals, written, strict=True)
        ]
        if is_taken_at_once:
            for mail in mails:
                mail.attempts, mail.try_at = 1, now + PATIENCE
        stored = _insert(mails, desk_id=mailbox.desk_id)
        _note_deliveries(arrivals, stored, mailbox=mailbox, uid_validity=uid_validity, now=now)
        _note_arrival(mailbox, arrivals, stored, uid_validity=uid_validity, now=now)
        if any(one.is_new and arrival.raw is None for one, arrival in zip(stored, arrivals, strict=True)):
            log.error("mail too large", mailbox=mailbox.pk)
            tell_administrators(mailbox, about="mail-too-large", now=now)
        if not is_taken_at_once and any(one.is_new for one in stored):
            defer("take_in_mails", queue="mail_in")
    return stored


def _mail(
    arrival: Arrival, raw: Blob | None, *, mailbox: Mailbox, uid_validity: int | None, now: datetime
) -> ReceivedMail:
    """The row of a mail, not saved yet."""
    header_id = message_id_of(arrival.raw or b"")
    mail = ReceivedMail(
        desk_id=mailbox.desk_id,
        mailbox=mailbox,
        identity=identity_of(arrival, message_id=header_id, mailbox=mailbox, uid_validity=uid_validity),
        raw=raw,
        size=arrival.size,
        header_id=header_id,
        envelope_sender=arrival.envelope_sender[:320],
        envelope_recipients=[each[:320] for each in arrival.envelope_recipients[:50]],
        received_at=now,
        try_at=now,
    )
    if arrival.raw is None:
        mail.state, mail.reason, mail.try_at = ReceivedMail.State.QUARANTINE, arrival.missing, None
    return mail


def _insert(mails: Sequence[ReceivedMail], *, desk_id: int) -> list[Stored]:
    """Insert those that the desk does not have.

    Two who bring the same mail at once: the second waits for the first one's commit, and finds it.
    """
    ReceivedMail.objects.bulk_create(mails, ignore_conflicts=True)
    found = ReceivedMail.unscoped.filter(desk_id=desk_id, identity__in={mail.identity for mail in mails})
    there = {identity: (pk, public_id) for pk, identity, public_id in found.values_list("pk", "identity", "public_id")}
    return [Stored(there[mail.identity][0], is_new=there[mail.identity][1] == mail.public_id) for mail in mails]


def _note_deliveries(
    arrivals: Sequence[Arrival],
    stored: Sequence[Stored],
    *,
    mailbox: Mailbox,
    uid_validity: int | None,
    now: datetime,
) -> None:
    deliveries = [
        Delivery(mailbox=mailbox, mail_id=one.mail_id, uid_validity=uid_validity, uid=arrival.uid, at=now)
        for arrival, one in zip(arrivals, stored, strict=True)
        if arrival.uid is not None and uid_validity is not None
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    for one in stored:
        if not one.is_new:
            ReceivedMail.unscoped.filter(pk=one.mail_id).update(copies=F("copies") + 1)


def _note_arrival(
    mailbox: Mailbox, arrivals: Sequence[Arrival], stored: Sequence[Stored], *, uid_validity: int | None, now: datetime
) -> None:
    """How far the mailbox has been read, and that it lives."""
    values: dict[str, object] = {"heard_at": now} if any(one.is_new for one in stored) else {}
    uids = [arrival.uid for arrival in arrivals if arrival.uid is not None]
    if uids and uid_validity is not None:
        values |= {"uid_validity": uid_validity, "last_uid": max(uids)}
    if values:
        Mailbox.unscoped.filter(pk=mailbox.pk).update(**values)


def message_id_of(raw: bytes) -> str:
    """The Message-ID among the first headers, without angle brackets; empty when there is none."""
    end = _END_OF_HEADERS.search(raw, 0, _HEADERS)
    found = _MESSAGE_ID.search(raw, 0, end.start() if end else _HEADERS)
    return "" if found is None else found.group(1).decode("ascii", "replace").replace("\x00", "")


def identity_of(arrival: Arrival, *, message_id: str, mailbox: Mailbox, uid_validity: int | None) -> str:
    """What makes a mail this one and no other.

    Servers on the way add headers, so two deliveries of one mail have the Message-ID and what follows the headers in
    common. Somebody who sends the same words again on purpose sends another Message-ID.
    """
    if arrival.raw is None:
        return hashlib.sha256(f"{mailbox.pk}/{uid_validity}/{arrival.uid}/{arrival.size}".encode()).hexdigest()
    if not message_id:
        return hashlib.sha256(arrival.raw).hexdigest()
    end = _END_OF_HEADERS.search(arrival.raw)
    body = memoryview(arrival.raw)[end.end() :] if end else b""
    digest = hashlib.sha256(message_id.encode() + b"\x00")
    digest.update(body)
    return digest.hexdigest()


def known_uids(*, mailbox_id: int, uid_validity: int, uids: Sequence[int]) -> frozenset[int]:
    """Those of the UIDs that have been stored already."""
    rows = Delivery.objects.filter(mailbox=mailbox_id, uid_validity=uid_validity, uid__in=uids)
    return frozenset(rows.values_list("uid", flat=True))
