"""The organisation's own pages: who is there, inviting, what each may do, and leaving."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.administration.inviting import (
    InvitationFault,
    InvitationRefusedError,
    LastAdministratorError,
    OwnApprovalError,
    describe_colleague,
    invite,
    remove_colleague,
)
from vaxel.domain.administration.people_list import NameFault, one_line
from vaxel.domain.administration.seating import ask_for_seat
from vaxel.domain.people.appointing import PersonProfile
from vaxel.domain.people.changes import ChangedMeanwhileError, mark_of
from vaxel.domain.people.models import Agreement, Person, Seat
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.portal.administering import (
    administering_page,
    agreement_with,
    colleague_with,
    is_running,
    organisation_at,
)
from vaxel.surfaces.portal.frame import ORGANISATION, language, portal_url, show
from vaxel.surfaces.portal.pages.colleague import colleague_page, values_of
from vaxel.surfaces.portal.pages.organisation import organisation_page, reading_at
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.naming import name_errors, name_in, name_words
from vaxel.surfaces.ui.rights import RIGHTS, right_options
from vaxel.surfaces.ui.shapes import FieldError, Option

_LONGEST: Mapping[str, int] = {"email": 254, "phone": 40, "title": 120}


@require_safe
@administering_page
def organisation(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """Agreements, seats and people; `left` shows those who are here no more."""
    words, left = clean(request.GET.get("q", ""))[:80], "left" in request.GET
    page = organisation_page(place, language=language(), words=words, left=left)
    return show(request, place, "organisation/home", part=ORGANISATION, title=place.viewer.organisation_name, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@administering_page
def new_colleague(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """Invite somebody, perhaps with a seat at once."""
    if request.method != "POST":
        return _show_new(request, place, {"language": language()}, errors=())
    sent = {"name": name_in(request.POST)} | _texts(request, "email", "phone", "title", "language", "agreement")
    agreement = agreement_with(sent["agreement"], place=place) if sent["agreement"] else None
    if agreement is not None and not is_running(agreement, place=place):
        raise Http404
    try:
        person = invite(
            organisation_at(place),
            email=sent["email"],
            profile=_profile(request, sent),
            language=sent["language"] if sent["language"] in {"sv", "en"} else "",
            by=place.by,
            now=place.now,
        )
    except InvitationRefusedError as error:
        return _show_new(request, place, sent, errors=tuple(_fault(each) for each in error.faults))
    except OwnApprovalError:
        return _show_new(request, place, sent, errors=(_own_approval(),))
    messages.success(request, _("%(name)s is invited, and gets a mail.") % {"name": person.name})
    if agreement is not None:
        _give_seat(request, place, person, agreement)
    return _to(place, person)


def _give_seat(request: HttpRequest, place: CustomerPlace, person: Person, agreement: Agreement) -> None:
    got = ask_for_seat(person, agreement=agreement, by=place.by, now=place.now)
    if isinstance(got, Seat):
        messages.success(request, _("%(name)s is support contact now.") % {"name": person.name})
    else:
        messages.success(request, _("All seats are taken: %(name)s waits in line.") % {"name": person.name})


def _show_new(
    request: HttpRequest, place: CustomerPlace, sent: Mapping[str, str], *, errors: tuple[FieldError, ...]
) -> HttpResponse:
    reading = reading_at(place, language=language())
    agreements = Agreement.objects.within(place.scope).order_by("-starts_on")
    running = [one for one in agreements if one.ends_on is None or one.ends_on >= reading.today]
    options = [Option(value="", label=_("No: a user, who asks the contacts first"))]
    options += [Option(value=str(one.pk), label=_("Yes, on %(plan)s") % {"plan": reading.plan(one)}) for one in running]
    return show(
        request,
        place,
        "organisation/new",
        part=ORGANISATION,
        title=_("Invite a colleague"),
        errors=errors,
        error_of={error.field: error.text for error in errors},
        sent=sent,
        ticked=tuple(name for name in RIGHTS if name in request.POST),
        seat_options=options if running else [],
        rights=right_options(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administering_page
def one_colleague(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Somebody of the organisation, and the form for what is known about them and what they may do."""
    person = colleague_with(person_id, place=place)
    if request.method != "POST":
        return show_colleague(request, place, person)
    sent = {"name": name_in(request.POST)} | _texts(request, "phone", "title")
    values: dict[str, str | bool] = {**sent, **{name: name in request.POST for name in RIGHTS}}
    if errors := tuple(name_errors(sent["name"], known=person.name)):
        return show_colleague(request, place, person, values=values, errors=errors)
    try:
        profile, seen = cast("PersonProfile", values), request.POST.get("seen", "")
        describe_colleague(person, profile=profile, seen=seen, by=place.by, now=place.now)
    except ChangedMeanwhileError:
        text = _("Somebody has changed this since you opened the page. Look at what holds now, then save again")
        errors = (FieldError(field="person-form", text=text),)
        return show_colleague(request, place, colleague_with(person_id, place=place), values=values, errors=errors)
    except LastAdministratorError:
        errors = (FieldError(field="rights", text=_last_administrator()),)
        return show_colleague(request, place, colleague_with(person_id, place=place), values=values, errors=errors)
    except OwnApprovalError:
        values["may_approve"] = False
        return show_colleague(request, place, person, values=values, errors=(_own_approval(),))
    messages.success(request, _("The changes are saved."))
    return _to(place, person)


