"""Deputies during leave, and successors from a day on: planned by day, carried out by the worker.

A day is the desk's. What begins today begins at once; the rest is looked for every few minutes (`settle_due`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import IntegrityError, transaction

from vaxel.domain.administration.models import SeatChange, SeatWish
from vaxel.domain.administration.seating import OPEN_CHANGES, give_to_next
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.appointing import seat_limit
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.domain.people.seats import free_seat, give_seat, move_seat, note_missing_contacts, succeed
from vaxel.kit.queue import defer

State = SeatChange.State
#: Days ahead that may be planned.
FURTHEST: Final = 730


class Refusal(StrEnum):
    """Why a change cannot be planned."""

    #: The agreement has ended by the day that the change would begin.
    ENDED = "ended"
    NO_SEAT = "no-seat"
    HAS_SEAT = "has-seat"
    SAME_PERSON = "same-person"
    ANOTHER_ORGANISATION = "another-organisation"
    IN_THE_PAST = "in-the-past"
    TOO_FAR = "too-far"
    ENDS_BEFORE = "ends-before"
    ALREADY_PLANNED = "already-planned"


class ChangeRefusedError(ValueError):
    """The change cannot be planned; nothing was written."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who takes whose seat, and when. `ends_on` None is for good."""

    agreement: Agreement
    holder: Person
    successor: Person
    starts_on: date
    ends_on: date | None = None


def overlap_days(agreement: Agreement) -> int:
    """How many days a leaving contact and the successor may both be contacts, by the agreement's plan."""
    plan = current_policy(agreement.desk).file.plans.get(agreement.plan)
    return 0 if plan is None else plan.overlap_days


@transaction.atomic
def plan_change(change: Change, *, by: Actor, now: datetime) -> SeatChange:
    """Plan that `successor` takes over the seat of `holder`. One that begins today begins now.

    Raises ChangeRefusedError.
    """
    agreement = change.agreement
    today = agreement.desk.day_of(now)
    # What the agreement says now: somebody may have ended it since the page was shown.
    agreement.ends_on = Agreement.unscoped.select_for_update().get(pk=agreement.pk).ends_on
    _require_sense(change, today=today)
    overlap = overlap_days(agreement) if change.ends_on is None else 0
    try:
        with transaction.atomic():
            planned = SeatChange.objects.create(
                desk_id=agreement.desk_id,
                organisation_id=agreement.organisation_id,
                agreement=agreement,
                holder=change.holder,
                successor=change.successor,
                starts_on=change.starts_on,
                ends_on=change.ends_on,
                overlap_ends_on=change.starts_on + timedelta(days=overlap - 1) if overlap else None,
                due_on=change.starts_on,
                made_at=now,
                made_by=by.name,
            )
    except IntegrityError as error:  # the database's word on two changes that meet
        raise ChangeRefusedError(Refusal.ALREADY_PLANNED) from error
    _note("seat-change-planned", planned, by=by, now=now)
    if planned.starts_on <= today:
        settle(change_id=planned.pk, now=now)
        planned.refresh_from_db()
    return planned


def _require_sense(change: Change, *, today: date) -> None:
    holders = set(Seat.unscoped.filter(agreement=change.agreement).values_list("person_id", flat=True))
    outside = {change.holder.organisation_id, change.successor.organisation_id} - {change.agreement.organisation_id}
    ends_on = change.agreement.ends_on
    faults = {
        Refusal.ENDED: ends_on is not None and ends_on < max(today, change.starts_on),
        Refusal.ANOTHER_ORGANISATION: bool(outside),
        Refusal.SAME_PERSON: change.holder.pk == change.successor.pk,
        Refusal.NO_SEAT: change.holder.pk not in holders,
        Refusal.HAS_SEAT: change.successor.pk in holders,
        Refusal.IN_THE_PAST: change.starts_on < today,
        Refusal.TOO_FAR: change.starts_on > today + timedelta(days=FURTHEST),
        Refusal.ENDS_BEFORE: change.ends_on is not None and change.ends_on < change.starts_on,
    }
    for why, is_so in faults.items():
        if is_so:
            raise ChangeRefusedError(why)


@transaction.atomic
def call_off(change: SeatChange, *, by: Actor, now: datetime) -> None:
    """Not after all. A deputy gives the seat back at once; a successor who shares the seat leaves it to its holder.

    Nothing for a change that is done.
    """
    change = SeatChange.unscoped.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state == State.RUNNING:
        if change.ends_on is not None:
            _give_back(change, by=by, now=now)
        else:
            _end_sharing(change, keeps=change.holder, by=by, now=now)
    if change.state in {State.PLANNED, State.RUNNING}:
        _close(change, State.CANCELLED, by=by, now=now)


def settle_due(*, now: datetime) -> int:
    """Carry out what is due, each change by itself, and let the lines move; how many changes. Twice is once."""
    # A day begins somewhere up to a day before it does here, so more are looked at than are due.
    found = SeatChange.unscoped.filter(OPEN_CHANGES, due_on__lte=now.date() + timedelta(days=1))
    settled = sum(
        settle(change_id=change_id, now=now) for change_id in found.order_by("due_on").values_list("pk", flat=True)
    )
    for agreement in Agreement.unscoped.filter(pk__in=SeatWish.unscoped.values("agreement")):
        give_to_next(agreement, now=now)
    return settled


