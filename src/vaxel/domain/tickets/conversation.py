"""Words on a ticket: answers between customer and vendor, and notes among staff."""

from datetime import datetime
from functools import cache
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.attachments import move_reply_attachments, remove_files
from vaxel.domain.tickets.deciding import decide_meanwhile
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.locking import TicketMissingError, lock_ticket, require_unchanged, store_change
from vaxel.domain.tickets.models import Attachment, Event, Message, Note, ReplyDraft, Ticket
from vaxel.domain.tickets.status import Status
from vaxel.domain.tickets.writing import insert_message, insert_note
from vaxel.kit.compiled import Compiled, compiled
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy.decision import Target


class TicketClosedError(RuntimeError):
    """A closed ticket takes no more answers; a new question may refer to it."""


def take_reply(
    *,
    scope: Scope,
    number: int,
    text: str,
    html: str = "",
    by: Actor,
    now: datetime,
    channel: str = "portal",
    language: str = "",
    seen_version: int | None = None,
    then: Status | None = None,
) -> Message:
    """Add an answer, by staff or by the customer, and let the promises follow, in the caller's transaction.

    Staff's answer meets the promises of an answer; `then` is the status afterwards: open when not given, waiting for
    the customer, or solved with these words. The customer's answer makes a waiting or solved ticket open again, and
    starts the promise of a next answer where the terms give one.

    `seen_version` is the ticket as the writer's page showed it. The same words sent twice from one page are the
    first one's message; staff whose page has been overtaken are refused, customers never are. Raises
    TicketMissingError, ChangedMeanwhileError and TicketClosedError; nothing is lost then, for the caller still has
    the words.
    """
    ticket = lock_ticket(scope=scope, number=number)
    sent = Message.unscoped.filter(ticket_id=ticket.pk, text=text)
    if (already := _written_already(EventKind.REPLIED, sent, ticket, by=by, seen_version=seen_version)) is not None:
        return already
    if by.kind == "staff":
        require_unchanged(ticket, seen_version=seen_version)
    if ticket.status == Status.CLOSED:
        raise TicketClosedError(number)
    message = insert_message(ticket, text=text, html=html, by=by, now=now, channel=channel, language=language)
    _follow(ticket, by=by, now=now, then=then)
    _use_up_draft(ticket, by=by, message=message)
    record_event(EventKind.REPLIED, ticket=ticket, by=by, now=now, message=message.pk, seen_version=seen_version)
    if then == Status.SOLVED:
        record_event(EventKind.SOLVED, ticket=ticket, by=by, now=now)
    return message


#: `take_reply` as an act of its own.
reply = transaction.atomic(durable=True)(take_reply)


_Words = TypeVar("_Words", Message, Note)


def _written_already(
    kind: EventKind, same: QuerySet[_Words], ticket: Ticket, *, by: Actor, seen_version: int | None
) -> _Words | None:
    """What this writer has sent with the `same` words, and these files, from the same page.

    A button pressed twice without script sends both; the files that came the second time are let go.
    """
    if seen_version is None or seen_version == ticket.version:
        return None
    told = Event.unscoped.filter(ticket_id=ticket.pk, kind=kind, by_kind=by.kind, by_id=by.id)
    ids = told.filter(data__seen_version=seen_version).values_list(f"data__{_NAMED_BY[kind]}", flat=True)
    written = same.filter(pk__in=list(ids)).order_by("id").first()
    if written is None:
        return None
    again = Attachment.unscoped.filter(
        reply_draft__ticket_id=ticket.pk, reply_draft__by_kind=by.kind, reply_draft__by_id=by.id or 0
    )
    if again.exclude(blob__in=written.attachments.values("blob")).exists():
        return None
    remove_files(again)
    _use_up_draft(ticket, by=by)
    return written


#: Under which name an event tells what was written.
_NAMED_BY: Final = {EventKind.REPLIED: "message", EventKind.NOTED: "note"}


def _follow(ticket: Ticket, *, by: Actor, now: datetime, then: Status | None) -> None:
    """What the words make of the ticket: its state, its promises, whose turn it is."""
    if by.kind == "staff":
        _after_staff(ticket, by=by, now=now, then=then)
    elif ticket.is_first_line and by.id != ticket.requester_id:
        _after_local_contact(ticket, now=now)
    else:
        _after_customer(ticket, by=by, now=now)
    ticket.last_message_at = now
    store_change(ticket, *_MOVED_BY_WORDS, now=now)


_MOVED_BY_WORDS: Final = (
    "status",
    "assignee",
    "customer_spoke_last",
    "last_message_at",
    "next_deadline_at",
    "solved_at",
)


def _use_up_draft(ticket: Ticket, *, by: Actor, message: Message | None = None, note: Note | None = None) -> None:
    """The writer's draft is what was just written: its files go with the words, and it is gone."""
    for (draft_id,) in _finding_draft().run({_A_TICKET_ID: ticket.pk, _A_KIND: by.kind, _AN_ID: by.id or 0}):
        move_reply_attachments(reply_draft_id=draft_id, message=message, note=note)
        ReplyDraft.unscoped.filter(pk=draft_id).delete()


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_TICKET_ID: Final = -1
_A_KIND: Final = "<kind>"
_AN_ID: Final = -2


