"""Offering a small job on a ticket: what, at most how long, until when, and how it is paid; and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import (
    NobodyMayApproveError,
    NoPriceError,
    NoSmallJobError,
    OfferAnsweredError,
    OfferMissingError,
    Proposal,
    make_offer,
    why_no_offer,
    withdraw_offer,
)
from vaxel.domain.smalljobs.prepaid import NotEnoughHoursError, balance
from vaxel.domain.smalljobs.wording import minutes_in_words
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.approving import approving
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.panel import in_language

_LONGEST: Final = 4000
_MOST_MINUTES: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The form as it was sent."""

    what: str = ""
    minutes: str = ""
    valid_until: str = ""
    paid_by: str = Offer.PaidBy.INVOICE.value


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def offer(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """The form of a new offer."""
    try:
        ticket = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    labels = labels_of(place.desk, now=place.now, version_id=ticket.policy_id)
    if request.method != "POST":
        return _show(request, place, ticket, Written(), name=name, labels=labels)
    written = _written(request.POST)
    errors = _errors(written, labels=labels)
    if not errors:
        errors = _make(request, place, ticket, written, labels=labels)
    if errors:
        return _show(request, place, ticket, written, name=name, labels=labels, errors=errors)
    if approving(ticket.organisation_id).reaches_nobody:
        say(request, _("The offer is made, but no mail about it reaches anybody who may say yes."))
    else:
        say(request, _("The offer is made. Those who may say yes get a mail."))
    return back(request, place, name)


def _written(sent: Mapping[str, str]) -> Written:
    return Written(
        what=plain(sent.get("what", "")).strip()[:_LONGEST],
        minutes=sent.get("minutes", "").strip(),
        valid_until=sent.get("valid_until", "").strip(),
        paid_by=sent.get("paid_by", Offer.PaidBy.INVOICE),
    )


def _errors(written: Written, *, labels: Labels) -> tuple[FieldError, ...]:
    errors = []
    if not written.what:
        errors.append(FieldError(field="what", text=_("Write what you will do")))
    if not 1 <= (number_in(written.minutes) or 0) <= _MOST_MINUTES:
        errors.append(FieldError(field="minutes", text=_("Write the time in minutes, as a whole number")))
    if written.valid_until and (_end(written, labels=labels) or labels.now) <= labels.now:
        errors.append(FieldError(field="valid_until", text=_("Choose a day from today on")))
    if written.paid_by not in Offer.PaidBy.values:
        errors.append(FieldError(field="paid_by", text=_("Choose how it is paid")))
    return tuple(errors)


def _end(written: Written, *, labels: Labels) -> datetime | None:
    """The end of the day chosen, at the desk; None for no day."""
    day = day_in(written.valid_until)
    return None if day is None else datetime.combine(day, time(23, 59), tzinfo=labels.zone)


def _make(
    request: HttpRequest, place: StaffPlace, ticket: Ticket, written: Written, *, labels: Labels
) -> tuple[FieldError, ...]:
    """Make the offer, or say why it cannot be."""
    proposal = Proposal(
        what=written.what,
        minutes=int(written.minutes),
        paid_by=written.paid_by,
        valid_until=_end(written, labels=labels),
    )
    try:
        make_offer(
            proposal,
            scope=place.scope,
            number=ticket.number,
            by=place.by,
            now=place.now,
            seen_version=number_in(request.POST.get("version", "")),
        )
    except NoSmallJobError as refused:
        return (FieldError(field="minutes", text=_why_not(refused, labels=labels)),)
    except ChangedMeanwhileError:
        text = _("Somebody has changed the ticket meanwhile. Look at it, and send the offer if it is still right")
        return (FieldError(field="what", text=text),)
    except NoPriceError:
        text = _("There is no price yet. Ask whoever runs the desk to write a rate card")
        return (FieldError(field="paid_by", text=text),)
    except NobodyMayApproveError:
        text = _("Nobody at the customer may say yes to costs. Ask them who shall, before you make an offer")
        return (FieldError(field="what", text=text),)
    except NotEnoughHoursError as short:
        left = minutes_in_words(short.left, language=labels.language)
        text = _("The customer has %(left)s left of the hours they bought") % {"left": left}
        return (FieldError(field="paid_by", text=text),)
    return ()


def _why_not(refused: NoSmallJobError, *, labels: Labels) -> str:
    """Where a job of that size belongs, and why."""
    match refused.problem:
        case "none-here":
            return _("The policy knows no small jobs")
        case "no-such-number":
            return _("The policy knows no job of that size")
        case "finished":
            return _("The ticket is finished. Open it again before you make an offer")
        case "no-charge":
            return _("The terms ask for no yes here: the work is part of the agreement, or is not done at all")
    values = _where_it_belongs(refused, labels=labels)
    return _("A job of that size belongs to: %(where)s. %(reason)s") % values


def _why_none(refused: NoSmallJobError, *, labels: Labels) -> str:
    """Why no size of work can be offered: said before anything is written."""
    if refused.problem != "elsewhere":
        return _why_not(refused, labels=labels)
    return _("Work on this question belongs to: %(where)s. %(reason)s") % _where_it_belongs(refused, labels=labels)


def _where_it_belongs(refused: NoSmallJobError, *, labels: Labels) -> dict[str, str]:
    decision = refused.decision
    where = "" if decision is None else labels.names.destinations.get(decision.destination, decision.destination)
    because = [] if decision is None else [each["text"] for each in decision.to_json()["because"][:1]]
    reason = in_language(because[0], labels.language) if because else ""
    return {"where": where, "reason": reason}


def _show(
    request: HttpRequest,
    place: StaffPlace,
    ticket: Ticket,
    written: Written,
    *,
    name: str,
    labels: Labels,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    listing = Listing.of(request)
    refused = why_no_offer(ticket, desk=place.desk, now=place.now)
    left = balance(organisation_id=ticket.organisation_id)
    return show(
        request,
        place,
        "smalljobs/offer",
        labels=labels,
        listing=listing,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        name=name.upper(),
        ticket=ticket,
        written=written,
        approving=approving(ticket.organisation_id),
        why_none="" if refused is None else _why_none(refused, labels=labels),
        ways=(
            Option(value=Offer.PaidBy.INVOICE, label=_("By invoice")),
            Option(
                value=Offer.PaidBy.PREPAID,
                label=_("From hours bought ahead"),
                hint=_("%(left)s left") % {"left": minutes_in_words(left, language=labels.language)},
            ),
        ),
        back_url=workspace_url("ticket", place, name=name) + listing.query(),
    )


@require_POST
@staff_page
def withdrawal(request: HttpRequest, place: StaffPlace, name: str, offer_id: int) -> HttpResponse:
    """Take an offer back that nobody has answered."""
    try:
        withdraw_offer(scope=place.scope, offer_id=offer_id, by=place.by, now=place.now)
    except OfferMissingError:
        raise Http404 from None
    except OfferAnsweredError:
        say(request, _("The customer was faster: the offer is answered."))
    else:
        say(request, _("The offer is taken back."))
    return back(request, place, name)
