"""Reads about mails: what staff see beside a message, and what a demonstration shows of its outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vaxel.domain.notices.blocking import goes_to_blocked
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import SENT_AGAIN, Reason
from vaxel.kit.compiled import Compiled, Row, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, Found, instant

State = OutgoingMail.State

#: Nothing more happens by itself.
_TROUBLED: Final = (State.UNCERTAIN, State.FAILED, State.BOUNCED, State.HELD)
_STATES: Final[Mapping[str, Promise]] = {
    State.QUEUED: _("Waiting to be sent"),
    State.SENDING: _("Being sent"),
    State.SENT: _("Sent"),
    State.UNCERTAIN: _("Perhaps sent"),
    State.FAILED: _("Not sent"),
    State.BOUNCED: _("Came back"),
    State.HELD: _("Held back"),
}
_REASONS: Final[Mapping[str, Promise]] = {
    Reason.NO_SERVER: _("The mail server does not answer. We try again by ourselves."),
    Reason.LATER: _("The mail server asks us to try again later. We do so by ourselves."),
    Reason.REFUSED: _("The mail server refuses the mail. Check the address."),
    Reason.BROKEN: _("The connection broke while the mail was handed over. Ask the recipient, or send it again."),
    Reason.WORKER_STOPPED: _("Sending was interrupted. Ask the recipient, or send it again."),
    Reason.FAULTY: _("The mail could not be put together. Check the address and the name of the recipient."),
    Reason.LEFT: _("The recipient has no access any more, so the mail was not sent."),
    Reason.NO_MAILBOX: _(
        "The mail came back: there is no such mailbox. We send nothing more there. Ask for the address."
    ),
    Reason.CAME_BACK: _("The mail came back for now, as from a full mailbox. Send it again, or call."),
    Reason.CAME_BACK_OFTEN: _(
        "The mail came back, as mails there have for days. We send nothing more there. Call, and ask for the address."
    ),
    Reason.BLOCKED: _("Earlier mails to the address came back, so this one was not sent."),
    Reason.RESTORED: _(
        "The installation came back from a backup, and the mail may have been sent since. "
        "Ask the recipient, or send it again."
    ),
    Reason.NOBODY_READS: _("The address belongs to a program, so nothing automatic goes there."),
    Reason.BRAKE: _("The recipient has had many automatic mails about this. Send it if it is needed."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailState:
    """How far a mail has come, in the reader's language."""

    mail_id: int
    kind: str
    recipient: str
    state: str
    text: str
    #: Why it is not sent, and what to do; empty when all is well.
    reason: str
    #: The mail server's own words, for those who know mail; often empty.
    detail: str
    at: datetime
    #: Nothing is sent to the address until staff lift the block (`blocking.lift_block`).
    is_blocked: bool

    @property
    def needs_a_look(self) -> bool:
        """Staff have to decide whether it is sent again."""
        return self.state in _TROUBLED

    @property
    def can_be_sent_again(self) -> bool:
        """`outbox.send_again` takes it."""
        return self.state in SENT_AGAIN and not self.is_blocked


def mail_states(scope: Scope, *, ticket_id: int | Found) -> Asked[Mapping[int | None, tuple[MailState, ...]]]:
    """The mails that carried a ticket's messages, by message. Nothing for customers.

    By None those that carried no message (receipts, hand-overs) and that somebody has to look at.
    """
    values = {_A_DESK.desk_id: scope.desk_id, _A_TICKET_ID: ticket_id}
    return Asked(_reading_states(), values, _states_in if scope.organisation_id is None else lambda _rows: {})


def _states_in(rows: Sequence[Row]) -> Mapping[int | None, tuple[MailState, ...]]:
    states: dict[int | None, tuple[MailState, ...]] = {}
    for message_id, is_blocked, *columns in rows:
        state = _state(*columns, is_blocked=is_blocked)
        states[message_id] = (*states.get(message_id, ()), state)
    return states


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_DESK: Final = Scope(desk_id=-1)
_A_TICKET_ID: Final = -2
#: What a state is made of, in the order of `_state`.
_STATE_COLUMNS: Final = ("id", "kind", "recipient", "state", "reason", "sent_at", "created_at")


@cache
def _reading_states() -> Compiled:
    mails = OutgoingMail.objects.within(_A_DESK).filter(
        Q(message__isnull=False) | Q(state__in=_TROUBLED), ticket=_A_TICKET_ID
    )
    rows = (
        mails.order_by("id").annotate(blocked=goes_to_blocked()).values_list("message_id", "blocked", *_STATE_COLUMNS)
    )
    return compiled(rows, _A_DESK.desk_id, _A_TICKET_ID)


def state_of(mail: OutgoingMail, *, is_blocked: bool = False) -> MailState:
    """A mail's state in words."""
    return _state(*(getattr(mail, column) for column in _STATE_COLUMNS), is_blocked=is_blocked)


def _state(
    mail_id: int,
    kind: str,
    recipient: str,
    state: str,
    reason: str,
    sent_at: datetime | str | None,
    created_at: datetime | str,
    *,
    is_blocked: bool,
) -> MailState:
    code, _colon, detail = reason.partition(":")
    return MailState(
        mail_id=mail_id,
        kind=kind,
        recipient=recipient,
        state=state,
        text=str(_STATES[state]),
        reason=str(_REASONS.get(code, "")),
        detail=detail.strip(),
        at=instant(sent_at or created_at),
        is_blocked=is_blocked,
    )


@dataclass(frozen=True, slots=True)
class MailPage:
    mails: tuple[OutgoingMail, ...]
    #: The id after which the next page begins; None on the last one.
    next_after: int | None


def outbox_page(*, desk_id: int, after: int | None = None, size: int = 50) -> MailPage:
    """A demonstration's outbox, newest first; `after` is the id of the last mail of the page before."""
    mails = OutgoingMail.unscoped.filter(desk_id=desk_id).defer("text", "html", "references")
    last = None if after is None else mails.filter(pk=after).first()
    if last is not None:
        mails = mails.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    rows = list(mails.order_by("-created_at", "-id")[: size + 1])
    return MailPage(tuple(rows[:size]), rows[size - 1].pk if len(rows) > size else None)


def outbox_mail(*, desk_id: int, mail_id: int) -> OutgoingMail | None:
    """One mail of a demonstration's outbox, whole."""
    return OutgoingMail.unscoped.filter(desk_id=desk_id, pk=mail_id).select_related("desk").first()
