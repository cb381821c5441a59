"""Somebody is to be erased: asked for by their organisation, decided by the desk, carried out by the worker (trust 81).

What the decision does at once: they are let in no more. Everything else is `insight/transfer/people_erasing`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from vaxel.domain.administration.seating import let_go
from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.models import Person
from vaxel.domain.privacy.keeping import HeldError, holds_on
from vaxel.domain.privacy.models import Erasure
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.kit.queue import defer
from vaxel.kit.tenancy import Scope

State = Erasure.State


class StillWorkingError(RuntimeError):
    """Nobody is erased while the desk works for them; `numbers` are their tickets that are not finished."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = tuple(numbers)


class AlreadyErasedError(RuntimeError):
    """They are erased, or will be in a moment."""


@transaction.atomic(durable=True)
def wish_erasure(person: Person, *, by: Actor, now: datetime) -> Erasure:
    """Their organisation asks the desk to erase somebody who has left; twice is once.

    Raises AlreadyErasedError, and StillWorkingError for somebody who has not left.
    """
    held = _held(person)
    if held.is_active:
        raise StillWorkingError(())
    found = erasure_of(held)
    if found is not None and found.state != State.WISHED:
        raise AlreadyErasedError(str(held.pk))
    if found is not None:
        return found
    erasure = _new(held, state=State.WISHED)
    erasure.wished_at = now
    erasure.save(force_insert=True)
    _note("erasure-wished", erasure, by=by, now=now)
    return erasure


@transaction.atomic(durable=True)
def order_erasure(person: Person, *, with_words: bool, with_files: bool, by: Actor, now: datetime) -> Erasure:
    """The desk erases somebody. They are out at once; the worker does the rest.

    Raises AlreadyErasedError, StillWorkingError while a ticket of theirs is open at the desk, and HeldError while the
    law wants something of their organisation kept.
    """
    held = _held(person)
    erasure = erasure_of(held)
    if erasure is not None and erasure.state != State.WISHED:
        raise AlreadyErasedError(str(held.pk))
    if unfinished := open_tickets_of(held):
        raise StillWorkingError(unfinished)
    if holds_on(Scope(held.desk_id), organisation_id=held.organisation_id):
        raise HeldError
    if held.is_active:
        let_go(held, by=by, now=now)
    erasure = erasure or _new(held, state=State.ORDERED)
    erasure.state, erasure.with_words, erasure.with_files = State.ORDERED, with_words, with_files
    _decide(erasure, by=by, now=now)
    _note("erasure-ordered", erasure, by=by, now=now)
    defer("erase_person", erasure_id=erasure.pk)
    return erasure


@transaction.atomic(durable=True)
def decline_erasure(erasure: Erasure, *, by: Actor, now: datetime) -> None:
    """The desk keeps what it has to keep. Nothing for a wish that was answered meanwhile."""
    held = Erasure.unscoped.select_for_update().get(pk=erasure.pk)
    if held.state == State.WISHED:
        held.state = State.DECLINED
        _decide(held, by=by, now=now)
        _note("erasure-declined", held, by=by, now=now)


def put_back(erasure: Erasure, *, by: Actor, now: datetime) -> None:
    """A legal hold came after the desk's yes: it waits for an answer again; in the caller's transaction."""
    erasure.state, erasure.decided_at, erasure.decided_by_id, erasure.decided_by_name = State.WISHED, None, None, ""
    erasure.save(update_fields=["state", "decided_at", "decided_by_id", "decided_by_name"])
    _note("erasure-put-back", erasure, by=by, now=now)


def finish_erasure(erasure: Erasure, *, counts: Mapping[str, int], by: Actor, now: datetime) -> None:
    """Everything is done; in the caller's transaction."""
    erasure.state, erasure.done_at, erasure.counts = State.DONE, now, dict(counts)
    erasure.save(update_fields=["state", "done_at", "counts"])
    _note("person-erased", erasure, by=by, now=now)


def erasure_of(person: Person) -> Erasure | None:
    """Theirs, wherever it stands; one that was declined is none. One query."""
    return Erasure.unscoped.filter(person=person).exclude(state=State.DECLINED).first()


def open_tickets_of(person: Person) -> tuple[int, ...]:
    """Numbers of what they have asked the desk and what is not finished; one query.

    Questions to their own local contacts are not the desk's to know of, and need nobody to finish them.
    """
    asked = Ticket.unscoped.filter(requester=person, is_first_line=False, status__in=OPEN_STATUSES)
    return tuple(asked.order_by("number").values_list("number", flat=True))


def _held(person: Person) -> Person:
    """The person, as they are now, held until the transaction ends."""
    held = Person.unscoped.select_for_update().get(pk=person.pk)
    if held.erased_at is not None:
        raise AlreadyErasedError(str(held.pk))
    return held


def _new(person: Person, *, state: Erasure.State) -> Erasure:
    return Erasure(desk_id=person.desk_id, organisation_id=person.organisation_id, person=person, state=state)


def _decide(erasure: Erasure, *, by: Actor, now: datetime) -> None:
    erasure.decided_at, erasure.decided_by_id, erasure.decided_by_name = now, by.id, by.name
    if erasure.pk is None:
        erasure.save(force_insert=True)
        return
    changed = ["state", "with_words", "with_files", "decided_at", "decided_by_id", "decided_by_name"]
    erasure.save(update_fields=changed)


def _note(kind: str, erasure: Erasure, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=erasure.desk_id,
        organisation_id=erasure.organisation_id,
        person_id=erasure.person_id,
        erasure_id=erasure.pk,
    )
