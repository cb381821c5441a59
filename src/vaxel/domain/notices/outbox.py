"""The states of an outgoing mail, and the only code that changes them.

    queued ──claim──> sending ──words_leave──> sending, handed over ──> sent
      ^                  │                            ├──> failed     the server said no          └──> bounced
      └──── try_later ───┴──── (server said 4xx) ─────┴──> uncertain  nobody knows

Each step is one conditional UPDATE that commits by itself. `attempts` is the fence: a worker that was thought dead
and comes back finds that the mail is no longer its own, before it has sent a word.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.notices.blocking import is_blocked
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.participants import is_let_in
from vaxel.domain.people.models import Person, Staff
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = OutgoingMail.State

#: A worker that has had a mail for longer than this is taken for dead; a slow one is fenced off.
PATIENCE: Final = timedelta(minutes=2)
#: With the waits below, a mail is tried for a day and a half before staff have to look at it.
MOST_ATTEMPTS: Final = 12
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=6)


class Reason(StrEnum):
    """Why a mail is not sent. The server's own words may follow in the row, after a colon."""

    #: No connection, or one that broke before the words had left.
    NO_SERVER = "no-server"
    #: The server asked to try later (4xx).
    LATER = "later"
    #: The server refused for good (5xx).
    REFUSED = "refused"
    #: The connection broke after the words had left.
    BROKEN = "broken"
    #: The worker stopped in the middle.
    WORKER_STOPPED = "worker-stopped"
    #: The mail could not be put together.
    FAULTY = "faulty"
    #: Too many automatic mails to one address about one ticket (trust 15).
    BRAKE = "brake"
    #: Whoever it is to has no access any more.
    LEFT = "left"
    #: The recipient's server sent it back for good: there is no such mailbox.
    NO_MAILBOX = "no-mailbox"
    #: It came back for now: a full mailbox, a server that was away for days.
    CAME_BACK = "came-back"
    #: It came back for now, as the mails there have for days: nothing more is sent there.
    CAME_BACK_OFTEN = "came-back-often"
    #: Earlier mails to the address came back for good, so this one waits (trust 18).
    BLOCKED = "blocked"
    #: The address is a program's or our own: a mail would only be answered by another one (trust 13, 16).
    NOBODY_READS = "nobody-reads"
    #: It waited when the backup was made that the installation came back from: it may have been sent since.
    RESTORED = "restored"


class NotMineError(RuntimeError):
    """Another worker has taken the mail over: this one must not send it."""


class NotSendableError(RuntimeError):
    """Only a mail that is not sent can be sent again by hand, and only to an address that is not blocked."""


def put_out(mails: Sequence[OutgoingMail], *, hold: bool) -> None:
    """Store new mails and ask the worker to send what waits, in the caller's transaction.

    `hold` keeps those back for staff: the installation came back from a backup, and they may have been sent since.
    """
    for mail in mails:
        if hold and mail.state == State.QUEUED:
            mail.state, mail.reason = State.HELD, Reason.RESTORED
    OutgoingMail.objects.bulk_create(mails)
    for mail in mails:
        if mail.state == State.QUEUED:
            hand_to_worker(mail.pk)


def claim(*, mail_id: int, now: datetime) -> OutgoingMail | None:
    """Take a queued mail for one attempt; None when there is nothing to do (sent, taken, or gone)."""
    taken = OutgoingMail.unscoped.filter(pk=mail_id, state=State.QUEUED).update(
        state=State.SENDING, attempts=F("attempts") + 1, claimed_at=now, handed_over_at=None
    )
    return OutgoingMail.unscoped.select_related("desk__mail_logo").get(pk=mail_id) if taken else None


def recipient_left(mail: OutgoingMail) -> bool:
    """Whether whoever the mail is to has lost their access since it was written (trust 47); two queries.

    The colleague that it was asked for has none to lose; one who came along may have been left out meanwhile.
    """
    if mail.recipient_kind == "colleague" and mail.recipient_id is not None and mail.ticket_id is not None:
        return not is_let_in(participant_id=mail.recipient_id, ticket_id=mail.ticket_id, address=mail.recipient)
    people = Person.unscoped.filter(organisation=mail.organisation_id, email__iexact=mail.recipient)
    staff = Staff.unscoped.filter(desk=mail.desk_id, account__email__iexact=mail.recipient)
    known = [
        *people.values_list("is_active", "organisation__is_active", "account__is_active"),
        *staff.values_list("is_active", "account__is_active"),
    ]
    # A person without an account reads the mails and has nothing that could be closed: None.
    return bool(known) and not any(False not in states for states in known)


def words_leave(mail: OutgoingMail, *, now: datetime) -> None:
    """Note that the server may have the mail from now on. Raises NotMineError: then keep the words here."""
    if not _step(mail, since=(State.SENDING,), handed_over_at=now):
        raise NotMineError(mail.pk)
    mail.handed_over_at = now


