"""The rows of work on a job: written, and closed when a clock stops. Who may do so is for the doors to ask."""

from datetime import datetime

from django.db.models import Sum

from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.spent import Spent, minutes_between


def spent_on(offer: Offer) -> Spent:
    """What has been used of it so far."""
    used = WorkEntry.unscoped.filter(offer=offer).aggregate(total=Sum("minutes"))["total"]
    return Spent(agreed=offer.minutes, used=used or 0)


def write_entry(
    offer: Offer,
    *,
    staff_id: int,
    staff_name: str,
    started_at: datetime,
    now: datetime,
    ended_at: datetime | None = None,
    minutes: int = 0,
    note: str = "",
    corrects: WorkEntry | None = None,
) -> WorkEntry:
    """A row of its own; without an end its clock runs."""
    return WorkEntry.objects.create(
        desk_id=offer.desk_id,
        organisation_id=offer.organisation_id,
        offer=offer,
        staff_id=staff_id,
        staff_name=staff_name,
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes,
        note=note,
        corrects=corrects,
        written_at=now,
    )


def stop_clock(entry: WorkEntry, offer: Offer, *, now: datetime) -> Spent:
    """End a running row; what goes beyond the agreed time is noted and not charged. What had been used before it."""
    spent = spent_on(offer)
    worked = minutes_between(entry.started_at, now)
    entry.ended_at = now
    entry.minutes = min(worked, spent.left)
    entry.beyond = worked - entry.minutes
    entry.save(update_fields=["ended_at", "minutes", "beyond", "note"])
    return spent


def stop_clocks(offer: Offer, *, now: datetime) -> list[WorkEntry]:
    """End all that run on a job, the one that ran longest first."""
    running = list(WorkEntry.unscoped.filter(offer=offer, ended_at=None).order_by("started_at", "pk"))
    for entry in running:
        stop_clock(entry, offer, now=now)
    return running
