"""The row of a mail, as everything that the desk tells writes it, and what may keep it back."""

from datetime import datetime
from typing import Any

from django.conf import settings

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.brakes import Closed, brake_of
from vaxel.domain.notices.compose import Composed, one_line
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import Reason
from vaxel.domain.notices.reply_address import header_id


def mail_row(
    desk: Desk, to: Recipient, composed: Composed, *, kind: str, now: datetime, sender_name: str = "", **about: Any
) -> OutgoingMail:
    """A mail that is not stored yet, from the desk in its own name unless `sender_name` says another.

    `about` is what the mail belongs to: further fields of OutgoingMail.
    """
    sender = desk.mail_address or settings.DEFAULT_FROM_EMAIL
    return OutgoingMail(
        desk_id=desk.pk,
        kind=kind,
        language=to.language,
        sender_name=one_line(sender_name or desk.name),
        sender=sender,
        recipient_name=one_line(to.name),
        recipient=to.email,
        recipient_kind=to.kind,
        recipient_id=to.id,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        header_id=header_id(sender),
        created_at=now,
        **about,
    )


def keep_back_if_braked(mail: OutgoingMail, *, closed: Closed, now: datetime) -> Reason | None:
    """Hold a mail that goes nowhere, or that a brake stops (trust 15): the reason, or None when it may leave."""
    reason = closed.reason(mail) or brake_of(mail, now=now)
    if reason is not None:
        mail.state, mail.reason = OutgoingMail.State.HELD, reason
    return reason
