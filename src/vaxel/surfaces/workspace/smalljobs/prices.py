"""What an hour of work costs: the desk's rate cards with their history, for those who run it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Final

from babel.dates import format_date
from babel.numbers import list_currencies
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.smalljobs.rates import CurrencyChangedError, cards_of, set_rate
from vaxel.domain.smalljobs.wording import money_in_words
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

_LONGEST_NAME: Final = 80
_MOST: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateShown:
    """The price of an hour from a day on."""

    price: str
    starts_on: str
    holds_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """A rate card, its newest price first."""

    name: str
    is_usual: bool
    rates: tuple[RateShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The form as it was sent."""

    card: str = ""
    currency: str = "SEK"
    per_hour: str = ""
    starts_on: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def prices(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The cards, and the form for a new price; a card that is not there yet is made."""
    labels = labels_of(place.desk, now=place.now)
    if request.method != "POST":
        return _show(request, place, Written(starts_on=_today(labels).isoformat()), labels=labels)
    sent = {name: plain(request.POST.get(name, "")).strip() for name in Written.__slots__}
    written = Written(**{**sent, "currency": sent["currency"].upper()})
    errors = _errors(written) or _keep(place, written)
    if errors:
        return _show(request, place, written, labels=labels, errors=errors)
    say(request, _("The price is kept. Offers that are made already keep theirs."))
    return HttpResponseRedirect(workspace_url("prices", place), status=HTTPStatus.SEE_OTHER)


def _today(labels: Labels) -> date:
    return labels.now.astimezone(labels.zone).date()


def _errors(written: Written) -> tuple[FieldError, ...]:
    errors = []
    if not 1 <= len(written.card) <= _LONGEST_NAME:
        errors.append(FieldError(field="card", text=_("Write a name for the rate card, at most 80 characters")))
    if written.currency not in list_currencies():
        errors.append(FieldError(field="currency", text=_("Write the currency in three letters, like SEK")))
    if _amount(written.per_hour) is None:
        errors.append(FieldError(field="per_hour", text=_("Write the price as a number, like 1200 or 1200.50")))
    if day_in(written.starts_on) is None:
        errors.append(FieldError(field="starts_on", text=_("Choose the day from which the price holds")))
    return tuple(errors)


def _keep(place: StaffPlace, written: Written) -> tuple[FieldError, ...]:
    per_hour, starts_on = _amount(written.per_hour), day_in(written.starts_on)
    if per_hour is None or starts_on is None:
        return ()
    try:
        set_rate(
            place.desk,
            card=written.card,
            currency=written.currency,
            per_hour=per_hour,
            starts_on=starts_on,
            by=place.by,
            now=place.now,
        )
    except CurrencyChangedError as kept:
        text = _("The card is in %(currency)s. Make another card for another currency") % {"currency": kept}
        return (FieldError(field="currency", text=text),)
    return ()


def _amount(written: str) -> Decimal | None:
    """A price from nought on, to the hundredth; a comma is as good as a point."""
    try:
        amount = Decimal(written.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.01")) if amount.is_finite() and 0 <= amount < _MOST else None


def _show(
    request: HttpRequest,
    place: StaffPlace,
    written: Written,
    *,
    labels: Labels,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    return show(
        request,
        place,
        "smalljobs/prices",
        labels=labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        terms_url=workspace_url("job_terms", place),
        invoicing_url=workspace_url("invoicing", place),
        cards=_cards(place, labels=labels),
        written=written,
        errors=errors,
        error_of={error.field: error.text for error in errors},
    )


def _cards(place: StaffPlace, *, labels: Labels) -> tuple[CardShown, ...]:
    """Two queries, however many cards."""
    today = _today(labels)
    shown = []
    for card in cards_of(place.scope):
        rates = list(card.rates.all())
        now = next((rate.pk for rate in rates if rate.starts_on <= today), None)
        shown.append(
            CardShown(
                name=card.name,
                is_usual=card.is_usual,
                rates=tuple(
                    RateShown(
                        price=money_in_words(rate.per_hour, card.currency, language=labels.language),
                        starts_on=format_date(rate.starts_on, "d MMMM y", locale=labels.language),
                        holds_now=rate.pk == now,
                    )
                    for rate in rates
                ),
            )
        )
    return tuple(shown)
