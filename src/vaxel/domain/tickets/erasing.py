"""The words of a finished ticket are erased, with everything in them that tells of a person (B10, trust 81).

What stays is what the desk counts and invoices: who asked, when, what kind of question it was, the decision with its
reasons, the promises, and the history of who did what.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.blobs import remove_blobs
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.locking import TicketMissingError, lock_ticket, require_unchanged, store_change
from vaxel.domain.tickets.models import Attachment, Blob, Draft, Event, Message, Note, ReplyDraft, Ticket
from vaxel.domain.tickets.status import DONE, Status
from vaxel.kit.tenancy import Scope

#: Stands where words or a name stood; it says nothing in any language.
GONE: Final = "–"
#: The links along which words were copied from one ticket to another.
_COPIED: Final = (Link.Kind.SPLIT_FROM, Link.Kind.MERGED_INTO)
#: Whose names stay beside what they did: they have an account, which is erased by itself.
_WITH_ACCOUNT: Final = ("staff", "system")


class NotFinishedError(RuntimeError):
    """Nothing is erased while somebody works with it; `numbers` are the tickets that are not finished."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = tuple(numbers)


@dataclass(frozen=True, slots=True)
class Colleague:
    """The one without an account for whom somebody asked, as written there; empty texts were not told."""

    name: str
    phone: str
    email: str

    @property
    def words(self) -> tuple[str, ...]:
        """What tells of them, the longest first."""
        return tuple(sorted(filter(None, (self.name, self.phone, self.email)), key=len, reverse=True))


def numbers_with_the_words(scope: Scope, *, number: int) -> tuple[int, ...]:
    """The ticket and all that its words were copied to or came from, by split and merge.

    A question to a customer's own contacts that it was passed on from is not among them: those words are the
    customer's. Raises TicketMissingError.
    """
    if not Ticket.objects.within(scope).filter(number=number).exists():
        raise TicketMissingError(number)
    found, new = {number}, {number}
    while new:
        touching = Q(ticket__number__in=new) | Q(other__number__in=new)
        links = Link.objects.within(scope).filter(touching, kind__in=_COPIED, ended_at=None)
        pairs = links.values_list("ticket__number", "other__number")
        new = {each for pair in pairs for each in pair} - found
        found |= new
    return tuple(sorted(found))


def hold_finished(*, scope: Scope, number: int, seen_version: int | None = None) -> list[Ticket]:
    """The tickets with these words, held until the caller's transaction ends, in the order of their numbers.

    Raises TicketMissingError, ChangedMeanwhileError for the named one, and NotFinishedError.
    """
    tickets = [lock_ticket(scope=scope, number=each) for each in numbers_with_the_words(scope, number=number)]
    named = next(each for each in tickets if each.number == number)
    require_unchanged(named, seen_version=seen_version)
    if unfinished := [each.number for each in tickets if each.status not in DONE]:
        raise NotFinishedError(unfinished)
    return tickets


def colleagues_of(tickets: Iterable[Ticket]) -> tuple[Colleague, ...]:
    """For whom these were asked."""
    given = (each.on_behalf_of for each in tickets if each.on_behalf_of)
    return tuple(Colleague(each.get("name", ""), each.get("phone", ""), each.get("email", "")) for each in given)


def erase_words(tickets: Sequence[Ticket], *, by: Actor, now: datetime) -> int:
    """Erase what is written in these tickets, which the caller holds; how many files went with it.

    They are closed by it: nobody can go on with a conversation that is not there.
    """
    pks = [each.pk for each in tickets]
    words = {"text": GONE, "html": ""}
    Message.unscoped.filter(ticket__in=pks).update(**words, header_id="", quoted="")
    Note.unscoped.filter(ticket__in=pks).update(**words)
    ContactsNote.unscoped.filter(ticket__in=pks).delete()
    files = _remove_files(pks)
    ReplyDraft.unscoped.filter(ticket__in=pks).delete()
    Draft.unscoped.filter(sent__in=pks).delete()
    for ticket in tickets:
        _forget_names(ticket)
        _empty(ticket, now=now)
        record_event(EventKind.ERASED, ticket=ticket, by=by, now=now)
    return files


def _remove_files(pks: list[int]) -> int:
    of_these = Q(message__ticket__in=pks) | Q(note__ticket__in=pks) | Q(reply_draft__ticket__in=pks)
    files = Attachment.unscoped.filter(of_these | Q(draft__sent__in=pks))
    blobs = set(files.values_list("blob", flat=True))
    count = files.count()
    files.delete()
    remove_blobs(Blob.unscoped.filter(pk__in=blobs))
    return count


def _forget_names(ticket: Ticket) -> None:
    """Names of those who wrote without an account. Whoever has one keeps it beside what they did."""
    for table in (Message, Note, Event):
        written = table.unscoped.filter(ticket=ticket, by_id=None).exclude(by_kind__in=_WITH_ACCOUNT)
        written.update(by_name=GONE)


def _empty(ticket: Ticket, *, now: datetime) -> None:
    ticket.subject, ticket.case_reference = GONE, ""
    ticket.fields, ticket.on_behalf_of = {}, None
    ticket.status, ticket.closed_at = Status.CLOSED, ticket.closed_at or now
    store_change(ticket, "subject", "case_reference", "fields", "on_behalf_of", "status", "closed_at", now=now)
