"""Reads for staff and commands: mails that wait for a human, mailboxes with their health, what became of a mail."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from vaxel.domain.mailroom.alarms import trouble_of
from vaxel.domain.mailroom.faults import WORDS as FAULT_WORDS
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.models import BlockedSender, Mailbox, ReceivedMail
from vaxel.domain.mailroom.reasons import WORDS, Reason
from vaxel.kit.compiled import Compiled, compiled
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked

State = ReceivedMail.State

#: What lies in the queue that staff look through.
HELD: Final = (State.QUARANTINE, State.FAILED)

_TROUBLES: Final = {
    "mailbox-fault": _("Nobody looks into the mailbox. Is a worker running?"),
    "mailbox-silent": _("No mail has come for longer than usual. Send one there and see whether it arrives."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A mail as a row of the quarantine."""

    public_id: str
    state: str
    sender: str
    sender_name: str
    subject: str
    #: Why it waits, in the reader's language; `detail` in the words of reader or server, often empty.
    reason: str
    why: str
    detail: str
    authentication: str
    mailbox: str
    #: The ticket that it seems to answer; None where it does not.
    ticket_number: int | None
    size: int
    received_at: datetime
    #: The sender has been told why nothing came of it.
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    """A page of the quarantine, newest first."""

    rows: tuple[Held, ...]
    #: The public id after which the next page begins; empty on the last one.
    next_after: str


def held_mails(scope: Scope, *, states: tuple[str, ...] = HELD, after: str = "", size: int = 50) -> HeldPage:
    """Mails that wait for a human, or in other states (`ignored` is worth a look now and then); two queries."""
    mails = ReceivedMail.objects.within(scope).filter(state__in=states).select_related("mailbox", "ticket")
    if after:
        last = ReceivedMail.objects.within(scope).filter(public_id=after).first()
        if last is not None:
            older = Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk)
            mails = mails.filter(older)
    rows = list(mails.defer("text", "html").order_by("-received_at", "-id")[: size + 1])
    return HeldPage(
        rows=tuple(_held(mail) for mail in rows[:size]), next_after=rows[size - 1].public_id if len(rows) > size else ""
    )


def held_count(scope: Scope, *, most: int) -> Asked[int]:
    """How many mails wait for a human, counted up to `most`. None for customers."""
    is_staff = scope.organisation_id is None
    return Asked(_reading_held(most), {_A_DESK.desk_id: scope.desk_id}, len if is_staff else lambda _rows: 0)


#: Stands in the compiled query for the desk of a request: every page of the workspace asks it.
_A_DESK: Final = Scope(desk_id=-1)


@cache
def _reading_held(most: int) -> Compiled:
    waiting = ReceivedMail.objects.within(_A_DESK).filter(state__in=HELD).order_by()
    return compiled(waiting.values_list("id")[:most], _A_DESK.desk_id)


def _held(mail: ReceivedMail) -> Held:
    return Held(
        public_id=mail.public_id,
        state=mail.state,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        reason=mail.reason,
        why=reason_in_words(mail.reason),
        detail=mail.detail,
        authentication=mail.authentication,
        mailbox=mail.mailbox.address,
        ticket_number=None if mail.ticket is None or mail.ticket.is_first_line else mail.ticket.number,
        size=mail.size,
        received_at=mail.received_at,
        is_answered=mail.answered_at is not None,
    )


def reason_in_words(reason: str) -> str:
    """A stored reason in the reader's language; empty when there is none."""
    return str(WORDS[Reason(reason)]) if reason else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMail:
    """One mail of the quarantine, whole: words and sanitised HTML for a sandboxed preview."""

    row: Held
    text: str
    html: str
    remote_images: tuple[str, ...]
    has_original: bool


def held_mail(scope: Scope, *, public_id: str) -> HeldMail | None:
    """One mail of the desk, in whatever state; None for any other. One query."""
    mail = ReceivedMail.objects.within(scope).select_related("mailbox", "ticket").filter(public_id=public_id).first()
    if mail is None:
        return None
    return HeldMail(
        row=_held(mail),
        text=mail.text,
        html=mail.html,
        remote_images=tuple(mail.remote_images),
        has_original=mail.raw_id is not None,
    )


def blocked_senders(scope: Scope) -> tuple[BlockedSender, ...]:
    """Addresses and domains that staff want no more mail from, newest first; one query."""
    return tuple(BlockedSender.objects.within(scope).order_by("-since", "-id")[:500])


def held_on_ticket(scope: Scope, *, ticket_id: int) -> tuple[Held, ...]:
    """Mails that wait and seem to answer this ticket; one query."""
    mails = ReceivedMail.objects.within(scope).filter(ticket=ticket_id, state__in=HELD, ticket__is_first_line=False)
    return tuple(_held(mail) for mail in mails.select_related("mailbox", "ticket").order_by("id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxHealth:
    """A mailbox as staff see it."""

    mailbox: Mailbox
    is_well: bool
    #: What is wrong and what to do, in the reader's language; empty when it is well.
    trouble: str
    #: In the server's own words.
    detail: str
    waiting: int
    held: int


def mailboxes(scope: Scope, *, now: datetime) -> tuple[MailboxHealth, ...]:
    """The desk's mailboxes and how they are; one query."""
    rows = Mailbox.objects.within(scope).annotate(
        waiting=Count("mails", filter=Q(mails__state=State.WAITING)),
        held=Count("mails", filter=Q(mails__state__in=HELD)),
    )
    return tuple(_health(mailbox, now=now) for mailbox in rows.order_by("address"))


def is_read(address: str, *, desk_id: int, now: datetime) -> bool:
    """Whether what customers write to the address reaches the desk now: a mailbox that is on and well. One query."""
    boxes = Mailbox.unscoped.filter(desk=desk_id, is_on=True)
    return any(address.lower() in box.addresses and not box.fault and trouble_of(box, now=now) is None for box in boxes)


def mailbox_named(scope: Scope, *, mailbox_id: int) -> Mailbox | None:
    """One mailbox of the desk; None for any other."""
    return Mailbox.objects.within(scope).filter(pk=mailbox_id).first()


def _health(mailbox: Mailbox, *, now: datetime) -> MailboxHealth:
    trouble = trouble_of(mailbox, now=now) if mailbox.is_on else None
    words = FAULT_WORDS[MailboxFault(mailbox.fault)] if mailbox.fault else ""
    return MailboxHealth(
        mailbox=mailbox,
        is_well=trouble is None and not mailbox.fault,
        trouble=str(words or (trouble and _TROUBLES[trouble]) or ""),
        detail=mailbox.fault_detail,
        waiting=getattr(mailbox, "waiting", 0),
        held=getattr(mailbox, "held", 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail, for commands: ticket, reply, quarantine, ignored, bounce or duplicate."""

    outcome: str
    reason: str
    #: The ticket by its name, "KOM-1042"; empty without one.
    ticket: str
    detail: str


def outcome_of(mail_id: int, *, is_copy: bool) -> Outcome:
    """What became of the mail; for a copy the same of the first one, called a duplicate."""
    mail = ReceivedMail.unscoped.select_related("desk", "ticket").get(pk=mail_id)
    state = State.QUARANTINE if mail.state in {State.FAILED, State.WAITING} else mail.state
    return Outcome(
        outcome="duplicate" if is_copy else str(state),
        reason="copy" if is_copy else mail.reason,
        ticket="" if mail.ticket is None else f"{mail.desk.prefix}-{mail.ticket.number}",
        detail=mail.detail,
    )
