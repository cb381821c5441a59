"""The newest mails of the past, for the page that shows what was sent."""

from typing import Final

from vaxel.domain.notices import outbox, telling
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.events import TOLD
from vaxel.domain.tickets.models import Event

#: An event makes one mail, sometimes two.
_NEWEST_EVENTS: Final = 100


def write_newest_mails() -> None:
    """Tell about the newest events as when they happened, and note each mail as sent right after."""
    newest = Event.unscoped.filter(kind__in=[kind.value for kind in TOLD]).order_by("-at", "-id")[:_NEWEST_EVENTS]
    for event in sorted(newest, key=lambda one: (one.at, one.pk)):
        for mail in telling.tell(event_id=event.pk, now=event.at):
            _send(mail)


def _send(mail: OutgoingMail) -> None:
    """Through the states of a mail that goes out at the first attempt, without a server."""
    now = mail.created_at
    claimed = outbox.claim(mail_id=mail.pk, now=now)
    if claimed is not None:
        outbox.words_leave(claimed, now=now)
        outbox.sent(claimed, now=now)
