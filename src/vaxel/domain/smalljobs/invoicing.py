"""What goes to invoicing: the rows of work that no period has, and the closing of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.smalljobs.models import InvoicePeriod, Offer, WorkEntry
from vaxel.domain.smalljobs.rates import Price
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One row of work, with everything that an invoice says about it."""

    organisation: str
    ticket: str
    subject: str
    what: str
    worked_at: datetime
    staff: str
    minutes: int
    per_hour: Decimal
    amount: Decimal
    currency: str
    paid_by: str
    approved_by: str
    approved_at: datetime | None
    note: str
    is_correction: bool


class PeriodError(ValueError):
    """A period ends after the last one, and not in the future."""


@transaction.atomic(durable=True)
def close_period(desk: Desk, *, until: datetime, by: Actor, now: datetime) -> InvoicePeriod:
    """Hand all finished rows written before `until` to invoicing; they stand from now on.

    Raises PeriodError for an end before the last period's, or one that has not come.
    """
    Desk.objects.select_for_update().only("id").get(pk=desk.pk)
    last = InvoicePeriod.unscoped.filter(desk=desk).order_by("-until").first()
    if until > now or (last is not None and until <= last.until):
        raise PeriodError(until)
    period = InvoicePeriod.objects.create(desk=desk, until=until, closed_at=now, closed_by_name=by.name)
    rows = WorkEntry.unscoped.filter(desk=desk, period=None, written_at__lt=until).exclude(ended_at=None)
    taken = rows.update(period=period)
    record(kind="invoice-period-closed", by=by, now=now, desk_id=desk.pk, period=period.pk, rows=taken)
    return period


def periods(scope: Scope) -> Sequence[InvoicePeriod]:
    """The closed ones, newest first."""
    return list(InvoicePeriod.objects.within(scope).order_by("-until"))


def rows_of_period(scope: Scope, *, period_id: int | None) -> list[InvoiceRow]:
    """The rows of a closed period; with None those that wait for the next one. One query."""
    entries = WorkEntry.objects.within(scope).filter(period=period_id).exclude(ended_at=None)
    return [_row(entry) for entry in _whole(entries)]


def _whole(entries: QuerySet[WorkEntry]) -> QuerySet[WorkEntry]:
    related = entries.select_related("organisation", "offer__ticket", "desk")
    return related.order_by("organisation__name", "offer__ticket__number", "started_at", "pk")


def _row(entry: WorkEntry) -> InvoiceRow:
    offer = entry.offer
    price = Price(offer.per_hour, offer.currency)
    return InvoiceRow(
        organisation=entry.organisation.name,
        ticket=f"{entry.desk.prefix}-{offer.ticket.number}",
        subject=offer.ticket.subject,
        what=offer.what,
        worked_at=entry.started_at,
        staff=entry.staff_name,
        minutes=entry.minutes,
        per_hour=offer.per_hour,
        amount=Decimal(0) if offer.paid_by == Offer.PaidBy.PREPAID else price.of(entry.minutes),
        currency=offer.currency,
        paid_by=offer.paid_by,
        approved_by=offer.answered_by_name,
        approved_at=offer.answered_at,
        note=entry.note,
        is_correction=entry.corrects_id is not None,
    )
