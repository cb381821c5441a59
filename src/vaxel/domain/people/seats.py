"""Support contacts' seats (A1): giving one, and giving it back.

How many seats there are is the caller's to know (the agreement, or else its plan in the policy). That the
number is kept when two administrators invite at the same moment is decided here: they wait for each other at
the agreement's row, and should anything ever go round this door, the database's own constraint still refuses.
"""

from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.domain.people.queries import local_contacts
from vaxel.kit.queue import defer


class SeatsFullError(RuntimeError):
    """Every seat of the agreement is taken."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"all {limit} seats are taken")
        self.limit = limit


@transaction.atomic
def give_seat(person: Person, *, agreement: Agreement, limit: int | None, by: Actor, now: datetime) -> Seat:
    """Make `person` a support contact: the lowest free seat of `agreement`, of which there are `limit`.

    `limit` None means unlimited. Somebody who has a seat keeps it. Raises SeatsFullError when there is none,
    and ValueError for somebody of another organisation.
    """
    if person.organisation_id != agreement.organisation_id:
        raise ValueError("the agreement belongs to another organisation")
    Agreement.unscoped.select_for_update().get(pk=agreement.pk)
    taken = dict(Seat.unscoped.filter(agreement=agreement).values_list("person_id", "number"))
    if person.pk in taken:
        return Seat.unscoped.get(agreement=agreement, person=person)
    number = _lowest_free(set(taken.values()))
    if limit is not None and number > limit:
        raise SeatsFullError(limit)
    seat = Seat.objects.create(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        agreement=agreement,
        person=person,
        number=number,
        limit=limit or 0,
        since=now,
    )
    _note("seat-given", seat, by=by, now=now)
    return seat


@transaction.atomic
def free_seat(seat: Seat, *, by: Actor, now: datetime) -> None:
    """Take the seat back: its person is a user from the next request on. Doing it twice is doing it once.

    The log tells when it was the last one whom colleagues could ask.
    """
    removed, _ = Seat.unscoped.filter(pk=seat.pk).delete()
    if removed:
        _note("seat-freed", seat, by=by, now=now)
        note_missing_contacts(desk_id=seat.desk_id, organisation_id=seat.organisation_id, by=by, now=now)


@transaction.atomic
def move_seat(seat: Seat, *, to: Person, by: Actor, now: datetime) -> None:
    """Let somebody else have the seat. Raises IntegrityError for somebody who has one of the agreement already."""
    seat.person, seat.since = to, now
    seat.save(update_fields=["person", "since"])
    _note("seat-moved", seat, by=by, now=now)


@transaction.atomic
def succeed(leaver: Seat, *, successor: Seat, by: Actor, now: datetime) -> None:
    """Let the successor, who has shared it with a place of their own, have the leaver's seat alone."""
    number, limit = leaver.number, leaver.limit
    Seat.unscoped.filter(pk=leaver.pk).delete()
    _note("seat-freed", leaver, by=by, now=now)
    if not successor.limit or successor.number <= limit:
        return
    successor.number, successor.limit = number, limit
    successor.save(update_fields=["number", "limit"])


def note_missing_contacts(*, desk_id: int, organisation_id: int, by: Actor, now: datetime) -> None:
    """Keep in the log that an organisation has nobody left whom colleagues can ask first (A12), and have those told
    who can do something about it.
    """
    if not local_contacts(desk_id=desk_id, organisation_id=organisation_id):
        record(kind="last-contact-left", by=by, now=now, desk_id=desk_id, organisation_id=organisation_id)
        key = f"no-contacts:{organisation_id}:{now.isoformat()}"
        defer("tell_organisation", kind="no-contacts", key=key, organisation_id=organisation_id)


def _lowest_free(taken: set[int]) -> int:
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _note(kind: str, seat: Seat, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=seat.desk_id,
        organisation_id=seat.organisation_id,
        person_id=seat.person_id,
        agreement_id=seat.agreement_id,
        number=seat.number,
    )
