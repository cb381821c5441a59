"""Time on agreed jobs: a clock, minutes written afterwards, and corrections. None of it before the yes."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.db.models import Sum

from vaxel.domain.audit.actor import Actor
from vaxel.domain.smalljobs import prepaid
from vaxel.domain.smalljobs.entries import spent_on, stop_clock, write_entry
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.offers import JobNotAgreedError, lock_offer, staff_of
from vaxel.domain.smalljobs.spent import Spent, minutes_between
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.kit.tenancy import Scope


class SpentError(RuntimeError):
    """The agreed time does not last: a new offer has to be agreed first. `left` minutes may still be charged."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} minutes left")
        self.left = left


class ClockElsewhereError(RuntimeError):
    """This person's clock runs on another job; `entry` is where."""

    def __init__(self, entry: WorkEntry) -> None:
        super().__init__(entry.offer_id)
        self.entry = entry


class EntryMissingError(LookupError):
    """No such row for whoever asks, or one that is itself a correction. Views answer 404."""


@transaction.atomic(durable=True)
def start_work(*, scope: Scope, offer_id: int, by: Actor, now: datetime) -> WorkEntry:
    """Let the clock run. One that runs on the same job already is returned.

    Raises OfferMissingError, JobNotAgreedError before the yes, SpentError when nothing is left, ClockElsewhereError.
    """
    offer = _agreed(scope=scope, offer_id=offer_id)
    running = running_clock(staff_id=by.id)
    if running is not None:
        if running.offer_id == offer.pk:
            return running
        raise ClockElsewhereError(running)
    if not (left := spent_on(offer).left):
        raise SpentError(left)
    return write_entry(offer, **_who(by), started_at=now, now=now)


def running_clock(*, staff_id: int | None) -> WorkEntry | None:
    """The clock that somebody has running; nobody has two."""
    return WorkEntry.unscoped.filter(staff=staff_id, ended_at=None).select_related("offer__ticket__desk").first()


@transaction.atomic(durable=True)
def stop_work(*, scope: Scope, offer_id: int, note: str = "", by: Actor, now: datetime) -> WorkEntry:
    """Stop this person's clock on the job; what was worked beyond the agreed time is noted and not charged.

    Raises OfferMissingError, and EntryMissingError when no clock runs.
    """
    offer = lock_offer(scope=scope, offer_id=offer_id)
    entry = WorkEntry.unscoped.filter(offer=offer, staff=by.id, ended_at=None).first()
    if entry is None:
        raise EntryMissingError(offer_id)
    entry.note = note
    _stop(entry, offer, by=by, now=now)
    return entry


@transaction.atomic(durable=True)
def stop_if_spent(*, offer_id: int, by: Actor, now: datetime) -> list[WorkEntry]:
    """Stop the clocks of a job whose agreed time has run out, for people who forgot; the worker asks each minute."""
    desk_id = Offer.unscoped.values_list("desk_id", flat=True).get(pk=offer_id)
    offer = lock_offer(scope=Scope(desk_id=desk_id), offer_id=offer_id)
    running = list(WorkEntry.unscoped.filter(offer=offer, ended_at=None).order_by("started_at", "pk"))
    minutes = sum(minutes_between(entry.started_at, now) for entry in running)
    if not running or minutes < spent_on(offer).left:
        return []
    for entry in running:
        _stop(entry, offer, by=by, now=now)
    return running


@transaction.atomic(durable=True)
def log_time(
    *, scope: Scope, offer_id: int, minutes: int, worked_at: datetime, note: str = "", by: Actor, now: datetime
) -> WorkEntry:
    """Write down work that was done without the clock, after the yes.

    Raises OfferMissingError, JobNotAgreedError (also for work before the yes), SpentError, ValueError for no time.
    """
    if minutes < 1:
        raise ValueError(minutes)
    offer = _agreed(scope=scope, offer_id=offer_id)
    if offer.answered_at is None or worked_at < offer.answered_at or worked_at > now:
        raise JobNotAgreedError(offer)
    spent = spent_on(offer)
    if minutes > spent.left:
        raise SpentError(spent.left)
    end = worked_at + timedelta(minutes=minutes)
    entry = write_entry(offer, **_who(by), started_at=worked_at, ended_at=end, minutes=minutes, note=note, now=now)
    _warn(offer, minutes=minutes, used_before=spent.used, by=by, now=now)
    return entry


@transaction.atomic(durable=True)
def correct_time(*, scope: Scope, entry_id: int, minutes: int, note: str, by: Actor, now: datetime) -> WorkEntry:
    """Say that a row should have been `minutes`: a new row with the difference, and why.

    Raises EntryMissingError, SpentError where more time was agreed by nobody, NotEnoughHoursError for a finished job
    whose bought hours have gone elsewhere, ValueError below zero or without a note.
    """
    if minutes < 0 or not note.strip():
        raise ValueError(minutes)
    wrong = WorkEntry.objects.within(scope).filter(pk=entry_id, corrects=None).exclude(ended_at=None).first()
    if wrong is None:
        raise EntryMissingError(entry_id)
    offer = lock_offer(scope=scope, offer_id=wrong.offer_id)
    earlier = WorkEntry.unscoped.filter(corrects=wrong).aggregate(total=Sum("minutes"))["total"] or 0
    difference = minutes - wrong.minutes - earlier
    if difference > (left := spent_on(offer).left):
        raise SpentError(left)
    if offer.state == Offer.State.DONE and offer.paid_by == Offer.PaidBy.PREPAID:
        # What the job had not used went back when it was done: the account follows what is known now.
        prepaid.correct_hours(offer.organisation, minutes=-difference, note=note, by=by, now=now)
    return write_entry(
        offer,
        **_who(by),
        started_at=wrong.started_at,
        ended_at=wrong.ended_at,
        minutes=difference,
        note=note,
        corrects=wrong,
        now=now,
    )


class _Who(TypedDict):
    """Whose work a row is."""

    staff_id: int
    staff_name: str


def _who(by: Actor) -> _Who:
    return {"staff_id": staff_of(by), "staff_name": by.name}


def _agreed(*, scope: Scope, offer_id: int) -> Offer:
    offer = lock_offer(scope=scope, offer_id=offer_id)
    if offer.state != Offer.State.ACCEPTED:
        raise JobNotAgreedError(offer)
    return offer


def _stop(entry: WorkEntry, offer: Offer, *, by: Actor, now: datetime) -> None:
    before = stop_clock(entry, offer, now=now)
    _warn(offer, minutes=entry.minutes, used_before=before.used, by=by, now=now)


def _warn(offer: Offer, *, minutes: int, used_before: int, by: Actor, now: datetime) -> None:
    """Once, when the job passes its warning."""
    before = Spent(agreed=offer.minutes, used=used_before)
    if before.crosses_warning(minutes):
        left = before.left - minutes
        record_event(EventKind.JOB_NEARLY_SPENT, ticket=offer.ticket, by=by, now=now, offer=offer.pk, left=left)
