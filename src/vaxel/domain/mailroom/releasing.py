"""What staff do with mails that wait: let them in, put them aside, try again, block a sender."""

from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.mailroom.models import BlockedSender, ReceivedMail
from vaxel.domain.mailroom.reasons import Reason
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = ReceivedMail.State

#: States that a human can still change: nothing has become of the mail.
OPEN_TO_RELEASE = frozenset({State.QUARANTINE, State.FAILED, State.IGNORED})


class NotReleasableError(RuntimeError):
    """Something has become of the mail already, it was never fetched, or the ticket takes no more answers."""


class NoSuchPlaceError(LookupError):
    """There is no such ticket or person at the desk."""


@transaction.atomic(durable=True)
def release_to_ticket(*, scope: Scope, public_id: str, number: int, by: Actor, now: datetime) -> ReceivedMail:
    """The mail is an answer in this ticket; the worker writes it there, in its sender's name.

    Raises ReceivedMail.DoesNotExist, NoSuchPlaceError and NotReleasableError.
    """
    mail = _lock(scope, public_id)
    ticket = Ticket.objects.within(scope).filter(number=number).first()
    if ticket is None:
        raise NoSuchPlaceError(number)
    if ticket.status == Status.CLOSED:
        raise NotReleasableError(ticket.status)
    mail.release_ticket = ticket
    return _take_in_again(mail, by=by, now=now)


@transaction.atomic(durable=True)
def release_to_person(*, scope: Scope, public_id: str, person_id: int, by: Actor, now: datetime) -> ReceivedMail:
    """The mail is a question of this person; the worker opens a ticket in their name, by the policy.

    Raises ReceivedMail.DoesNotExist, NoSuchPlaceError and NotReleasableError.
    """
    mail = _lock(scope, public_id)
    person = Person.objects.within(scope).filter(pk=person_id, is_active=True, organisation__is_active=True).first()
    if person is None:
        raise NoSuchPlaceError(person_id)
    mail.release_person = person
    return _take_in_again(mail, by=by, now=now)


@transaction.atomic(durable=True)
def retry(*, scope: Scope, public_id: str, by: Actor, now: datetime) -> ReceivedMail:
    """Judge it anew: what broke is mended, or the sender is known by now.

    Raises ReceivedMail.DoesNotExist and NotReleasableError.
    """
    return _take_in_again(_lock(scope, public_id), by=by, now=now)


@transaction.atomic(durable=True)
def put_aside(*, scope: Scope, public_id: str, by: Actor, now: datetime) -> ReceivedMail:
    """Nothing shall become of it. It stays, and can be let in later.

    Raises ReceivedMail.DoesNotExist and NotReleasableError.
    """
    mail = _lock(scope, public_id)
    mail.state, mail.reason, mail.settled_at, mail.settled_by = State.IGNORED, Reason.PUT_ASIDE, now, by.name
    mail.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    record(kind="mail-put-aside", by=by, now=now, desk_id=mail.desk_id, mail=mail.pk)
    return mail


@transaction.atomic(durable=True)
def block_sender(*, scope: Scope, public_id: str, whole_domain: bool = False, by: Actor, now: datetime) -> str:
    """No more mails from the sender of this one: what comes is put aside, and what waits as well.

    Gives the address, or the domain as "@example.org". Raises ReceivedMail.DoesNotExist, and NotReleasableError for
    a mail without a sender.
    """
    mail = _lock(scope, public_id, is_open=False)
    if not mail.sender:
        raise NotReleasableError(mail.state)
    address = "@" + mail.sender.rpartition("@")[2] if whole_domain else mail.sender
    row, made = BlockedSender.unscoped.get_or_create(
        desk_id=mail.desk_id, address=address, defaults={"since": now, "by_name": by.name}
    )
    waiting = ReceivedMail.objects.within(scope).filter(state=State.QUARANTINE)
    of_them = waiting.filter(sender__endswith=address) if whole_domain else waiting.filter(sender=address)
    of_them.update(state=State.IGNORED, reason=Reason.BLOCKED, settled_at=now, settled_by=by.name)
    if made:
        record(kind="sender-blocked", by=by, now=now, desk_id=mail.desk_id, blocked=row.pk)
    return address


@transaction.atomic(durable=True)
def unblock_sender(*, scope: Scope, address: str, by: Actor, now: datetime) -> None:
    """Mails from there are judged like all others again."""
    removed, _rows = BlockedSender.objects.within(scope).filter(address=address).delete()
    if removed:
        record(kind="sender-unblocked", by=by, now=now, desk_id=scope.desk_id)


def _lock(scope: Scope, public_id: str, *, is_open: bool = True) -> ReceivedMail:
    rows = ReceivedMail.objects.within(scope).select_for_update(of=("self",))
    mail = rows.get(public_id=public_id)
    if is_open and mail.state not in OPEN_TO_RELEASE:
        raise NotReleasableError(mail.state)
    return mail


def _take_in_again(mail: ReceivedMail, *, by: Actor, now: datetime) -> ReceivedMail:
    if mail.raw_id is None:
        raise NotReleasableError(mail.reason)
    mail.state, mail.attempts, mail.try_at, mail.settled_by = State.WAITING, 0, now, by.name
    mail.save(update_fields=["state", "attempts", "try_at", "settled_by", "release_ticket", "release_person"])
    record(kind="mail-released", by=by, now=now, desk_id=mail.desk_id, mail=mail.pk)
    defer("take_in_mails", queue="mail_in")
    return mail
