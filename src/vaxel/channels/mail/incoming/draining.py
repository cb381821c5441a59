"""Reading what waits and handing it to the mailroom: questions a handful at a time, everything else one by one.

The next mails are read in the children while this thread writes those before, so both cores have work. A fault costs
its own mail a try and nothing else (trust 23): a handful with a fault in it is taken in one by one.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Final

import structlog
from django.db import Error as DatabaseFault

from vaxel.channels.mail.readers import Readers
from vaxel.domain.mailroom import claiming
from vaxel.domain.mailroom.claiming import Claim
from vaxel.domain.mailroom.facts import Surroundings, surroundings
from vaxel.domain.mailroom.taking_in import Settled, may_be_together, take_in, take_in_together
from vaxel.kit.mail import Mail

log = structlog.get_logger("vaxel.mailroom")

#: Mails that are claimed and read ahead at a time.
_BATCH: Final = 20
#: Mails of one transaction: whoever else opens a ticket at the desk waits for it, a tenth of a second at most.
_HANDFUL: Final = 10

#: A claimed mail that is being read.
_Reading = tuple[Claim, Future[Mail]]


def drain(readers: Readers, *, clock: Callable[[], datetime], seconds: float) -> int:
    """Take in what waits, for at most so many seconds; how many mails were settled."""
    until = time.monotonic() + seconds
    settled = 0
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="read-ahead") as ahead:
        while claims := claiming.claim(now=clock(), most=_BATCH):
            around = surroundings()
            read = [(one, ahead.submit(_read, one, readers)) for one in claims]
            for start in range(0, len(read), _HANDFUL):
                settled += _settle_handful(read[start : start + _HANDFUL], around=around, clock=clock)
            if time.monotonic() > until:
                break
    return settled


def _read(one: Claim, readers: Readers) -> Mail:
    return readers.read(one.raw())


def _settle_handful(read: Sequence[_Reading], *, around: Surroundings, clock: Callable[[], datetime]) -> int:
    """How many of them were settled, together or one by one."""
    done = _together(read, around=around, now=clock())
    left = [each for each in read if each[0].mail_id not in done]
    return len(done) + sum(settle(one, mail.result, around=around, now=clock()) is not None for one, mail in left)


def _together(read: Sequence[_Reading], *, around: Surroundings, now: datetime) -> Mapping[int, Settled]:
    """Those that could share a transaction; none when one of them broke, which then shows by itself."""
    try:
        mails = [(one, mail.result()) for one, mail in read]
        fit = [(one, mail) for one, mail in mails if may_be_together(mail)]
        return take_in_together(fit, around=around, now=now) if len(fit) > 1 else {}
    except Exception as fault:  # noqa: BLE001  # whatever it is, each mail is tried again alone
        log.warning("mails not taken in together", mails=len(read), fault=type(fault).__name__)
        return {}


def settle(
    one: Claim, mail: Callable[[], Mail], *, around: Surroundings | None = None, now: datetime
) -> Settled | None:
    """Take in one claimed mail; None when it broke (it is tried again later) or somebody else has it.

    A database that is away is no fault of the mail: that is raised, and the try is not counted as its own.
    """
    try:
        return take_in(one, mail(), around=around, now=now)
    except DatabaseFault as fault:
        if not _noted(one, fault, now=now):
            raise
    except Exception as fault:  # noqa: BLE001  # whatever it is, the other mails go on
        _noted(one, fault, now=now)
    return None


def _noted(one: Claim, fault: Exception, *, now: datetime) -> bool:
    """Note at the mail what broke. False when the database does not even take that: then it is away.

    The log names no contents: what a database says of a row may quote it (trust 63).
    """
    log.error("mail not taken in", mail=one.mail_id, attempt=one.attempt, fault=type(fault).__name__)
    try:
        claiming.broke(one, detail=f"{type(fault).__name__}: {fault}", now=now)
    except DatabaseFault:
        return False
    return True
