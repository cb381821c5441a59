"""Reads about single tickets and about a customer's own: conversation, promises, attachments."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Attachment, Blob, Clock, Draft, Event, Message, ReplyDraft, Ticket
from vaxel.domain.tickets.read_mark import ReadMark
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, rows_as
from vaxel.kit.tenancy import Scope

CUSTOMER_PAGE: Final = 50
_OPEN: Final = [status.value for status in OPEN_STATUSES]


@dataclass(frozen=True, slots=True)
class Reader:
    """A customer who reads: the own tickets, the organisation's with that right, and as a local contact those that
    colleagues have sent to the local contacts.
    """

    scope: Scope
    person_id: int
    sees_organisation: bool
    is_local_contact: bool = False


def tickets_of(reader: Reader, *, everyone: bool = False) -> QuerySet[Ticket]:
    """What a customer may read: the own tickets, or all that are allowed when asked for."""
    rows = Ticket.objects.within(reader.scope)
    own = Q(requester_id=reader.person_id)
    if not everyone:
        return rows.filter(own)
    if reader.sees_organisation:
        return rows if reader.is_local_contact else rows.filter(own | Q(is_first_line=False))
    return rows.filter(own | Q(is_first_line=True)) if reader.is_local_contact else rows.filter(own)


def open_tickets_of(reader: Reader, *, most: int = CUSTOMER_PAGE) -> list[Ticket]:
    """The unfinished ones of all that the reader may read, newest activity first, as lines of a list; one query."""
    found = _reading_open(sees=reader.sees_organisation, is_local=reader.is_local_contact, most=most).run(
        marks_of(reader)
    )
    return [_with_names(row) for row in found]


def marks_of(reader: Reader) -> dict[int, int]:
    """What stands for `A_READER` in a compiled query, for this reader."""
    return {
        A_READER.scope.desk_id: reader.scope.desk_id,
        _AN_ORGANISATION_ID: reader.scope.organisation_id or 0,
        A_READER.person_id: reader.person_id,
    }


def _with_names(row: Row) -> Ticket:
    requester, assignee, *columns = row
    ticket = Ticket.from_db(DEFAULT_DB_ALIAS, _IN_A_LIST, columns)
    ticket.requester = Person.from_db(DEFAULT_DB_ALIAS, _NAMED, (ticket.requester_id, requester))
    known = ticket.assignee_id is not None
    ticket.assignee = Staff.from_db(DEFAULT_DB_ALIAS, _NAMED, (ticket.assignee_id, assignee)) if known else None
    return ticket


_NAMED: Final = ("id", "name")
#: What a line of a customer's list tells of a ticket, in the order of the model's fields.
_IN_A_LIST: Final = (
    *("id", "desk_id", "number", "organisation_id", "requester_id", "subject", "kind", "status", "destination"),
    *("is_first_line", "assignee_id", "policy_id", "last_message_at", "customer_spoke_last"),
)


@cache
def _reading_open(*, sees: bool, is_local: bool, most: int) -> Compiled:
    reader = replace(A_READER, sees_organisation=sees, is_local_contact=is_local)
    rows = tickets_of(reader, everyone=True).filter(status__in=_OPEN).order_by("-last_message_at", "-id")
    return compiled(
        rows.values_list("requester__name", "assignee__name", *_IN_A_LIST)[:most],
        *marks_of(A_READER),
    )


def customers_ticket(reader: Reader, *, number: int) -> Ticket:
    """One ticket that this customer may read. Raises TicketMissingError for any other, whether it exists or not."""
    reading = _reading_customers(sees=reader.sees_organisation, is_local=reader.is_local_contact)
    found = reading.run({**marks_of(reader), _A_NUMBER: number})
    if not found:
        raise TicketMissingError(number)
    ticket: Ticket
    ticket, ticket.requester, ticket.organisation, assignee = rows_as(_WITH_A_TICKET, found[0])
    ticket.assignee = None if ticket.assignee_id is None else assignee
    return ticket


_WITH_A_TICKET: Final = (Ticket, Person, Organisation, Staff)
#: Stand in compiled queries for the values of a request.
_AN_ORGANISATION_ID: Final = -2
A_READER: Final = Reader(scope=Scope(-1, _AN_ORGANISATION_ID), person_id=-3, sees_organisation=True)
_A_NUMBER: Final = -4


@cache
def _reading_customers(*, sees: bool, is_local: bool) -> Compiled:
    reader = replace(A_READER, sees_organisation=sees, is_local_contact=is_local)
    columns = (
        *columns_of(Ticket),
        *columns_of(Person, "requester__"),
        *columns_of(Organisation, "organisation__"),
        *columns_of(Staff, "assignee__"),
    )
    return compiled(
        tickets_of(reader, everyone=True).filter(number=_A_NUMBER).values_list(*columns),
        *marks_of(A_READER),
        _A_NUMBER,
    )


def staff_ticket(scope: Scope, *, number: int) -> Ticket:
    """One ticket of the desk. Raises TicketMissingError."""
    ticket = (
        Ticket.objects.within(scope)
        .select_related("requester", "requester__account", "assignee", "organisation")
        .filter(number=number)
        .first()
    )
    if ticket is None:
        raise TicketMissingError(number)
    return ticket


def messages_of(ticket: Ticket) -> list[Message]:
    """What customer and vendor have written, oldest first, with the files; two queries."""
    rows = Message.unscoped.filter(ticket_id=ticket.pk).select_related("written_down_by").order_by("at", "id")
    return list(rows.prefetch_related("attachments__blob"))


def events_of(ticket: Ticket) -> list[Event]:
    """What has happened, oldest first."""
    return list(Event.unscoped.filter(ticket_id=ticket.pk).order_by("at", "id"))


def clocks_of(ticket: Ticket) -> list[Clock]:
    """The promises, in the order in which they were made."""
    return list(Clock.unscoped.filter(ticket_id=ticket.pk).order_by("started_at", "id"))


def attachment_for_customer(reader: Reader, *, public_id: str) -> Attachment | None:
    """A file of a message that the customer may read, or of the own draft; never one of a note."""
    readable = (
        Q(message__ticket__in=tickets_of(reader, everyone=True))
        | Q(draft__person_id=reader.person_id)
        | Q(reply_draft__by_kind="person", reply_draft__by_id=reader.person_id)
    )
    rows = Attachment.objects.within(reader.scope).filter(readable, public_id=public_id)
    return rows.select_related("blob").first()


def attachment_for_staff(scope: Scope, *, staff_id: int, public_id: str) -> Attachment | None:
    """A file of a message or a note of the desk, or of the own answer's draft; never of a question not yet sent."""
    readable = (
        Q(message__isnull=False) | Q(note__isnull=False) | Q(reply_draft__by_kind="staff", reply_draft__by_id=staff_id)
    )
    return Attachment.objects.within(scope).filter(readable, public_id=public_id).select_related("blob").first()


