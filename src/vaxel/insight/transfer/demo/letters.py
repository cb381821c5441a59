"""The newest mails of the past, for the page that shows what was sent."""

from typing import Final

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import outbox, telling
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.events import TOLD
from vaxel.domain.tickets.models import Event

#: An event makes one mail, sometimes two.
_NEWEST_EVENTS: Final = 100


def write_newest_mails() -> None:
    """Tell about the newest events as when they happened, and note each mail as sent right after.

    Of each desk's newest answer nobody knows whether it was: the connection broke.
    """
    newest = Event.unscoped.filter(kind__in=[kind.value for kind in TOLD]).order_by("-at", "-id")[:_NEWEST_EVENTS]
    mails = [
        mail
        for event in sorted(newest, key=lambda one: (one.at, one.pk))
        for mail in telling.tell(event_id=event.pk, now=event.at)
    ]
    to_send = [mail for mail in mails if mail.state == OutgoingMail.State.QUEUED]
    unsure = {mail.desk_id: mail.pk for mail in to_send if mail.kind == NoticeKind.ANSWER.value}
    for mail in to_send:
        _send(mail, breaks=unsure.get(mail.desk_id) == mail.pk)


def send_what_waits(desk: Desk) -> None:
    """Note what else the desk has written as sent."""
    for mail in OutgoingMail.unscoped.filter(desk=desk, state=OutgoingMail.State.QUEUED).order_by("pk"):
        _send(mail)


def _send(mail: OutgoingMail, *, breaks: bool = False) -> None:
    """Through the states of a mail that goes out at the first attempt, without a server."""
    now = mail.created_at
    claimed = outbox.claim(mail_id=mail.pk, now=now)
    if claimed is None:
        return
    outbox.words_leave(claimed, now=now)
    if breaks:
        outbox.uncertain(claimed, reason=outbox.Reason.BROKEN)
    else:
        outbox.sent(claimed, now=now)
