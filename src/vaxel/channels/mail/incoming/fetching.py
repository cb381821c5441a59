"""Fetching what is new in a mailbox: stored first, marked on the server afterwards (trust 66, 68, 69).

The mails stay on the server. What was stored already is known by its UID, and after the server has begun to number
anew, by its contents.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

import structlog

from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.channels.mail.reading.limits import LONGEST_MAIL
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import begin_anew, looked
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.reasons import Reason
from vaxel.domain.mailroom.storing import Arrival, known_uids, store

log = structlog.get_logger("vaxel.mailroom")

#: Mails that are fetched and stored together: a break costs so many a second fetch, and memory holds no more bytes.
_MOST: Final = 20
_MOST_BYTES: Final = 5_000_000


def fetch_new(session: Session, *, mailbox_id: int, clock: Callable[[], datetime]) -> int:
    """Store everything that came since the last look; how many mails were new. Raises MailboxTroubleError.

    What broke off in the middle is fetched again by the next look; what is stored is never lost nor doubled.
    """
    mailbox = Mailbox.unscoped.get(pk=mailbox_id)
    validity = session.uid_validity
    if mailbox.uid_validity != validity:
        begin_anew(mailbox_id=mailbox_id, uid_validity=validity)
        mailbox.last_uid = 0
    uids = session.uids_after(mailbox.last_uid)
    known = known_uids(mailbox_id=mailbox_id, uid_validity=validity, uids=uids)
    new = 0
    for batch in _batches([uid for uid in uids if uid not in known], session):
        arrivals = _fetched(batch, session)
        stored = store(
            [arrival for arrival in arrivals if arrival is not None],
            mailbox=mailbox,
            uid_validity=validity,
            now=clock(),
        )
        session.mark([uid for uid, _size in batch])
        new += sum(one.is_new for one in stored)
    looked(mailbox_id=mailbox_id, now=clock())
    return new


def _batches(uids: Sequence[int], session: Session) -> Iterator[list[tuple[int, int]]]:
    """UIDs with their sizes, in portions that fit."""
    for start in range(0, len(uids), 500):
        sizes = session.sizes(uids[start : start + 500])
        batch: list[tuple[int, int]] = []
        total = 0
        for uid, size in sorted(sizes.items()):
            if batch and (len(batch) >= _MOST or total + size > _MOST_BYTES):
                yield batch
                batch, total = [], 0
            batch.append((uid, size))
            total += size
        if batch:
            yield batch


def _fetched(batch: Sequence[tuple[int, int]], session: Session) -> list[Arrival | None]:
    """All at once; when the server stumbles over one of them, one by one."""
    try:
        fitting = [uid for uid, size in batch if size <= LONGEST_MAIL]
        mails = session.fetch(fitting) if fitting else {}
    except MailboxTroubleError as trouble:
        if trouble.fault == MailboxFault.BROKEN_OFF:
            raise
        return [_arrival(uid, size, session) for uid, size in batch]
    return [
        Arrival(raw=mails[uid], size=len(mails[uid]), uid=uid) if uid in mails else _arrival(uid, size, session)
        for uid, size in batch
    ]


def _arrival(uid: int, size: int, session: Session) -> Arrival | None:
    """One mail; without its bytes when it is too large or the server does not give it. None for one that is gone."""
    if size > LONGEST_MAIL:
        return Arrival(raw=None, size=size, uid=uid)
    try:
        raw = session.fetch([uid]).get(uid)
    except MailboxTroubleError as trouble:
        if trouble.fault == MailboxFault.BROKEN_OFF:
            raise
        log.warning("mail not given by its server", uid=uid, fault=trouble.fault)
        return Arrival(raw=None, size=size, uid=uid, missing=Reason.NOT_GIVEN)
    return None if raw is None else Arrival(raw=raw, size=len(raw), uid=uid)
