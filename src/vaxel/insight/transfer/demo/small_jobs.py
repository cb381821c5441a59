"""Work beside the agreement, where a desk's policy knows small jobs: prices, hours bought ahead, offers in every state,
and a period that has gone to invoicing. Through the doors that staff and customers use.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.domain.smalljobs.invoicing import close_period
from vaxel.domain.smalljobs.models import Offer, RateCard
from vaxel.domain.smalljobs.offers import (
    NoSmallJobError,
    Proposal,
    accept_offer,
    approvers,
    decline_offer,
    finish_job,
    make_offer,
    withdraw_offer,
)
from vaxel.domain.smalljobs.prepaid import buy_hours
from vaxel.domain.smalljobs.rates import agree_on_card, set_rate
from vaxel.domain.smalljobs.work import log_time
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

#: Minutes of every offer, and what has been worked on the one that is nearly spent.
_AGREED: Final = 60
_NEARLY: Final = 50
#: Hours before now: the offers, the answers, the work that was invoiced, the closing, and the work that waits.
_OFFERED, _ANSWERED, _WORKED, _CLOSED, _LATELY = (timedelta(hours=hours) for hours in (9, 8, 6, 4, 1))


def agree_on_jobs(stage: Stage, *, now: datetime) -> None:
    """On open tickets that the policy lets be small jobs; nothing where it knows none."""
    if current_policy(stage.desk).file.small_jobs is None:
        return
    _price(stage, now=now)
    staff = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk")[0]
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    offers = _offers(stage, by=by, now=now - _OFFERED)
    for become in (_invoiced, _nearly_spent, _declined, _withdrawn, _waiting):
        offer = next(offers, None)
        if offer is not None:
            become(offer, by, now)


def _price(stage: Stage, *, now: datetime) -> None:
    """The usual card with two prices, and a card and bought hours for the first customer."""
    for year, per_hour in ((now.year - 1, 1250), (now.year, 1300)):
        _rate(stage, "Konsult", per_hour=per_hour, year=year, now=now)
    card = _rate(stage, "Ramavtal", per_hour=1100, year=now.year, now=now)
    first = Organisation.unscoped.get(pk=stage.organisations[0])
    agree_on_card(first, card=card, by=SYSTEM, now=now)
    buy_hours(first, minutes=10 * 60, by=SYSTEM, now=now - timedelta(days=40))


def _rate(stage: Stage, card: str, *, per_hour: int, year: int, now: datetime) -> RateCard:
    price, first = Decimal(per_hour), date(year, 1, 1)
    return set_rate(stage.desk, card=card, currency="SEK", per_hour=price, starts_on=first, by=SYSTEM, now=now)


def _offers(stage: Stage, *, by: Actor, now: datetime) -> Iterator[Offer]:
    """One on each open ticket that may be a small job, where somebody at the customer may say yes."""
    sv = stage.desk.languages[0] == "sv"
    what = "Återställa det som blev överskrivet" if sv else "Restore what was written over"
    scope = Scope(desk_id=stage.desk.pk)
    tickets = Ticket.objects.within(scope).filter(status__in=OPEN_STATUSES, last_message_at__lt=now, updated_at__lt=now)
    for ticket in tickets.order_by("-last_message_at", "-pk"):
        if not approvers(organisation_id=ticket.organisation_id):
            continue
        try:
            yield make_offer(Proposal(what=what, minutes=_AGREED), scope=scope, number=ticket.number, by=by, now=now)
        except NoSmallJobError:
            continue


def _answering(offer: Offer) -> tuple[Scope, Person, Actor]:
    """The customer's rows, and who says yes or no there."""
    person = approvers(organisation_id=offer.organisation_id)[0]
    scope = Scope(desk_id=offer.desk_id, organisation_id=offer.organisation_id)
    return scope, person, Actor(kind="person", id=person.pk, name=person.name)


def _accept(offer: Offer, *, now: datetime) -> None:
    scope, person, by = _answering(offer)
    accept_offer(scope=scope, offer_id=offer.pk, person_id=person.pk, by=by, now=now - _ANSWERED)


def _work(offer: Offer, minutes: int, *, by: Actor, now: datetime) -> None:
    scope, began = Scope(desk_id=offer.desk_id), now - timedelta(minutes=minutes)
    log_time(scope=scope, offer_id=offer.pk, minutes=minutes, worked_at=began, by=by, now=now)


def _invoiced(offer: Offer, by: Actor, now: datetime) -> None:
    """Done, and in a period that is closed."""
    _accept(offer, now=now)
    _work(offer, _NEARLY, by=by, now=now - _WORKED)
    finish_job(scope=Scope(desk_id=offer.desk_id), offer_id=offer.pk, by=by, now=now - _WORKED)
    close_period(offer.desk, until=now - _CLOSED, by=by, now=now - _CLOSED)


def _nearly_spent(offer: Offer, by: Actor, now: datetime) -> None:
    _accept(offer, now=now)
    _work(offer, _NEARLY, by=by, now=now - _LATELY)


def _declined(offer: Offer, _by: Actor, now: datetime) -> None:
    scope, person, by = _answering(offer)
    why = "Vi gör det själva." if offer.desk.languages[0] == "sv" else "We do it ourselves."
    decline_offer(scope=scope, offer_id=offer.pk, person_id=person.pk, why_not=why, by=by, now=now - _ANSWERED)


def _withdrawn(offer: Offer, by: Actor, now: datetime) -> None:
    withdraw_offer(scope=Scope(desk_id=offer.desk_id), offer_id=offer.pk, by=by, now=now - _ANSWERED)


def _waiting(offer: Offer, _by: Actor, _now: datetime) -> None:
    """Stays as it is: the customer decides."""
