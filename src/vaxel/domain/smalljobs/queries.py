"""Reads about small jobs: on a ticket, waiting for a yes, and an organisation's account of bought hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from vaxel.domain.smalljobs.models import HourEntry, Offer, WorkEntry
from vaxel.domain.smalljobs.spent import Spent
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class Job:
    """An offer with the time that was worked on it, oldest row first."""

    offer: Offer
    entries: tuple[WorkEntry, ...]

    @property
    def spent(self) -> Spent:
        return Spent(agreed=self.offer.minutes, used=sum(entry.minutes for entry in self.entries))

    @property
    def running(self) -> tuple[WorkEntry, ...]:
        """The clocks that run on it."""
        return tuple(entry for entry in self.entries if entry.ended_at is None)


def jobs_on(scope: Scope, *, ticket_id: int) -> list[Job]:
    """Everything that was offered on a ticket, newest first; two queries, however much there is."""
    offers = list(Offer.objects.within(scope).filter(ticket=ticket_id).order_by("-made_at", "-pk"))
    entries: dict[int, list[WorkEntry]] = {offer.pk: [] for offer in offers}
    if offers:
        for entry in WorkEntry.objects.within(scope).filter(offer__in=entries).order_by("started_at", "pk"):
            entries[entry.offer_id].append(entry)
    return [Job(offer, tuple(entries[offer.pk])) for offer in offers]


def offers_waiting(scope: Scope) -> QuerySet[Offer]:
    """What waits for a yes or a no, the one that ends first at the top."""
    waiting = Offer.objects.within(scope).filter(state=Offer.State.MADE)
    return waiting.select_related("ticket__desk").order_by("valid_until", "pk")


def hour_entries(scope: Scope, *, organisation_id: int) -> Sequence[HourEntry]:
    """The movements of an organisation's bought hours, newest first."""
    rows = HourEntry.objects.within(scope).filter(organisation=organisation_id)
    return list(rows.select_related("offer__ticket").order_by("-at", "-pk"))


def jobs_with_running_clocks() -> Sequence[int]:
    """The offers on which somebody works now, over all desks: for the worker."""
    return list(WorkEntry.unscoped.filter(ended_at=None).values_list("offer_id", flat=True).distinct())
