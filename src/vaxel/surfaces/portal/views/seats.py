"""Seats, deputies, successors and trainings of one of the organisation's people."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.administration.certificates import (
    LARGEST_PROOF,
    ClaimFault,
    ClaimRefusedError,
    Proof,
    claim_certificate,
)
from vaxel.domain.administration.queries import open_changes, proof_of
from vaxel.domain.administration.seat_changes import (
    Change,
    ChangeRefusedError,
    Refusal,
    call_off,
    plan_change,
)
from vaxel.domain.administration.seating import ask_for_seat, take_back, withdraw_wish
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.certificates import untrained_for
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.portal.administering import (
    administering_page,
    agreement_with,
    colleague_with,
    is_running,
    person_with,
)
from vaxel.surfaces.portal.frame import language, portal_url
from vaxel.surfaces.portal.views.organisation import show_colleague
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.typed import day_in


@require_POST
@administering_page
def seat(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Give a seat or a place in line, or take it back."""
    person = colleague_with(person_id, place=place)
    agreement = agreement_with(request.POST.get("agreement", ""), place=place)
    said, action = {"name": person.name}, request.POST.get("action")
    if action == "give" and person.is_active and is_running(agreement, place=place):
        got = ask_for_seat(person, agreement=agreement, by=place.by, now=place.now)
        is_seat = isinstance(got, Seat)
        text = _("%(name)s is support contact now.") if is_seat else _("%(name)s waits in line for a seat.")
    elif action == "take":
        take_back(person, agreement=agreement, by=place.by, now=place.now)
        text = _("%(name)s is no support contact any more.")
    elif action == "withdraw":
        withdraw_wish(person, agreement=agreement, by=place.by, now=place.now)
        text = _("%(name)s does not wait for a seat any more.")
    else:
        raise Http404
    messages.success(request, text % said)
    if action == "give":
        _tell_of_training(request, place, person, agreement=agreement)
    return _to_colleague(place, person_id)


def _tell_of_training(request: HttpRequest, place: CustomerPlace, person: Person, *, agreement: Agreement) -> None:
    """Whoever has just been made a contact, or will be one, may lack what lets them ask."""
    rule = current_policy(place.desk).file.certificates
    today = place.desk.day_of(place.now)
    if rule is None or not untrained_for(
        person.certificates.all(), products=agreement.products, rule=rule, today=today
    ):
        return
    said = {"name": person.name, "how": rule.how.in_(language())}
    text = _("%(name)s has no valid certificate, and can ask us only when there is one. %(how)s")
    messages.warning(request, text % said)