def sent(mail: OutgoingMail, *, now: datetime, service_id: str = "") -> None:
    """The server has taken it, or the delivery service under this id. Counts also when the sweep has meanwhile called
    it uncertain.
    """
    took = {"state": State.SENT, "sent_at": now, "reason": "", "service_id": service_id[:200]}
    _step(mail, since=(State.SENDING, State.UNCERTAIN), **took)


def uncertain(mail: OutgoingMail, *, reason: str) -> None:
    """The words left and no answer came."""
    _step(mail, since=(State.SENDING,), state=State.UNCERTAIN, reason=reason[:400])


def failed(mail: OutgoingMail, *, reason: str) -> None:
    """The server said no, or the mail cannot be built."""
    _step(mail, since=(State.SENDING, State.UNCERTAIN), state=State.FAILED, reason=reason[:400])


def came_back(mail: OutgoingMail, *, reason: Reason, status: str) -> bool:
    """A report says that it was not delivered. False when an earlier report has said as much already, or the mail
    is being sent anew: then the newer attempt's fate counts.
    """
    may_come_back = Q(state__in=(State.SENDING, State.SENT, State.UNCERTAIN))
    if reason == Reason.NO_MAILBOX:
        may_come_back |= Q(state=State.BOUNCED, reason__startswith=Reason.CAME_BACK)
    told = _told(reason, status)
    return bool(OutgoingMail.unscoped.filter(may_come_back, pk=mail.pk).update(state=State.BOUNCED, reason=told))


def came_back_often(mail: OutgoingMail, *, status: str) -> None:
    """The mail that came back was one too many: its address is blocked."""
    bounced = OutgoingMail.unscoped.filter(pk=mail.pk, state=State.BOUNCED)
    bounced.update(reason=_told(Reason.CAME_BACK_OFTEN, status))


def _told(reason: Reason, status: str) -> str:
    return f"{reason}: {status}" if status else str(reason)


def held_back(mail: OutgoingMail, *, reason: str) -> None:
    """Keep it until staff decide."""
    _step(mail, since=(State.SENDING,), state=State.HELD, reason=reason[:400])


def try_later(mail: OutgoingMail, *, reason: str) -> timedelta | None:
    """Put it back: the server has certainly not taken it. How long to wait, or None when it has been tried enough."""
    if mail.attempts >= MOST_ATTEMPTS:
        failed(mail, reason=reason)
        return None
    _step(mail, since=(State.SENDING, State.UNCERTAIN), state=State.QUEUED, reason=reason[:400])
    return wait_after(mail.attempts)


def wait_after(attempts: int) -> timedelta:
    """Half a minute after the first attempt, four times as long after each further one, six hours at most."""
    times: int = 4 ** min(attempts - 1, 10)
    return min(_FIRST_WAIT * times, _LONGEST_WAIT)


def _step(mail: OutgoingMail, *, since: tuple[State, ...], **values: Any) -> bool:
    """Change the row if this attempt still owns it."""
    return bool(OutgoingMail.unscoped.filter(pk=mail.pk, attempts=mail.attempts, state__in=since).update(**values))


def sweep(*, now: datetime) -> None:
    """Settle the mails of workers that died: back into the queue before the words left, uncertain after."""
    abandoned = OutgoingMail.unscoped.filter(state=State.SENDING, claimed_at__lt=now - PATIENCE)
    for mail in abandoned.only("pk", "attempts", "handed_over_at"):
        if mail.handed_over_at is None and mail.attempts < MOST_ATTEMPTS:
            _queue_again(mail)
        else:
            uncertain(mail, reason=Reason.WORKER_STOPPED)


@transaction.atomic
def _queue_again(mail: OutgoingMail) -> None:
    """Only if the words have still not left: the worker may be slow and not dead."""
    mine = OutgoingMail.unscoped.filter(pk=mail.pk, attempts=mail.attempts, state=State.SENDING)
    if mine.filter(handed_over_at=None).update(state=State.QUEUED, reason=Reason.WORKER_STOPPED):
        hand_to_worker(mail.pk)


#: The states in which staff may send a mail once more.
SENT_AGAIN: Final = frozenset({State.UNCERTAIN, State.FAILED, State.BOUNCED, State.HELD})


@transaction.atomic(durable=True)
def send_again(*, scope: Scope, mail_id: int, by: Actor, now: datetime) -> None:
    """Staff have looked and want it sent, though a copy may be there already.

    Raises OutgoingMail.DoesNotExist outside the scope, and NotSendableError in any other state or while the address
    is blocked.
    """
    mail = OutgoingMail.objects.within(scope).select_for_update(of=("self",)).get(pk=mail_id)
    if mail.state not in SENT_AGAIN or is_blocked(desk_id=mail.desk_id, address=mail.recipient):
        raise NotSendableError(mail.state)
    mail.state, mail.reason = State.QUEUED, ""
    mail.save(update_fields=["state", "reason"])
    record(kind="mail-sent-again", by=by, now=now, desk_id=mail.desk_id, mail=mail.pk)
    hand_to_worker(mail.pk)


def hand_to_worker(mail_id: int) -> None:
    """Ask for an attempt, in the caller's transaction. One too many does no harm: the claim decides."""
    defer("send_mail", queue="mail", mail_id=mail_id)
