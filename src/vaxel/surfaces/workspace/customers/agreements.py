"""What staff watch over for all customers: agreements that end, and trainings that wait for somebody to look."""

from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from babel.dates import format_date
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.administration.certificates import ClaimAnsweredError, confirm_claim, decline_claim, expiry_of
from vaxel.domain.administration.models import CertificateClaim
from vaxel.domain.administration.queries import agreements_to_watch, claims_waiting, proof_of
from vaxel.domain.people.models import Agreement
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import Moment
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

#: Days ahead of which an agreement's end is shown.
_AHEAD: Final = 120
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow:
    """An agreement that ends or has ended, with nothing after it."""

    organisation: str
    url: str
    plan: str
    products: str
    ends: str
    has_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A training that a customer has sent in."""

    id: int
    person: str
    organisation: str
    product: str
    passed_on: str
    #: Until when it would count; empty for ever.
    until: str
    told: str
    sent_by: str
    sent: Moment
    proof_url: str
    answer_url: str


@require_safe
@staff_page
def agreements(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Both lists; two queries."""
    labels = labels_of(place.desk, now=place.now)
    today = place.desk.day_of(place.now)
    watched = agreements_to_watch(place.scope, today=today, until=today + timedelta(days=_AHEAD))
    waiting = claims_waiting(place.scope)
    return show(
        request,
        place,
        "customers/agreements",
        labels=labels,
        ending=[_ending(one, place=place, labels=labels, today=today) for one in watched],
        claims=[_claim(one, place=place, labels=labels) for one in waiting],
    )


def _ending(agreement: Agreement, *, place: StaffPlace, labels: Labels, today: date) -> EndingRow:
    names, ends_on = labels.names, agreement.ends_on or today
    return EndingRow(
        organisation=agreement.organisation.name,
        url=workspace_url("customer", place, organisation_id=str(agreement.organisation_id)),
        plan=names.plans.get(agreement.plan, agreement.plan),
        products=", ".join(names.products.get(name, name) for name in agreement.products),
        ends=_day(ends_on, labels=labels),
        has_ended=ends_on < today,
    )


def _claim(claim: CertificateClaim, *, place: StaffPlace, labels: Labels) -> ClaimRow:
    until = expiry_of(claim.passed_on, desk=place.desk)
    return ClaimRow(
        id=claim.pk,
        person=claim.person.name,
        organisation=claim.person.organisation.name,
        product=labels.names.products.get(claim.product, claim.product) or _("All products"),
        passed_on=_day(claim.passed_on, labels=labels),
        until="" if until is None else _day(until, labels=labels),
        told=claim.told,
        sent_by=claim.sent_by,
        sent=labels.moment(claim.sent_at),
        proof_url=workspace_url("claim_proof", place, claim_id=str(claim.pk)) if claim.file_name else "",
        answer_url=workspace_url("claim", place, claim_id=str(claim.pk)),
    )


@require_POST
@staff_page
def claim(request: HttpRequest, place: StaffPlace, claim_id: int) -> HttpResponse:
    """Take the training as passed, or say why not."""
    why_not = plain(request.POST.get("why_not", "")).strip()[:_LONGEST]
    back = HttpResponseRedirect(workspace_url("agreements", place), status=HTTPStatus.SEE_OTHER)
    if request.POST.get("answer") == "no" and not why_not:
        say(request, _("Nothing was changed. Write why the training does not count: the customer reads it."))
        return back
    try:
        if request.POST.get("answer") == "yes":
            confirm_claim(scope=place.scope, claim_id=claim_id, by=place.by, now=place.now)
            say(request, _("The certificate counts from now on. The customer gets a mail."))
        else:
            decline_claim(scope=place.scope, claim_id=claim_id, why_not=why_not, by=place.by, now=place.now)
            say(request, _("The training does not count. The customer gets a mail with the reason."))
    except ClaimAnsweredError:
        if not CertificateClaim.objects.within(place.scope).filter(pk=claim_id).exists():
            raise Http404 from None
        say(request, _("A colleague has answered already. Nothing was changed."))
    except ValueError:
        raise Http404 from None
    return back


@require_safe
@staff_page
def claim_proof(request: HttpRequest, place: StaffPlace, claim_id: int) -> HttpResponse:
    """The file that shows it, as a download."""
    found = proof_of(place.scope, claim_id=claim_id, by=place.by, now=place.now)
    if found is None or found.content is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.file_name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _day(day: date, *, labels: Labels) -> str:
    return format_date(day, "d MMM y", locale=labels.language)
