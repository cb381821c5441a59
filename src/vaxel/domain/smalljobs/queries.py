"""Reads about small jobs: on a ticket, waiting for a yes, and an organisation's account of bought hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

from django.db.models import Count, QuerySet, Sum

from vaxel.domain.people.models import Organisation, Person
from vaxel.domain.smalljobs.models import AgreedCard, HourEntry, Offer, WorkEntry
from vaxel.domain.smalljobs.spent import Spent
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, row_as
from vaxel.kit.tenancy import Scope
from vaxel.kit.together import Asked, instant


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
    """Everything that was offered on a ticket, newest first; one query, however much there is."""
    of_offer, of_entry = columns_of(Offer), columns_of(WorkEntry, "entries__")
    rows = Offer.objects.within(scope).filter(ticket=ticket_id)
    rows = rows.order_by("-made_at", "-pk", "entries__started_at", "entries__pk")
    offers: dict[int, Offer] = {}
    entries: dict[int, list[WorkEntry]] = {}
    for row in rows.values_list(*of_offer, *of_entry):
        offer, worked = row_as(Offer, row[: len(of_offer)]), row[len(of_offer) :]
        offers[offer.pk] = offer
        # An offer without work has one row, whose columns of work are all empty.
        entries.setdefault(offer.pk, []).extend([row_as(WorkEntry, worked)] if any(worked) else [])
    return [Job(offer, tuple(entries[offer.pk])) for offer in offers.values()]


def offers_waiting(scope: Scope) -> QuerySet[Offer]:
    """What waits for a yes or a no, the one that ends first at the top."""
    waiting = Offer.objects.within(scope).filter(state=Offer.State.MADE)
    return waiting.select_related("ticket__desk").order_by("valid_until", "pk")


def count_to_approve(scope: Scope, *, now: datetime) -> int:
    """How many offers can be answered now; one query."""
    values = {_A_CUSTOMER.desk_id: scope.desk_id, _A_CUSTOMER.organisation_id: scope.organisation_id, _AN_INSTANT: now}
    found = _counting_to_approve().run(values)
    return int(found[0][0]) if found else 0


_A_CUSTOMER: Final = Scope(desk_id=-1, organisation_id=-2)
_AN_INSTANT: Final = datetime(1000, 1, 1, tzinfo=UTC)


@cache
def _counting_to_approve() -> Compiled:
    """For the people of one customer, whose start page asks it; no row when there are none."""
    rows = Offer.objects.within(_A_CUSTOMER).filter(state=Offer.State.MADE, valid_until__gt=_AN_INSTANT)
    count = rows.order_by().values("desk_id").annotate(count=Count("pk")).values_list("count")
    return compiled(count, _A_CUSTOMER.desk_id, _A_CUSTOMER.organisation_id, _AN_INSTANT)


def hour_entries(scope: Scope, *, organisation_id: int) -> Sequence[HourEntry]:
    """The movements of an organisation's bought hours, newest first."""
    rows = HourEntry.objects.within(scope).filter(organisation=organisation_id)
    return list(rows.select_related("offer__ticket").order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """A clock that somebody has running, and the ticket that it runs on."""

    number: int
    started_at: datetime


def clock_of(scope: Scope, *, staff_id: int) -> Asked[ClockSeen | None]:
    """The clock of one of the staff that runs."""
    return Asked(_reading_clock(), {_A_DESK.desk_id: scope.desk_id, _A_STAFF: staff_id}, _clock_in)


def _clock_in(rows: Sequence[Row]) -> ClockSeen | None:
    return next((ClockSeen(number, instant(started_at)) for number, started_at in rows), None)


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_DESK: Final = Scope(desk_id=-1)
_A_STAFF: Final = -2


@cache
def _reading_clock() -> Compiled:
    running = WorkEntry.objects.within(_A_DESK).filter(staff=_A_STAFF, ended_at=None).order_by()
    return compiled(running.values_list("offer__ticket__number", "started_at")[:1], _A_DESK.desk_id, _A_STAFF)


def jobs_with_running_clocks() -> Sequence[int]:
    """The offers on which somebody works now, over all desks: for the worker."""
    return list(WorkEntry.unscoped.filter(ended_at=None).values_list("offer_id", flat=True).distinct())


def answered_offers(scope: Scope, *, most: int) -> Sequence[Offer]:
    """The offers that somebody said yes or no to, newest first."""
    answered = Offer.objects.within(scope).exclude(answered_at=None)
    return list(answered.select_related("ticket__desk").order_by("-answered_at", "-pk")[:most])


def offer_for_person(*, offer_id: int, person_id: int, desk_slug: str) -> tuple[Offer, Person] | None:
    """An offer of this desk and somebody who may answer it today; None for everything else. Two queries."""
    offers = Offer.unscoped.select_related("desk", "organisation", "ticket")
    offer = offers.filter(pk=offer_id, desk__slug=desk_slug, organisation__is_active=True).first()
    if offer is None:
        return None
    people = Person.unscoped.select_related("account").exclude(account__is_active=False)
    person = people.filter(pk=person_id, organisation=offer.organisation_id, may_approve=True, is_active=True).first()
    return None if person is None else (offer, person)


@dataclass(frozen=True, slots=True)
class CustomerTerms:
    """What a customer of the desk has agreed on."""

    organisation_id: int
    organisation: str
    #: The name of its own rate card; empty where the usual one holds.
    card: str
    has_hours: bool
    #: Minutes of bought hours that are left.
    left: int


def customer_terms(scope: Scope) -> list[CustomerTerms]:
    """The active customers that have a card of their own or have ever bought hours, by name; three queries."""
    cards = dict(AgreedCard.objects.within(scope).values_list("organisation_id", "card__name"))
    hours = HourEntry.objects.within(scope).order_by().values("organisation_id").annotate(left=Sum("minutes"))
    left = dict(hours.values_list("organisation_id", "left"))
    customers = Organisation.objects.within(scope).filter(pk__in=cards.keys() | left.keys(), is_active=True)
    return [
        CustomerTerms(pk, name, cards.get(pk, ""), pk in left, left.get(pk, 0))
        for pk, name in customers.order_by("name", "pk").values_list("pk", "name")
    ]
