"""One person at a customer: what is known, what they may do, their seat, their trainings, and leaving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.administration.certificates import expiry_of
from vaxel.domain.administration.inviting import (
    InvitationRefusedError,
    OwnApprovalError,
    describe_colleague,
    invite,
    remove_colleague,
)
from vaxel.domain.administration.queries import Held, agreements_held, certificates_of
from vaxel.domain.administration.seating import take_back, withdraw_wish
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.appointing import PersonProfile, seat_limit
from vaxel.domain.people.certificates import record_certificate
from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.directory import person_known
from vaxel.domain.people.models import Agreement, Certificate, Person
from vaxel.kit.numbers import number_in
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.naming import name_errors, name_in
from vaxel.surfaces.ui.rights import RIGHTS, right_options
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.labels import options_of
from vaxel.surfaces.workspace.settings.frame import (
    Settings,
    changed_meanwhile,
    found,
    line,
    seen_by,
    settings_page,
    show,
    to,
)
from vaxel.surfaces.workspace.settings.happened import lately
from vaxel.surfaces.workspace.settings.organisations import trail_to
from vaxel.surfaces.workspace.settings.people import give_seat, own_approval, profile_of

_TEXTS = {"phone": 40, "title": 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatShown:
    """Where somebody stands towards an agreement."""

    agreement_id: int
    plan: str
    #: "has", "waits", "free" (one can be given) or "full".
    state: str
    used: int
    #: None is unlimited.
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingShown:
    """A training that was passed."""

    product: str
    passed_on: str
    #: Empty for good.
    until: str
    is_over: bool


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def person(request: HttpRequest, at: Settings, organisation_id: int, person_id: int) -> HttpResponse:
    """Somebody, and the form for what is known about them and what they may do."""
    known = _person(organisation_id, person_id, at, erased=request.method != "POST")
    if request.method != "POST":
        return _show(request, at, known)
    texts = {name: line(request.POST, name, most=most) for name, most in _TEXTS.items()}
    sent = {"name": name_in(request.POST), **texts}
    if errors := name_errors(sent["name"], known=known.name):
        return _show(request, at, known, sent=sent, errors=errors)
    try:
        profile, seen = profile_of(request, sent), request.POST.get("seen", "")
        describe_colleague(known, profile=profile, seen=seen, by=at.place.by, now=at.place.now)
    except (OwnApprovalError, ChangedMeanwhileError) as error:
        fault = own_approval() if isinstance(error, OwnApprovalError) else changed_meanwhile()
        return _show(request, at, _person(organisation_id, person_id, at), sent=sent, errors=[fault])
    return to(_url(known, at), request, _("%(name)s is saved.") % {"name": known.name})


@require_POST
@settings_page
def seat(request: HttpRequest, at: Settings, organisation_id: int, person_id: int) -> HttpResponse:
    """Give a seat or a place in line, or take it back."""
    known, said = _person(organisation_id, person_id, at), ""
    agreement = _running_agreement(known, request.POST.get("agreement", ""), at)
    match request.POST.get("action"):
        case "give" if known.is_active:
            said = give_seat(known, agreement, at=at)
        case "take":
            take_back(known, agreement=agreement, by=at.place.by, now=at.place.now)
            said = _("%(name)s is no support contact any more.") % {"name": known.name}
        case "withdraw":
            withdraw_wish(known, agreement=agreement, by=at.place.by, now=at.place.now)
            said = _("%(name)s does not wait for a seat any more.") % {"name": known.name}
        case _:
            raise Http404
    return to(_url(known, at), request, said)


def _running_agreement(known: Person, sent_id: str, at: Settings) -> Agreement:
    rows = Agreement.objects.within(at.place.scope).select_related("desk")
    one = found(rows.filter(organisation=known.organisation_id, pk=number_in(sent_id) or 0).first())
    if one.ends_on is not None and one.ends_on < at.today:
        raise Http404
    return one


@require_POST
@settings_page
def training(request: HttpRequest, at: Settings, organisation_id: int, person_id: int) -> HttpResponse:
    """Note that somebody has passed the training."""
    known = _person(organisation_id, person_id, at)
    passed_on, product = day_in(request.POST.get("passed_on", "")), request.POST.get("product", "")
    if passed_on is None or passed_on > at.today:
        errors = [FieldError(field="passed_on", text=_("Choose the day when it was passed: today or earlier"))]
        return _show(request, at, known, errors=errors)
    if product and product not in at.labels.names.products:
        raise Http404
    record_certificate(
        known,
        passed_on=passed_on,
        product=product,
        expires_on=expiry_of(passed_on, desk=at.place.desk),
        by=at.place.by,
        now=at.place.now,
    )
    return to(_url(known, at), request, _("The training is noted."))


@require_POST
@settings_page
def leaving(request: HttpRequest, at: Settings, organisation_id: int, person_id: int) -> HttpResponse:
    """Somebody has left, or comes back."""
    known = _person(organisation_id, person_id, at)
    if request.POST.get("back") != "yes":
        remove_colleague(known, by=at.place.by, now=at.place.now)
        return to(_url(known, at), request, _("%(name)s has no access any more.") % {"name": known.name})
    try:
        profile = PersonProfile(name=known.name)
        invite(known.organisation, email=known.email, profile=profile, by=at.place.by, now=at.place.now)
    except InvitationRefusedError:
        return to(_url(known, at), request, _("Nothing was changed: the account with this address is closed."))
    return to(_url(known, at), request, _("%(name)s has access again, and gets a mail.") % {"name": known.name})


def _person(organisation_id: int, person_id: int, at: Settings, *, erased: bool = False) -> Person:
    """404 for whoever is erased, unless only looking: nothing is known or changed about them any more."""
    known = found(person_known(at.place.scope, person_id=person_id, organisation_id=organisation_id))
    return found(known if erased or known.erased_at is None else None)


def _url(known: Person, at: Settings) -> str:
    return at.url("person", organisation_id=known.organisation_id, person_id=known.pk)


def _show(
    request: HttpRequest,
    at: Settings,
    known: Person,
    *,
    sent: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    """The person's page, with whatever was sent and is at fault; eight queries."""
    scope = Scope(known.desk_id, known.organisation_id)
    held = agreements_held(scope, today=at.today)
    ticked = request.POST if sent is not None else {name for name in RIGHTS if getattr(known, name)}
    return show(
        request,
        at,
        "person",
        title=known.name,
        trail=trail_to(known.organisation, at),
        errors=errors,
        person=known,
        values=sent or {name: getattr(known, name) for name in ("name", *_TEXTS)},
        ticked=[name for name in RIGHTS if name in ticked],
        rights=right_options(),
        seen=seen_by(request, known, errors),
        seats=[_seat(each, known, at=at) for each in held if not _is_over(each.agreement, at)],
        trainings=[_training(each, at=at) for each in certificates_of(known)],
        needs_training=current_policy(at.place.desk).file.certificates is not None,
        products=options_of(at.labels.names.products),
        today=at.today.isoformat(),
        happened=lately(at, person_id=known.pk),
        urls={
            name: at.url(name, organisation_id=known.organisation_id, person_id=known.pk)
            for name in ("person_seat", "person_training", "person_leaving", "person_erasing")
        },
    )


def _is_over(agreement: Agreement, at: Settings) -> bool:
    return agreement.ends_on is not None and agreement.ends_on < at.today


def _seat(held: Held, known: Person, *, at: Settings) -> SeatShown:
    held.agreement.desk = at.place.desk
    limit, names = seat_limit(held.agreement), at.labels.names
    waits = any(wish.person_id == known.pk for wish in held.wishes)
    is_free = (limit is None or len(held.seats) < limit) and not held.wishes
    has = any(seat.person_id == known.pk for seat in held.seats)
    return SeatShown(
        agreement_id=held.agreement.pk,
        plan=f"{at.names(names.plans, [held.agreement.plan])} ({at.names(names.products, held.agreement.products)})",
        state="has" if has else "waits" if waits else "free" if is_free else "full",
        used=len(held.seats),
        limit=limit,
    )


def _training(one: Certificate, *, at: Settings) -> TrainingShown:
    return TrainingShown(
        product=at.names(at.labels.names.products, [one.product]) if one.product else _("All products"),
        passed_on=at.day(one.passed_on),
        until=at.day(one.expires_on),
        is_over=one.expires_on is not None and one.expires_on < at.today,
    )
