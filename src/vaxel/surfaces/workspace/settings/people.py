"""People at customers: finding anybody, and letting somebody in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vaxel.domain.administration.inviting import InvitationFault, InvitationRefusedError, OwnApprovalError, invite
from vaxel.domain.administration.people_list import NameFault
from vaxel.domain.administration.seating import ask_for_seat
from vaxel.domain.people.appointing import PersonProfile
from vaxel.domain.people.directory import people_listed
from vaxel.domain.people.models import Agreement, Organisation, Person, Seat
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.naming import name_in, name_words
from vaxel.surfaces.ui.rights import RIGHTS, right_options
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.workspace.frame import say
from vaxel.surfaces.workspace.settings.frame import Settings, line, pager_of, search_of, settings_page, show, to
from vaxel.surfaces.workspace.settings.organisations import agreement_now, organisation_or_404, trail_to

_LONGEST: Final[Mapping[str, int]] = {"email": 254, "phone": 40, "title": 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody in the list."""

    name: str
    email: str
    title: str
    organisation: str
    url: str
    is_contact: bool
    #: What they may do beyond asking, in words.
    may: str


@require_safe
@settings_page
def everybody(request: HttpRequest, at: Settings) -> HttpResponse:
    """Everybody at all customers; two queries."""
    return _show_list(request, at, title=_("People at customers"))


@require_safe
@settings_page
def of_organisation(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """Everybody at one customer; four queries."""
    known = organisation_or_404(organisation_id, at)
    return _show_list(request, at, title=_("People at %(organisation)s") % {"organisation": known.name}, known=known)


def _show_list(request: HttpRequest, at: Settings, *, title: str, known: Organisation | None = None) -> HttpResponse:
    search = search_of(request)
    scope = at.place.scope if known is None else Scope(at.place.desk.pk, known.pk)
    listed = people_listed(scope, words=search.words, left=search.other, at=search.at)
    return show(
        request,
        at,
        "people",
        title=title,
        trail=() if known is None else trail_to(known, at),
        search=search,
        rows=[_row(each, at=at) for each in listed.rows],
        is_one=known is not None,
        pager=pager_of(listed, search),
        new_url="" if known is None else at.url("person_new", organisation_id=known.pk),
    )


def _row(person: Person, *, at: Settings) -> PersonRow:
    labels = {each.value: each.label for each in right_options()}
    return PersonRow(
        name=person.name,
        email=person.email,
        title=person.title,
        organisation=person.organisation.name,
        url=at.url("person", organisation_id=person.organisation_id, person_id=person.pk),
        is_contact=bool(getattr(person, "has_seat", False)),
        may=", ".join(labels[name] for name in RIGHTS if getattr(person, name)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """Let somebody in, as a support contact at once where there is an agreement; they get a mail."""
    known = organisation_or_404(organisation_id, at)
    agreement = agreement_now(list(known.agreements.all()), today=at.today)
    if request.method != "POST":
        return _show_new(request, at, known, agreement, {"language": at.place.desk.languages[0]})
    texts = {name: line(request.POST, name, most=_LONGEST.get(name, 10)) for name in (*_LONGEST, "language")}
    sent = {"name": name_in(request.POST), **texts}
    try:
        person = invite(
            known,
            email=sent["email"],
            profile=profile_of(request, sent),
            language=sent["language"] if sent["language"] in at.place.desk.languages else "",
            by=at.place.by,
            now=at.place.now,
        )
    except InvitationRefusedError as error:
        return _show_new(request, at, known, agreement, sent, errors=_faults(error))
    except OwnApprovalError:
        return _show_new(request, at, known, agreement, sent, errors=[own_approval()])
    if agreement is not None and "seat" in request.POST:
        say(request, give_seat(person, agreement, at=at))
    url = at.url("person", organisation_id=known.pk, person_id=person.pk)
    return to(url, request, _("%(name)s is let in, and gets a mail.") % {"name": person.name})


def give_seat(person: Person, agreement: Agreement, *, at: Settings) -> str:
    """A seat, or a place in the line for one; what came of it in words."""
    got = ask_for_seat(person, agreement=agreement, by=at.place.by, now=at.place.now)
    is_seat = isinstance(got, Seat)
    said = _("%(name)s is support contact now.") if is_seat else _("All seats are taken: %(name)s waits in line.")
    return said % {"name": person.name}


def profile_of(request: HttpRequest, sent: Mapping[str, str]) -> PersonProfile:
    """What the form says about somebody, with the rights that are ticked."""
    rights = {name: name in request.POST for name in RIGHTS}
    return cast("PersonProfile", {"name": sent["name"], "phone": sent["phone"], "title": sent["title"], **rights})


def _show_new(
    request: HttpRequest,
    at: Settings,
    known: Organisation,
    agreement: Agreement | None,
    sent: Mapping[str, str],
    *,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    return show(
        request,
        at,
        "person_new",
        title=_("Let somebody in"),
        trail=trail_to(known, at),
        errors=errors,
        sent=sent,
        organisation=known.name,
        rights=right_options(),
        ticked=[name for name in RIGHTS if name in request.POST],
        wants_seat=request.method != "POST" or "seat" in request.POST,
        plan="" if agreement is None else at.names(at.labels.names.plans, [agreement.plan]),
        language_options=[
            Option(value=each, label={"sv": _("Swedish"), "en": _("English")}.get(each, each))
            for each in at.place.desk.languages
        ],
    )


def own_approval() -> FieldError:
    """Said to whoever would give themselves the right to a yes."""
    return FieldError(field="rights", text=_("Nobody gives themselves the right to approve costs. Ask a colleague."))


def _faults(error: InvitationRefusedError) -> list[FieldError]:
    """All of them, in the order of the form."""
    return sorted((_fault(each) for each in error.faults), key=lambda one: ("name", *_LONGEST).index(one.field))


def _fault(why: InvitationFault) -> FieldError:
    texts = {
        InvitationFault.NO_NAME: ("name", name_words(NameFault.MISSING)),
        InvitationFault.LONG_NAME: ("name", name_words(NameFault.TOO_LONG)),
        InvitationFault.NOT_A_NAME: ("name", name_words(NameFault.ADDRESS)),
        InvitationFault.NO_ADDRESS: ("email", _("Write a mail address, like name@municipality.example")),
        InvitationFault.THERE_ALREADY: ("email", _("Somebody with this address is at the organisation already")),
        InvitationFault.ACCOUNT_CLOSED: ("email", _("The account with this address is closed")),
    }
    field, text = texts[why]
    return FieldError(field=field, text=text)
