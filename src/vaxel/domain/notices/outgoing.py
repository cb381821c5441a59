"""The mails of a desk on their way out, as staff look through them."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from vaxel.domain.notices.blocking import goes_to_blocked
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.queries import MailState, state_of
from vaxel.kit.numbers import number_in
from vaxel.kit.tenancy import Scope

State = OutgoingMail.State
#: What staff look for, and the states that belong to it.
LISTS: Final = {
    "trouble": (State.UNCERTAIN, State.FAILED, State.BOUNCED, State.HELD),
    "waiting": (State.QUEUED, State.SENDING),
    "sent": (State.SENT,),
}
_TOO_LONG: Final = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One mail to one recipient; `number` is None for what is about no ticket."""

    subject: str
    language: str
    state: MailState
    number: int | None


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """A page of the list, newest first; `next_after` is empty on the last one."""

    rows: tuple[Outgoing, ...]
    next_after: str


def outgoing_page(scope: Scope, *, which: str, after: str = "", size: int = 50) -> OutgoingPage:
    """The mails of one of the lists; mails among a customer's own people are not among them. Two queries at most."""
    mails = OutgoingMail.objects.within(scope).filter(state__in=LISTS[which])
    last_id = number_in(after)
    last = None if last_id is None else OutgoingMail.objects.within(scope).filter(pk=last_id).first()
    if last is not None:
        mails = mails.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    newest = mails.order_by("-created_at", "-id").annotate(blocked=goes_to_blocked()).select_related("ticket")
    rows = list(newest.defer("text", "html", "references")[: size + 1])
    return OutgoingPage(
        rows=tuple(
            Outgoing(
                subject=mail.subject,
                language=mail.language,
                state=state_of(mail, is_blocked=mail.blocked),
                number=None if mail.ticket is None else mail.ticket.number,
            )
            for mail in rows[:size]
        ),
        next_after=str(rows[size - 1].pk) if len(rows) > size else "",
    )