@cache
def _finding_draft() -> Compiled:
    rows = ReplyDraft.unscoped.filter(ticket_id=_A_TICKET_ID, by_kind=_A_KIND, by_id=_AN_ID)
    return compiled(rows.values_list("id"), _A_TICKET_ID, _A_KIND, _AN_ID)


def _after_staff(ticket: Ticket, *, by: Actor, now: datetime, then: Status | None) -> None:
    """Whoever answers first has the ticket, unless somebody has it already."""
    clocks.answer_given(_targets_now(ticket, now=now), ticket=ticket, now=now)
    if ticket.assignee_id is None:
        ticket.assignee_id = by.id
    ticket.customer_spoke_last = False
    if ticket.status == Status.NEEDS_DETAILS:
        clocks.resume_clocks(ticket=ticket, now=now)
    new = ticket.status in {Status.NEW, Status.NEEDS_DETAILS}
    ticket.status = then or (Status.OPEN if new else Status(ticket.status))
    if ticket.status == Status.WAITING_CUSTOMER:
        clocks.pause_clocks(ticket=ticket, now=now)
    elif ticket.status == Status.SOLVED:
        clocks.end_clocks(ticket=ticket, now=now, solved=True)
        ticket.solved_at = ticket.solved_at or now


def _after_local_contact(ticket: Ticket, *, now: datetime) -> None:
    """A colleague of the asker has answered."""
    clocks.answer_given(ticket=ticket, now=now)
    ticket.customer_spoke_last = False
    ticket.status = Status.OPEN


def _after_customer(ticket: Ticket, *, by: Actor, now: datetime) -> None:
    targets = _targets_now(ticket, now=now)
    if ticket.status == Status.SOLVED:
        clocks.restart_clocks(targets, ticket=ticket, now=now)
        record_event(EventKind.REOPENED, ticket=ticket, by=by, now=now)
        ticket.solved_at = None
    clocks.customer_spoke(targets, ticket=ticket, now=now)
    ticket.customer_spoke_last = True
    if ticket.status in {Status.WAITING_CUSTOMER, Status.SOLVED}:
        ticket.status = Status.OPEN
    elif ticket.status == Status.NEEDS_DETAILS:
        # The words may hold what was missing: somebody looks, and what is missing stands there still.
        ticket.status = Status.NEW


def _targets_now(ticket: Ticket, *, now: datetime) -> tuple[Target, ...]:
    """What the ticket's own policy version promises for its facts, counted from now."""
    policy, facts = policy_version(ticket.policy_id), facts_from_json(ticket.facts)
    return decide_meanwhile(policy, facts, now, handed_to=ticket.handed_to).targets


def take_note(
    *,
    scope: Scope,
    number: int,
    text: str,
    html: str = "",
    by: Actor,
    now: datetime,
    seen_version: int | None = None,
) -> Note:
    """Add an internal note: staff only, never shown or sent to a customer, and no promise is met by it.

    The same words sent twice from one page, which showed the ticket as `seen_version`, are the first one's note.
    """
    ticket = lock_ticket(scope=scope, number=number)
    same = Note.unscoped.filter(ticket_id=ticket.pk, text=text)
    if (already := _written_already(EventKind.NOTED, same, ticket, by=by, seen_version=seen_version)) is not None:
        return already
    written = insert_note(ticket, text=text, html=html, by=by, now=now)
    store_change(ticket, now=now)
    _use_up_draft(ticket, by=by, note=written)
    record_event(EventKind.NOTED, ticket=ticket, by=by, now=now, note=written.pk, seen_version=seen_version)
    return written


#: `take_note` as an act of its own.
note = transaction.atomic(durable=True)(take_note)


@transaction.atomic(durable=True)
def save_reply_draft(
    *, scope: Scope, number: int, text: str, html: str = "", is_note: bool = False, by: Actor, now: datetime
) -> ReplyDraft:
    """Keep what somebody is writing, and for whom; colleagues see that it is being written. Locks nothing."""
    ticket = Ticket.objects.within(scope).only("id", "desk_id").filter(number=number).first()
    if ticket is None:
        raise TicketMissingError(number)
    draft, _ = ReplyDraft.unscoped.update_or_create(
        ticket_id=ticket.pk,
        by_kind=by.kind,
        by_id=by.id or 0,
        defaults={"desk_id": ticket.desk_id, "text": text, "html": html, "is_note": is_note, "updated_at": now},
    )
    return draft


@transaction.atomic(durable=True)
def discard_reply_draft(*, scope: Scope, number: int, by: Actor) -> None:
    """Somebody has emptied what they were writing; files that they attached keep the draft."""
    ticket = Ticket.objects.within(scope).only("id").filter(number=number).first()
    if ticket is None:
        raise TicketMissingError(number)
    drafts = ReplyDraft.unscoped.filter(ticket_id=ticket.pk, by_kind=by.kind, by_id=by.id or 0)
    drafts.filter(attachments=None).delete()