@require_POST
@administering_page
def change(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Plan a deputy (with a last day) or a successor (without one) for the person's seat."""
    person = colleague_with(person_id, place=place)
    agreement = agreement_with(request.POST.get("agreement", ""), place=place)
    sort = "deputy" if request.POST.get("sort") == "deputy" else "successor"
    sent = {f"{sort}-{name}": clean(request.POST.get(name, ""))[:20] for name in ("who", "starts_on", "ends_on")}
    successor = person_with(sent[f"{sort}-who"], place=place)
    starts_on, ends_on = day_in(sent[f"{sort}-starts_on"]), day_in(sent[f"{sort}-ends_on"])
    errors = []
    if successor is None:
        errors.append(FieldError(field=f"{sort}-who", text=_("Choose a colleague")))
    if starts_on is None:
        errors.append(FieldError(field=f"{sort}-starts_on", text=_("Choose the first day")))
    if sort == "deputy" and ends_on is None:
        errors.append(FieldError(field=f"{sort}-ends_on", text=_("Choose the last day")))
    if successor is not None and starts_on is not None and not errors:
        wanted = Change(
            agreement=agreement,
            holder=person,
            successor=successor,
            starts_on=starts_on,
            ends_on=ends_on if sort == "deputy" else None,
        )
        try:
            plan_change(wanted, by=place.by, now=place.now)
        except ChangeRefusedError as error:
            errors.append(_refusal(error.why, sort=sort))
    if errors:
        return show_colleague(request, place, person, sent=sent, errors=tuple(errors))
    messages.success(request, _("It is planned. The colleague is told on the day."))
    if successor is not None:
        _tell_of_training(request, place, successor, agreement=agreement)
    return _to_colleague(place, person_id)


def _refusal(why: Refusal, *, sort: str) -> FieldError:
    texts = {
        Refusal.ENDED: ("starts_on", _("The agreement has ended by then: there is no seat to hand over")),
        Refusal.NO_SEAT: ("who", _("The person has no seat to hand over")),
        Refusal.HAS_SEAT: ("who", _("The colleague has a seat already")),
        Refusal.SAME_PERSON: ("who", _("Choose somebody else")),
        Refusal.ANOTHER_ORGANISATION: ("who", _("Choose a colleague")),
        Refusal.IN_THE_PAST: ("starts_on", _("Choose today or a day to come")),
        Refusal.TOO_FAR: ("starts_on", _("Choose a day within two years")),
        Refusal.ENDS_BEFORE: ("ends_on", _("Choose a last day that is not before the first")),
        Refusal.ALREADY_PLANNED: ("starts_on", _("Another change is planned for these days. Call it off first")),
    }
    field, text = texts[why]
    return FieldError(field=f"{sort}-{field}", text=text)


@require_POST
@administering_page
def calling_off(request: HttpRequest, place: CustomerPlace, change_id: int) -> HttpResponse:
    """Call a planned change off."""
    planned = open_changes(place.scope).filter(pk=change_id).first()
    if planned is None:
        raise Http404
    call_off(planned, by=place.by, now=place.now)
    messages.success(request, _("The change is called off. %(name)s keeps the seat.") % {"name": planned.holder.name})
    return _to_colleague(place, planned.holder_id)


@require_POST
@administering_page
def training(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Send in that somebody has passed the training."""
    person = colleague_with(person_id, place=place)
    file = request.FILES.get("proof")
    sent = {name: clean(request.POST.get(name, ""))[:300] for name in ("passed_on", "product", "told")}
    passed_on = day_in(sent["passed_on"])
    if passed_on is None:
        errors = (FieldError(field="passed_on", text=_("Choose the day when the training was passed")),)
        return show_colleague(request, place, person, sent=sent, errors=errors)
    proof = Proof(
        passed_on=passed_on,
        product=sent["product"],
        told=sent["told"],
        file_name=clean(file.name or "")[:200] if file else "",
        content=file.read(LARGEST_PROOF + 1) if file else b"",
    )
    try:
        claim_certificate(person, proof=proof, by=place.by, now=place.now)
    except ClaimRefusedError as error:
        return show_colleague(request, place, person, sent=sent, errors=(_claim_fault(error.why),))
    messages.success(request, _("The training is sent in. It counts when we have looked at it; you get a mail."))
    return _to_colleague(place, person_id)


def _claim_fault(why: ClaimFault) -> FieldError:
    texts = {
        ClaimFault.IN_THE_FUTURE: ("passed_on", _("Choose today or an earlier day")),
        ClaimFault.UNKNOWN_PRODUCT: ("product", _("Choose one of the products")),
        ClaimFault.NO_PROOF: ("told", _("Write which training it was, or add a file that shows it")),
        ClaimFault.TOO_LARGE: ("proof", _("Choose a file of at most 5 MB")),
        ClaimFault.NO_KNOWN_FILE: ("proof", _("Choose a PDF, PNG or JPEG")),
        ClaimFault.TOO_MANY: ("passed_on", _("Wait for our answer to what you have sent in")),
        ClaimFault.SENT_ALREADY: ("passed_on", _("This training has been sent in already")),
    }
    field, text = texts[why]
    return FieldError(field=field, text=text)


@require_safe
@administering_page
def proof(request: HttpRequest, place: CustomerPlace, claim_id: int) -> HttpResponse:
    """The file that was sent in, as a download."""
    claim = proof_of(place.scope, claim_id=claim_id, by=place.by, now=place.now)
    if claim is None or claim.content is None:
        raise Http404
    response = HttpResponse(bytes(claim.content), content_type=claim.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=claim.file_name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _to_colleague(place: CustomerPlace, person_id: int) -> HttpResponse:
    url = portal_url("colleague", place, person_id=str(person_id))
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)
