"""Mails of the demonstration that wait for somebody, each for another reason, and a mail of ours that came back.

They are texts in examples/desks, which are read and judged as every mail is. Their mailbox takes only what a program
pipes in, so nothing ever looks for a server.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Final, TypeAlias

from django.db.models import F

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.mailroom.claiming import Claim
from vaxel.domain.mailroom.mailboxes import add_mailbox
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.mailroom.taking_in import take_in
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import return_path
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.files import mail_text
from vaxel.insight.transfer.demo.letters import send_what_waits
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.mail import Mail

#: Reads a mail's bytes. Given by the caller: reading mails belongs to the channels, which this floor does not know.
ReadMail: TypeAlias = Callable[[bytes], Mail]

#: Not the address that the desk's mails come from: nobody reads answers to those in a demonstration.
_MAILBOX: Final = "exempelmejl-utan-server"
#: The newest first.
_WAITING: Final = ("stranger", "no-access", "pretended", "two-customers", "out-of-office", "unreadable")
_CAME_BACK: Final = "came-back"
_BETWEEN: Final = timedelta(minutes=35)
_BACK_AFTER: Final = timedelta(minutes=2)


def let_mails_wait(stage: Stage, *, read: ReadMail, now: datetime) -> None:
    """After the desk's mails have been written: one of them comes back."""
    desk = stage.desk
    address = f"{_MAILBOX}@{desk.mail_address.rpartition('@')[2]}"
    mailbox = add_mailbox(desk=desk, address=address, way=Mailbox.Way.PIPE, by=SYSTEM, now=desk.created_at)
    # In the order in which they came: a mailbox tells when its newest mail did.
    for at, text in sorted(_mails(stage, address=address, now=now)):
        _take_in(text, mailbox=mailbox, read=read, at=at)
    send_what_waits(desk)


def _mails(stage: Stage, *, address: str, now: datetime) -> Iterator[tuple[datetime, str]]:
    """Each mail with when it came."""
    for place, name in enumerate(_WAITING, start=1):
        at = now - place * _BETWEEN
        yield at, mail_text(stage.desk.slug, name).format(mailbox=address, date=format_datetime(at))
    mail = _mail_to_nobody(stage)
    if mail is not None:
        at = min(mail.created_at + _BACK_AFTER, now)
        text = mail_text(stage.desk.slug, _CAME_BACK)
        yield at, text.format(return_path=return_path(mail), recipient=mail.recipient, date=format_datetime(at))


def _take_in(text: str, *, mailbox: Mailbox, read: ReadMail, at: datetime) -> None:
    raw = text.encode()
    (stored,) = store([Arrival(raw=raw, size=len(raw))], mailbox=mailbox, now=at, is_taken_at_once=True)
    take_in(Claim(stored.mail_id, 1, None), read(raw), now=at)


def _mail_to_nobody(stage: Stage) -> OutgoingMail | None:
    """The newest answer to whoever asked an open question, and is not among those whom the sign-in page offers: the
    address is blocked from now on.
    """
    offered = [each.email for each in stage.cast.file.sign_in]
    answers = OutgoingMail.unscoped.filter(
        desk=stage.desk,
        kind=NoticeKind.ANSWER.value,
        state=OutgoingMail.State.SENT,
        ticket__status__in=[status.value for status in OPEN_STATUSES],
        recipient=F("ticket__requester__email"),
    )
    return answers.exclude(recipient__in=offered).order_by("-created_at", "-id").first()
