"""What an hour costs: rate cards, their prices over time, and who has which card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db import transaction
from django.db.models import Prefetch

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation
from vaxel.domain.smalljobs.models import AgreedCard, Rate, RateCard
from vaxel.kit.tenancy import Scope

_CENT: Final = Decimal("0.01")
_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour costs, without value added tax."""

    per_hour: Decimal
    currency: str

    def of(self, minutes: int) -> Decimal:
        """What so many minutes cost, to the hundredth."""
        return (self.per_hour * minutes / _HOUR).quantize(_CENT, rounding=ROUND_HALF_UP)


def price_for(*, organisation_id: int, desk_id: int, today: date) -> Price | None:
    """The price that holds for an organisation today: of its own card, or else of the desk's usual one."""
    own = AgreedCard.unscoped.filter(organisation=organisation_id).values_list("card_id", flat=True).first()
    rates = Rate.unscoped.filter(card__desk=desk_id, starts_on__lte=today).order_by("-starts_on")
    rates = rates.filter(card__is_usual=True) if own is None else rates.filter(card=own)
    found = rates.values_list("per_hour", "card__currency").first()
    return None if found is None else Price(*found)


@transaction.atomic
def set_rate(
    desk: Desk, *, card: str, currency: str, per_hour: Decimal, starts_on: date, by: Actor, now: datetime
) -> RateCard:
    """The price of an hour on the card named, from a day on. The desk's first card is its usual one.

    A price of the same day is replaced. Offers that are made keep theirs. Raises CurrencyChangedError: a card has one.
    """
    found, made = RateCard.unscoped.select_for_update().get_or_create(
        desk=desk,
        name=card,
        defaults={
            "currency": currency,
            "is_usual": not RateCard.unscoped.filter(desk=desk, is_usual=True).exists(),
        },
    )
    if found.currency != currency:
        raise CurrencyChangedError(found.currency)
    was = Rate.unscoped.filter(card=found, starts_on__lte=starts_on).order_by("-starts_on").first()
    Rate.unscoped.update_or_create(card=found, starts_on=starts_on, defaults={"desk": desk, "per_hour": per_hour})
    changes = {
        # By the card's name: a history without it would not tell whose price it was.
        found.name: [None if was is None else f"{was.per_hour:.2f} {currency}", f"{per_hour:.2f} {currency}"],
        "starts_on": [None, starts_on.isoformat()],
    }
    record(kind="rate-set", by=by, now=now, desk_id=desk.pk, card=found.pk, new_card=made, changes=changes)
    return found


def cards_of(scope: Scope) -> Sequence[RateCard]:
    """The desk's cards with all their prices, newest first; the usual card leads. Two queries."""
    newest = Prefetch("rates", Rate.unscoped.order_by("-starts_on"))
    return list(RateCard.objects.within(scope).order_by("-is_usual", "name").prefetch_related(newest))


class CurrencyChangedError(ValueError):
    """A rate card keeps its currency: another one is another card. The argument is the card's."""


@transaction.atomic
def agree_on_card(organisation: Organisation, *, card: RateCard | None, by: Actor, now: datetime) -> None:
    """Give the organisation a card of its own, or the usual one again."""
    was = AgreedCard.unscoped.filter(organisation=organisation).values_list("card__name", flat=True).first()
    if card is None:
        AgreedCard.unscoped.filter(organisation=organisation).delete()
    else:
        AgreedCard.unscoped.update_or_create(
            organisation=organisation, defaults={"desk_id": organisation.desk_id, "card": card}
        )
    record(
        kind="rate-card-agreed",
        by=by,
        now=now,
        desk_id=organisation.desk_id,
        organisation_id=organisation.pk,
        card=card.pk if card else None,
        changes={"rate_card": [was, card.name if card else None]},
    )