@require_POST
@administering_page
def leaving(request: HttpRequest, place: CustomerPlace, person_id: int) -> HttpResponse:
    """Somebody has left, or comes back."""
    person = colleague_with(person_id, place=place)
    if request.POST.get("back"):
        return _come_back(request, place, person)
    try:
        remove_colleague(person, by=place.by, now=place.now)
    except LastAdministratorError:
        messages.error(request, _last_administrator())
        return _to(place, person)
    messages.success(request, _("%(name)s has no access any more.") % {"name": person.name})
    if person.pk == place.viewer.person_id:
        return HttpResponseRedirect("/", status=HTTPStatus.SEE_OTHER)
    return HttpResponseRedirect(portal_url("organisation", place), status=HTTPStatus.SEE_OTHER)


def _come_back(request: HttpRequest, place: CustomerPlace, person: Person) -> HttpResponse:
    if person.is_active:
        raise Http404
    try:
        profile = PersonProfile(name=person.name)
        invite(organisation_at(place), email=person.email, profile=profile, by=place.by, now=place.now)
    except InvitationRefusedError as error:
        messages.error(request, _fault(error.faults[0]).text)
    else:
        messages.success(request, _("%(name)s has access again.") % {"name": person.name})
    return _to(place, person)


def show_colleague(
    request: HttpRequest,
    place: CustomerPlace,
    person: Person,
    *,
    values: Mapping[str, str | bool] | None = None,
    sent: Mapping[str, str] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    """The person's page, with whatever was sent and is at fault."""
    shown = values or values_of(person)
    is_stale = any(error.field == "person-form" for error in errors)
    return show(
        request,
        place,
        "organisation/colleague",
        part=ORGANISATION,
        title=person.name,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        page=colleague_page(person, place=place, language=language(), values=shown, sent=sent),
        # An error keeps what its writer saw: saving again is no way past a colleague's change.
        seen=(not is_stale and request.POST.get("seen")) or mark_of(person),
        now_holds=values_of(person) if is_stale else None,
        ticked=tuple(name for name in RIGHTS if shown[name]),
        rights=right_options(),
    )


def _texts(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: one_line(clean(request.POST.get(name, "")))[: _LONGEST.get(name, 40)] for name in names}


def _profile(request: HttpRequest, sent: Mapping[str, str]) -> PersonProfile:
    rights = {name: name in request.POST for name in RIGHTS}
    return cast("PersonProfile", {"name": sent["name"], "phone": sent["phone"], "title": sent["title"], **rights})


def _fault(why: InvitationFault) -> FieldError:
    texts = {
        InvitationFault.NO_NAME: ("name", name_words(NameFault.MISSING)),
        InvitationFault.LONG_NAME: ("name", name_words(NameFault.TOO_LONG)),
        InvitationFault.NOT_A_NAME: ("name", name_words(NameFault.ADDRESS)),
        InvitationFault.NO_ADDRESS: ("email", _("Write a mail address, like name@municipality.example")),
        InvitationFault.THERE_ALREADY: ("email", _("Somebody with this address is in your organisation already")),
        InvitationFault.ACCOUNT_CLOSED: ("email", _("We have closed this account. Contact us to have it opened again")),
    }
    field, text = texts[why]
    return FieldError(field=field, text=text)


def _own_approval() -> FieldError:
    text = _("Nobody gives themselves the right to approve costs. Ask another administrator, or us.")
    return FieldError(field="rights", text=text)


def _last_administrator() -> str:
    return _("Somebody has to administer the organisation. Give a colleague the right first.")


def _to(place: CustomerPlace, person: Person) -> HttpResponse:
    url = portal_url("colleague", place, person_id=str(person.pk))
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)
