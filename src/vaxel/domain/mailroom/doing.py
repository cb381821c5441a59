"""Carrying out a verdict: each function writes what the mail becomes, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.mailroom.asking import ask
from vaxel.domain.mailroom.facts import Known
from vaxel.domain.mailroom.judging import Verdict
from vaxel.domain.mailroom.keeping import keep, keep_files, note_files_left, note_participants
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.mailroom.reasons import Reason
from vaxel.domain.mailroom.refusing import tell_refused, tell_stranger
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.participants import name_participants
from vaxel.domain.people.models import Person
from vaxel.domain.people.queries import customers_with_address
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.conversation import take_note, take_reply
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.intake import NotATicketError, one_line
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.kit.mail import Mail
from vaxel.kit.tenancy import Scope

State = ReceivedMail.State


@dataclass(frozen=True, slots=True)
class Became:
    """What a mail has become."""

    state: State
    reason: Reason
    ticket_id: int | None = None
    message_id: int | None = None
    note_id: int | None = None
    #: The sender has been told why nothing came of it.
    is_answered: bool = False


def question(row: ReceivedMail, mail: Mail, known: Known, reason: Reason, *, now: datetime) -> Became:
    """A ticket, or a kind letter that says who helps instead."""
    asker = known.customers[0]
    try:
        message = ask(row, mail, asker, by=asker.actor, found=known.found)
    except NotATicketError as refused:
        references = f"<{row.header_id}>" if row.header_id else ""
        told = tell_refused(asker, refused.decision, desk=row.desk, references=references, now=now)
        return Became(State.QUARANTINE, Reason.REFUSED, is_answered=told)
    return Became(State.TICKET, reason, ticket_id=message.ticket_id, message_id=message.pk)


def customer_reply(row: ReceivedMail, mail: Mail, known: Known, reason: Reason, *, now: datetime) -> Became:
    """A message of the customer's person, or of the colleague it was asked for, who has no account."""
    ticket = _ticket_of(known)
    writer = known.found.writer if known.found is not None else None
    by = _without_account(mail, known) if writer is None else writer.actor
    message = _reply(row, mail, ticket, by=by, now=now)
    note_participants(mail, ticket=ticket, mailbox=row.mailbox, now=now)
    return Became(State.REPLY, reason, ticket_id=ticket.pk, message_id=message.pk)


def agent_reply(row: ReceivedMail, mail: Mail, known: Known, reason: Reason, *, now: datetime) -> Became:
    """A colleague's answer to the customer, as if it were written in the workspace."""
    if known.staff is None:
        raise ValueError("an agent's answer without an agent")
    ticket = _ticket_of(known)
    by = Actor(kind="staff", id=known.staff.pk, name=known.staff.name)
    message = _reply(row, mail, ticket, by=by, now=now)
    return Became(State.REPLY, reason, ticket_id=ticket.pk, message_id=message.pk)


def note(row: ReceivedMail, mail: Mail, known: Known, reason: Reason, *, now: datetime) -> Became:
    """An internal note: no state changes, no promise moves, nobody is told (trust 4, 17)."""
    ticket = _ticket_of(known)
    if ticket.is_first_line:
        # Nobody at the vendor reads there, and the customer's people have had the same automatic answer themselves.
        return Became(State.IGNORED, Reason.AUTOMATIC, ticket_id=ticket.pk)
    with translation.override(row.desk.languages[0]):
        written = take_note(
            scope=Scope(desk_id=row.desk_id),
            number=ticket.number,
            text=f"{_introduction(reason, known)}\n\n{mail.text}".strip(),
            by=SYSTEM,
            now=now,
        )
    left = keep_files(mail, to=written, now=now)
    note_files_left(left, ticket=ticket, desk=row.desk, now=now)
    return Became(State.REPLY, reason, ticket_id=ticket.pk, note_id=written.pk)


def _introduction(reason: Reason, known: Known) -> str:
    if reason == Reason.UNPROVEN_AGENT:
        return _(
            "This mail says that it comes from %(sender)s, and nothing proves it. "
            "It was not sent on to the customer. Ask before you act on it."
        ) % {"sender": known.sender}
    return _("Automatic answer from %(sender)s:") % {"sender": known.sender}


def bounce(mail_of_ours: OutgoingMail | None) -> Became:
    """The state of the mail that came back has been set already."""
    if mail_of_ours is None:
        return Became(State.BOUNCE, Reason.CAME_BACK_UNKNOWN)
    return Became(State.BOUNCE, Reason.CAME_BACK, ticket_id=mail_of_ours.ticket_id)


def quarantine(row: ReceivedMail, mail: Mail, known: Known, verdict: Verdict, *, now: datetime) -> Became:
    """It waits for a human, who sees which ticket it seems to belong to, and sees it at the ticket."""
    ticket = known.found.ticket if known.found is not None and known.found.thread.by == "address" else None
    if ticket is not None:
        record_event(EventKind.MAIL_HELD, ticket=ticket, by=SYSTEM, now=now, mail=row.pk)
        if verdict.reason == Reason.NOT_THEIR_TICKET:
            name_participants({known.sender: one_line(mail.froms[0].name)}, ticket=ticket, now=now)
    is_proven = known.case.authentication == "pass"
    told = verdict.answers and tell_stranger(known.sender, desk=row.desk, is_proven=is_proven, now=now)
    return Became(State.QUARANTINE, verdict.reason, ticket_id=None if ticket is None else ticket.pk, is_answered=told)


def release(row: ReceivedMail, mail: Mail, known: Known, *, now: datetime) -> Became:
    """Where one of the staff has said that it belongs."""
    if row.release_ticket is not None:
        ticket = row.release_ticket
        writer = next((each for each in known.customers if each.organisation_id == ticket.organisation_id), None)
        by = _without_account(mail, known) if writer is None else writer.actor
        message = _reply(row, mail, ticket, by=by, now=now)
        return Became(State.REPLY, Reason.RELEASED, ticket_id=ticket.pk, message_id=message.pk)
    asker = _customer(row.release_person) if row.release_person is not None else None
    if asker is None:
        return Became(State.QUARANTINE, Reason.PERSON_LEFT)
    try:
        message = ask(row, mail, asker, by=asker.actor, found=None, let_in=True)
    except NotATicketError:
        return Became(State.QUARANTINE, Reason.NO_TICKET)
    return Became(State.TICKET, Reason.RELEASED, ticket_id=message.ticket_id, message_id=message.pk)


def _customer(person: Person) -> CustomerViewer | None:
    found = customers_with_address(desk_id=person.desk_id, address=person.email)
    return next((each for each in found if each.person_id == person.pk), None)


def _ticket_of(known: Known) -> Ticket:
    if known.found is None:
        raise ValueError("an answer without a ticket")
    return known.found.ticket


def _without_account(mail: Mail, known: Known) -> Actor:
    """Somebody whom we know by address alone; what they are called stands beside it, as they say."""
    name = mail.froms[0].name if mail.froms else ""
    return Actor(kind="person", id=None, name=f"{name} <{known.sender}>".strip()[:200])


def _reply(row: ReceivedMail, mail: Mail, ticket: Ticket, *, by: Actor, now: datetime) -> Message:
    message = take_reply(
        scope=Scope(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id),
        number=ticket.number,
        text=mail.text.strip() or mail.subject.strip(),
        by=by,
        now=now,
        channel="mail",
    )
    left = keep(mail, to=message, now=now)
    note_files_left(left, ticket=ticket, desk=row.desk, now=now)
    return message
