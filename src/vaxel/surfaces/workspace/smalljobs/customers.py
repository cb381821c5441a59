"""What customers have agreed on about small jobs: a rate card of their own, and hours bought ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.smalljobs.models import RateCard
from vaxel.domain.smalljobs.prepaid import NotEnoughHoursError, buy_hours, correct_hours
from vaxel.domain.smalljobs.queries import CustomerTerms, customer_terms
from vaxel.domain.smalljobs.rates import agree_on_card, cards_of
from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.smalljobs.choosing import CARD_FIELD, HOURS_FIELD, chosen_customer, customer_chooser

_LONGEST_NOTE: Final = 300
_MOST_HOURS: Final = 10_000
_HOUR: Final = 60
_USUAL: Final = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsShown:
    """What one customer has."""

    organisation: str
    card: str
    #: Empty where none were ever bought.
    left: str


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def terms(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """All customers with terms of their own, and the two forms that change them; five queries besides the frame's, and
    two for a form that looks for a customer.
    """
    customers, cards = customer_terms(place.scope), cards_of(place.scope)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST" and "find" not in request.POST:
        does_card = request.POST.get("do") == "card"
        errors = _card(request.POST, place, cards) if does_card else _hours(request.POST, place)
        if not errors:
            say(request, _("The card is kept for the customer.") if does_card else _("The hours are written down."))
            return HttpResponseRedirect(workspace_url("job_terms", place), status=HTTPStatus.SEE_OTHER)
    return _show(request, place, customers, cards, errors=errors)


def _card(sent: Mapping[str, str], place: StaffPlace, cards: Sequence[RateCard]) -> tuple[FieldError, ...]:
    organisation = chosen_customer(place, field=CARD_FIELD, sent=sent)
    if organisation is None:
        return (FieldError(field=f"{CARD_FIELD}_words", text=_("Choose the customer")),)
    wanted = sent.get("card", "")
    card = next((each for each in cards if str(each.pk) == wanted), None)
    if card is None and wanted != _USUAL:
        return (FieldError(field="card", text=_("Choose a rate card")),)
    agree_on_card(organisation, card=card, by=place.by, now=place.now)
    return ()


def _hours(sent: Mapping[str, str], place: StaffPlace) -> tuple[FieldError, ...]:
    """More hours were bought; less than nothing is a correction, and says why."""
    errors = []
    organisation, minutes = chosen_customer(place, field=HOURS_FIELD, sent=sent), _minutes(sent.get("hours", ""))
    note = plain(sent.get("note", "")).strip()[:_LONGEST_NOTE]
    if organisation is None:
        errors.append(FieldError(field=f"{HOURS_FIELD}_words", text=_("Choose the customer")))
    if minutes is None:
        errors.append(FieldError(field="hours", text=_("Write the hours as a number, like 10 or 2.5")))
    elif minutes < 0 and not note:
        errors.append(FieldError(field="note", text=_("Write why hours are taken away")))
    if organisation is None or minutes is None or errors:
        return tuple(errors)
    if minutes > 0:
        buy_hours(organisation, minutes=minutes, note=note, by=place.by, now=place.now)
        return ()
    try:
        correct_hours(organisation, minutes=minutes, note=note, by=place.by, now=place.now)
    except NotEnoughHoursError as short:
        left = minutes_in_words(short.left, language=labels_of(place.desk, now=place.now).language)
        text = _("The customer has %(left)s left: no more can be taken away") % {"left": left}
        return (FieldError(field="hours", text=text),)
    return ()


def _minutes(written: str) -> int | None:
    """Hours as minutes; a comma is as good as a point, and a minus of any kind takes away. None for none."""
    try:
        hours = Decimal(written.replace(",", ".").replace("−", "-").replace(" ", ""))
    except InvalidOperation:
        return None
    if not hours.is_finite() or abs(hours) > _MOST_HOURS:
        return None
    return int((hours * _HOUR).to_integral_value()) or None


def _show(
    request: HttpRequest,
    place: StaffPlace,
    customers: Sequence[CustomerTerms],
    cards: Sequence[RateCard],
    *,
    errors: tuple[FieldError, ...],
) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    return show(
        request,
        place,
        "smalljobs/customers",
        labels=labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        terms=[
            TermsShown(
                organisation=each.organisation,
                card=each.card,
                left=minutes_in_words(each.left, language=labels.language) if each.has_hours else "",
            )
            for each in customers
        ],
        choosers={
            field: customer_chooser(place, field=field, sent=request.POST) for field in (HOURS_FIELD, CARD_FIELD)
        },
        cards=[
            Option(value=_USUAL, label=_("The one for everybody")),
            *(Option(value=str(card.pk), label=str(card)) for card in cards if not card.is_usual),
        ],
        sent={name: request.POST.get(name, "") for name in ("card", "hours", "note")},
        errors=errors,
        error_of={error.field: error.text for error in errors},
        prices_url=workspace_url("prices", place),
    )
