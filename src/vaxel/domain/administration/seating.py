"""Seats as an organisation's administrators handle them: given, waited for in line, and taken back (A1)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vaxel.domain.administration.models import SeatChange, SeatWish
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.record import record
from vaxel.domain.people.appointing import PersonProfile, appoint_contact, describe_person
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.domain.people.seats import SeatsFullError, free_seat
from vaxel.kit.queue import defer

#: Changes that are still to come or under way.
OPEN_CHANGES = Q(state__in=[SeatChange.State.PLANNED, SeatChange.State.RUNNING])


@transaction.atomic
def ask_for_seat(person: Person, *, agreement: Agreement, by: Actor, now: datetime) -> Seat | SeatWish:
    """Make `person` a support contact, or put them in line when every seat is taken. Twice is once."""
    waiting = SeatWish.unscoped.filter(agreement=agreement)
    ahead = waiting.exclude(person=person).exists()
    if not ahead:
        try:
            seat = appoint_contact(person, agreement=agreement, by=by, now=now)
        except SeatsFullError:
            pass
        else:
            waiting.filter(person=person).delete()
            return seat
    wish, made = SeatWish.unscoped.get_or_create(
        agreement=agreement,
        person=person,
        defaults={"desk_id": person.desk_id, "organisation_id": person.organisation_id, "since": now},
    )
    if made:
        _note("seat-wished", person, agreement=agreement, by=by, now=now)
    if ahead:
        # A place may have come free since the others began to wait: then the line moves.
        give_to_next(agreement, now=now)
    return Seat.unscoped.filter(agreement=agreement, person=person).first() or wish


@transaction.atomic
def withdraw_wish(person: Person, *, agreement: Agreement, by: Actor, now: datetime) -> None:
    """Out of the line; nothing for somebody who is not in it."""
    removed, _ = SeatWish.unscoped.filter(agreement=agreement, person=person).delete()
    if removed:
        _note("seat-wish-withdrawn", person, agreement=agreement, by=by, now=now)


@transaction.atomic
def take_back(person: Person, *, agreement: Agreement, by: Actor, now: datetime) -> None:
    """Somebody is no support contact of the agreement any more; whoever has waited longest gets the seat.

    What was planned for the seat is called off. Nothing for somebody without a seat.
    """
    seat = Seat.unscoped.filter(agreement=agreement, person=person).first()
    if seat is None:
        return
    SeatChange.unscoped.filter(OPEN_CHANGES, Q(holder=person) | Q(successor=person), agreement=agreement).update(
        state=SeatChange.State.CANCELLED
    )
    free_seat(seat, by=by, now=now)
    give_to_next(agreement, now=now)


@transaction.atomic
def give_to_next(agreement: Agreement, *, now: datetime) -> list[Seat]:
    """Give the free seats to those who wait, longest first, and have them told; the seats that were given."""
    given = []
    wishes = SeatWish.unscoped.select_for_update(of=("self",)).filter(agreement=agreement).select_related("person")
    for wish in wishes.order_by("since", "pk"):
        if not wish.person.is_active:
            wish.delete()
            continue
        try:
            seat = appoint_contact(wish.person, agreement=agreement, by=SYSTEM, now=now)
        except SeatsFullError:
            break
        wish.delete()
        given.append(seat)
        key = f"seat:{seat.pk}"
        defer(
            "tell_organisation",
            kind="seat-given",
            key=key,
            organisation_id=agreement.organisation_id,
            person_id=wish.person_id,
        )
    return given


@transaction.atomic
def let_go(person: Person, *, by: Actor, now: datetime) -> None:
    """Somebody has left the organisation: they are out at their next request, and their seats go to the next in line.

    Their tickets stay. Coming back is `describe_person` with `is_active`.
    """
    SeatWish.unscoped.filter(person=person).delete()
    # Nobody waits for a deputy or a successor who does not come.
    SeatChange.unscoped.filter(state=SeatChange.State.PLANNED, successor=person).update(
        state=SeatChange.State.CANCELLED
    )
    # No contact any more before the seats are looked at, so that whoever is told hears of it once.
    describe_person(person, profile=PersonProfile(is_active=False), by=by, now=now)
    for seat in Seat.unscoped.filter(person=person).select_related("agreement"):
        take_back(person, agreement=seat.agreement, by=by, now=now)


def _note(kind: str, person: Person, *, agreement: Agreement, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        agreement_id=agreement.pk,
    )
