"""Every mailbox that is fetched has a thread that looks into it: at once when the server says so, else every minute.

One supervisor starts the threads, in every worker process; a lock in the database lets one process at a time look
into a mailbox. If that ever fails, two look at once and store nothing twice (trust 68). A thread never ends because
of a fault: it waits longer and longer, with a share of chance, and begins again (trust 74).
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection
from django.utils import timezone

from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import found_fault
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.sealing import SealBrokenError, unseal

log = structlog.get_logger("vaxel.mailroom")

#: Seconds between two looks at the list of mailboxes.
_LIST_EVERY: Final = 15.0
#: Seconds between two looks into a mailbox whose server does not tell, and into one whose server does: it may forget.
_LOOK_EVERY: Final = 60.0
_LOOK_ANYWAY: Final = 240.0
#: Seconds for which a thread sleeps before it asks whether it shall stop.
_NAP: Final = 5.0
_FIRST_WAIT: Final = 5.0
_LONGEST_WAIT: Final = 240.0
#: Seconds between two tries to be the one that looks.
_TURN: Final = 30.0
#: First half of the lock's name; the second is the mailbox.
_LOCK: Final = 861_203


@contextmanager
def watching_mailboxes() -> Iterator[None]:
    """Look into all mailboxes for as long as the block lasts."""
    stop = threading.Event()
    supervisor = threading.Thread(target=_supervise, args=(stop,), name="mailboxes", daemon=True)
    supervisor.start()
    try:
        yield
    finally:
        stop.set()
        supervisor.join(timeout=_NAP + 1)


def _supervise(stop: threading.Event) -> None:
    watchers: dict[int, threading.Thread] = {}
    while not stop.is_set():
        try:
            close_old_connections()
            wanted = list(Mailbox.unscoped.filter(way=Mailbox.Way.IMAP, is_on=True).values_list("pk", flat=True))
        except DatabaseFault:
            wanted = []
        for mailbox_id in wanted:
            if mailbox_id not in watchers or not watchers[mailbox_id].is_alive():
                watchers[mailbox_id] = threading.Thread(
                    target=_watch, args=(mailbox_id, stop), name=f"mailbox-{mailbox_id}", daemon=True
                )
                watchers[mailbox_id].start()
        stop.wait(_LIST_EVERY)
    connection.close()


def _watch(mailbox_id: int, stop: threading.Event) -> None:
    """Look into one mailbox until it is turned off or the process ends."""
    faults = 0
    while not stop.is_set():
        wait = _TURN
        try:
            close_old_connections()
            if not Mailbox.unscoped.filter(pk=mailbox_id, is_on=True).exists():
                break
            if _my_turn(mailbox_id):
                look_until_trouble(mailbox_id, stop)
                faults, wait = 0, 0.0
        except (MailboxTroubleError, SealBrokenError, DatabaseFault) as error:
            faults += 1
            wait = _note(mailbox_id, error, faults=faults)
        stop.wait(wait)
    connection.close()


def _my_turn(mailbox_id: int) -> bool:
    """Whether this process is the one that looks; the lock lasts as long as the thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, mailbox_id])
        return bool(cursor.fetchone()[0])


def look_until_trouble(mailbox_id: int, stop: threading.Event) -> None:
    """Fetch and wait, fetch and wait; returns when the settings have changed or the process ends.

    Raises MailboxTroubleError, SealBrokenError or a fault of the database.
    """
    mailbox = Mailbox.unscoped.get(pk=mailbox_id)
    settings = _settings(mailbox)
    with Session.open(mailbox, unseal(mailbox.secret)) as session:
        while not stop.is_set():
            fetch_new(session, mailbox_id=mailbox_id, clock=timezone.now)
            _wait_for_mail(session, stop)
            present = Mailbox.unscoped.filter(pk=mailbox_id, is_on=True).first()
            if present is None or _settings(present) != settings:
                return


def _settings(mailbox: Mailbox) -> tuple[object, ...]:
    return (mailbox.host, mailbox.port, mailbox.tls, mailbox.username, mailbox.folder, mailbox.sign_in)


def _wait_for_mail(session: Session, stop: threading.Event) -> None:
    if not session.can_wait:
        stop.wait(_LOOK_EVERY)
        return
    naps = int(_LOOK_ANYWAY / _NAP)
    with session.waiting():
        for _ in range(naps):
            if stop.is_set() or session.something_came(_NAP):
                return


def _note(mailbox_id: int, error: Exception, *, faults: int) -> float:
    """Write down what is wrong; how long to wait before the next try."""
    fault, detail = MailboxFault.SECRET, ""
    if isinstance(error, MailboxTroubleError):
        fault, detail = error.fault, error.detail
    log.warning("mailbox not read", mailbox=mailbox_id, fault=fault.value, faults=faults)
    try:
        if not isinstance(error, DatabaseFault):
            found_fault(mailbox_id=mailbox_id, fault=fault, detail=detail, now=timezone.now())
    except DatabaseFault:
        log.warning("database does not answer", mailbox=mailbox_id)
    wait = min(_FIRST_WAIT * 2.0 ** (faults - 1), _LONGEST_WAIT)
    return wait * random.uniform(0.75, 1.25)  # noqa: S311  # spreads load, guards nothing
