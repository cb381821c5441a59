"""What a delivery report means for the mail that came back, for its address, and for whoever wrote it (trust 18).

A report is somebody else's word. It may change a mail's state when it knows a secret of that mail: our signed return
path, or the Message-ID that we signed. A report that names nothing but an address is believed so far as to be shown
at the newest mail that went there, and never blocks an address nor counts towards it: a stranger could silence
anybody that way.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from vaxel.domain.notices import outbox
from vaxel.domain.notices.blocking import block, count_soft_bounce
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import Reason
from vaxel.domain.notices.reply_address import is_ours
from vaxel.kit.mail import Bounce

State = OutgoingMail.State

#: Servers try for five days; a report without a name is matched that far back, and two days more.
_REPORTS_COME_WITHIN: Final = timedelta(days=7)


@transaction.atomic(durable=True)
def record_bounce(
    *, bounce: Bounce, now: datetime, mail_id: int | None = None, service_id: str = "", desk_id: int | None = None
) -> OutgoingMail | None:
    """Note at the mail that it came back, and block its address when that is for good, or happens for days.

    `mail_id` is what `read_return_path` found in the address that the report came to; `service_id` is what a delivery
    service, whose report was proven to be its own, calls the mail; `desk_id` is whose mailbox it came to. Returns the
    mail; None when it is none of ours. The same report a second time changes nothing.
    """
    proven = _proven(bounce, mail_id=mail_id, service_id=service_id)
    mail = proven or _newest_to(bounce.recipient, desk_id=desk_id, now=now)
    if mail is None:
        return None
    # A copy that the recipient's server passed on, and that came back from there, says nothing of our address.
    is_its_own = not bounce.recipient or bounce.recipient.lower() == mail.recipient.lower()
    is_for_good = bounce.severity == "hard" and proven is not None and is_its_own
    reason = Reason.NO_MAILBOX if is_for_good else Reason.CAME_BACK
    if outbox.came_back(mail, reason=reason, status=bounce.status):
        if is_for_good:
            block(mail, status=bounce.status, now=now)
        elif proven is not None and is_its_own and count_soft_bounce(mail, status=bounce.status, now=now):
            outbox.came_back_often(mail, status=bounce.status)
    mail.refresh_from_db(fields=["state", "reason"])
    return mail


def _proven(bounce: Bounce, *, mail_id: int | None, service_id: str) -> OutgoingMail | None:
    if mail_id is not None:
        return OutgoingMail.unscoped.filter(pk=mail_id).first()
    if service_id:
        return OutgoingMail.unscoped.filter(service_id=service_id).first()
    if is_ours(bounce.original_message_id):
        header_id = f"<{bounce.original_message_id.strip('<>').lower()}>"
        return OutgoingMail.unscoped.filter(header_id=header_id).first()
    return None


def _newest_to(address: str, *, desk_id: int | None, now: datetime) -> OutgoingMail | None:
    if not address or desk_id is None:
        return None
    sent = OutgoingMail.unscoped.filter(
        desk_id=desk_id, recipient__iexact=address, state__in=[State.SENT, State.UNCERTAIN]
    )
    return sent.filter(sent_at__gt=now - _REPORTS_COME_WITHIN).order_by("-sent_at").first()