@transaction.atomic
def settle(*, change_id: int, now: datetime) -> bool:
    """Begin or end one change, whatever its days say now; whether there was anything to do."""
    change = SeatChange.unscoped.select_for_update(of=("self",)).select_related("agreement__desk").get(pk=change_id)
    today = change.agreement.desk.day_of(now)
    if change.state not in {State.PLANNED, State.RUNNING} or change.due_on > today:
        return False
    if change.state == State.PLANNED:
        _begin(change, now=now)
    if change.state == State.RUNNING and change.due_on <= today:
        _end(change, now=now)
    return True


def _begin(change: SeatChange, *, now: datetime) -> None:
    seat = _seat_of(change, change.holder)
    taken = _seat_of(change, change.successor) is not None
    if seat is None or taken or not change.successor.is_active:
        _close(change, State.CANCELLED, by=SYSTEM, now=now)
        return
    SeatWish.unscoped.filter(agreement=change.agreement, person=change.successor).delete()
    if change.overlap_ends_on is not None:
        _share(change, seat, now=now)
        _run_until(change, change.overlap_ends_on)
    else:
        move_seat(seat, to=change.successor, by=SYSTEM, now=now)
        if change.ends_on is not None:
            _run_until(change, change.ends_on)
        else:
            _close(change, State.DONE, by=SYSTEM, now=now)
        _tell_holder(change)
    _tell_given(change, change.successor, key=f"change:{change.pk}")


def _tell_given(change: SeatChange, person: Person, *, key: str) -> None:
    defer(
        "tell_organisation",
        kind="seat-given",
        key=key,
        organisation_id=change.organisation_id,
        person_id=person.pk,
    )


def _tell_holder(change: SeatChange) -> None:
    """Whoever has let the seat go, for some days or for good, asks their colleagues first from now on."""
    defer(
        "tell_organisation",
        kind="seat-passed",
        key=f"passed:{change.pk}",
        organisation_id=change.organisation_id,
        person_id=change.holder_id,
        subject_id=change.pk,
    )


def _share(change: SeatChange, seat: Seat, *, now: datetime) -> None:
    """Both are contacts: the successor has a place beyond the limit, which the plan's overlap allows."""
    limit = seat_limit(change.agreement)
    highest = Seat.unscoped.filter(agreement=change.agreement).count()
    more = None if limit is None else max(limit, highest) + 1
    give_seat(change.successor, agreement=change.agreement, limit=more, by=SYSTEM, now=now)


def _end(change: SeatChange, *, now: datetime) -> None:
    if change.ends_on is not None:
        _give_back(change, by=SYSTEM, now=now)
    else:
        _end_sharing(change, keeps=change.successor, by=SYSTEM, now=now)
    _close(change, State.DONE, by=SYSTEM, now=now)


def _give_back(change: SeatChange, *, by: Actor, now: datetime) -> None:
    """The deputy's seat to its holder, or, when the holder has left or has got another, to the next in line."""
    seat = _seat_of(change, change.successor)
    if seat is None:
        return
    if change.holder.is_active and _seat_of(change, change.holder) is None:
        move_seat(seat, to=change.holder, by=by, now=now)
        # Whoever got into the line meanwhile waits for nothing any more.
        SeatWish.unscoped.filter(agreement=change.agreement, person=change.holder).delete()
        _tell_given(change, change.holder, key=f"back:{change.pk}")
        return
    free_seat(seat, by=by, now=now)
    give_to_next(change.agreement, now=now)


def _end_sharing(change: SeatChange, *, keeps: Person, by: Actor, now: datetime) -> None:
    leaving = change.holder if keeps.pk == change.successor_id else change.successor
    seat, kept = _seat_of(change, leaving), _seat_of(change, keeps)
    if seat is None:
        return
    if kept is None:
        free_seat(seat, by=by, now=now)
    else:
        succeed(seat, successor=kept, by=by, now=now)
        note_missing_contacts(desk_id=change.desk_id, organisation_id=change.organisation_id, by=by, now=now)
        if leaving.pk == change.holder_id:
            _tell_holder(change)
    give_to_next(change.agreement, now=now)


def _run_until(change: SeatChange, last: date) -> None:
    change.state, change.due_on = State.RUNNING, last + timedelta(days=1)
    change.save(update_fields=["state", "due_on"])


def _close(change: SeatChange, state: SeatChange.State, *, by: Actor, now: datetime) -> None:
    change.state = state
    change.save(update_fields=["state"])
    _note(f"seat-change-{state}", change, by=by, now=now)


def _seat_of(change: SeatChange, person: Person) -> Seat | None:
    return Seat.unscoped.filter(agreement=change.agreement_id, person=person).first()


def _note(kind: str, change: SeatChange, *, by: Actor, now: datetime) -> None:
    record(
        kind=kind,
        by=by,
        now=now,
        desk_id=change.desk_id,
        organisation_id=change.organisation_id,
        change_id=change.pk,
        holder_id=change.holder_id,
        successor_id=change.successor_id,
    )
