"""Hours that an organisation has bought ahead: an account of minutes that never goes below zero."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Organisation
from vaxel.domain.smalljobs.models import HourEntry, Offer


class NotEnoughHoursError(RuntimeError):
    """The organisation has fewer minutes left than are asked for; `left` tells how many."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} minutes left")
        self.left = left


def balance(*, organisation_id: int) -> int:
    """Minutes that are left, without those set aside for jobs that are agreed."""
    entries = HourEntry.unscoped.filter(organisation=organisation_id)
    total: int | None = entries.aggregate(total=Sum("minutes"))["total"]
    return total or 0


@transaction.atomic
def buy_hours(organisation: Organisation, *, minutes: int, note: str = "", by: Actor, now: datetime) -> HourEntry:
    """The organisation has bought so many minutes. Raises ValueError for none."""
    if minutes < 1:
        raise ValueError(minutes)
    return _move(organisation, HourEntry.Kind.BOUGHT, minutes=minutes, note=note, by=by, now=now)


@transaction.atomic
def correct_hours(organisation: Organisation, *, minutes: int, note: str, by: Actor, now: datetime) -> HourEntry:
    """Put the balance right by a row with its reason. Raises NotEnoughHoursError where it would go below zero."""
    _lock(organisation.pk)
    if (left := balance(organisation_id=organisation.pk)) + minutes < 0:
        raise NotEnoughHoursError(left)
    return _move(organisation, HourEntry.Kind.CORRECTED, minutes=minutes, note=note, by=by, now=now)


def set_aside(offer: Offer, *, by: Actor, now: datetime) -> None:
    """Keep the offer's minutes for its job. Raises NotEnoughHoursError; call it inside the transaction of the yes."""
    _lock(offer.organisation_id)
    if (left := balance(organisation_id=offer.organisation_id)) < offer.minutes:
        raise NotEnoughHoursError(left)
    _move(offer.organisation, HourEntry.Kind.RESERVED, minutes=-offer.minutes, offer=offer, by=by, now=now)


def give_back(offer: Offer, *, used: int, by: Actor, now: datetime) -> None:
    """Return what a finished job has not used."""
    if offer.minutes > used:
        unused = offer.minutes - used
        _move(offer.organisation, HourEntry.Kind.RETURNED, minutes=unused, offer=offer, by=by, now=now)


def _lock(organisation_id: int) -> None:
    """One at a time, so that two jobs cannot take the same hours."""
    Organisation.unscoped.select_for_update().only("id").get(pk=organisation_id)


def _move(
    organisation: Organisation,
    kind: HourEntry.Kind,
    *,
    minutes: int,
    by: Actor,
    now: datetime,
    note: str = "",
    offer: Offer | None = None,
) -> HourEntry:
    return HourEntry.objects.create(
        desk_id=organisation.desk_id,
        organisation=organisation,
        kind=kind,
        minutes=minutes,
        offer=offer,
        note=note,
        by_name=by.name,
        at=now,
    )