def mark_read(*, staff_id: int, ticket: Ticket, now: datetime) -> None:
    """Remember that one of the staff has seen everything on the ticket up to now."""
    ReadMark.objects.bulk_create(
        [ReadMark(staff_id=staff_id, ticket_id=ticket.pk, at=now)],
        update_conflicts=True,
        update_fields=["at"],
        unique_fields=["staff", "ticket"],
    )


def draft_files(draft: Draft) -> list[Attachment]:
    """The files of a question that is being written."""
    found = []
    for row in _files_of_draft().run({_A_DRAFT_ID: draft.pk}):
        attachment, attachment.blob = rows_as([Attachment, Blob], row)
        found.append(attachment)
    return found


_A_DRAFT_ID: Final = -1


@cache
def _files_of_draft() -> Compiled:
    rows = Attachment.unscoped.filter(draft_id=_A_DRAFT_ID).order_by("id")
    return compiled(rows.values_list(*columns_of(Attachment), *columns_of(Blob, "blob__")), _A_DRAFT_ID)


def reply_draft_of(ticket: Ticket, *, by: Actor) -> ReplyDraft | None:
    """What somebody is writing as an answer to the ticket, with its files; three queries at most."""
    drafts = ReplyDraft.unscoped.filter(ticket_id=ticket.pk, by_kind=by.kind, by_id=by.id or 0)
    return drafts.prefetch_related("attachments__blob").first()


def first_words(ticket: Ticket) -> str:
    """The question as it was asked."""
    return (
        Message.unscoped.filter(ticket_id=ticket.pk).order_by("at", "id").values_list("text", flat=True).first() or ""
    )


def last_words(ticket: Ticket, *, by: Actor) -> str:
    """The newest message that somebody has written on the ticket; "" when there is none."""
    own = Message.unscoped.filter(ticket_id=ticket.pk, by_kind=by.kind, by_id=by.id)
    return own.order_by("-at", "-id").values_list("text", flat=True).first() or ""
