"""The desk's own people: who works here, what they answer, what they may do, and leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.notices.staff_invitations import AccountClosedError, invite_staff
from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.directory import staff_known, staff_listed
from vaxel.domain.people.models import Staff
from vaxel.domain.people.staffing import (
    LastAdministratorError,
    StaffProfile,
    WorksHereError,
    describe_staff,
)
from vaxel.surfaces.ui.gate import used_second_factor
from vaxel.surfaces.ui.naming import name_errors, name_in
from vaxel.surfaces.ui.shapes import FieldError, Link, Option
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.settings.frame import (
    Settings,
    changed_meanwhile,
    found,
    line,
    pager_of,
    search_of,
    seen_by,
    settings_page,
    show,
    to,
)
from vaxel.surfaces.workspace.settings.happened import lately

#: What may be ticked, by the name of its field.
_RIGHTS: Final = ("may_administer", "may_edit_manual")
_TEXTS: Final = {"title": 120, "phone": 40}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """Somebody in the list."""

    name: str
    email: str
    title: str
    answers: str
    may: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffForm:
    """What stands in the fields, as it was typed."""

    name: str = ""
    title: str = ""
    phone: str = ""
    roles: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()

    def profile(self) -> StaffProfile:
        """As the doors take it."""
        rights = {name: name in self.rights for name in _RIGHTS}
        texts = {"name": self.name, "title": self.title, "phone": self.phone}
        return cast("StaffProfile", {**texts, "roles": list(self.roles), **rights})


@require_safe
@settings_page
def staff_list(request: HttpRequest, at: Settings) -> HttpResponse:
    """Everybody who works here; one query, two further on."""
    search = search_of(request)
    listed = staff_listed(at.place.scope, words=search.words, left=search.other, at=search.at)
    return show(
        request,
        at,
        "staff_list",
        title=_("Staff"),
        search=search,
        rows=[_row(each, at=at) for each in listed.rows],
        pager=pager_of(listed, search),
        new_url=at.url("staff_new"),
        needs_second=at.place.desk.staff_need_second_factor,
        has_used_second=used_second_factor(request),
        second_url=at.url("second_factor"),
    )


def _row(one: Staff, *, at: Settings) -> StaffRow:
    labels = {each.value: each.label for each in _right_options()}
    return StaffRow(
        name=one.name,
        email=one.account.email,
        title=one.title,
        answers=at.names(at.labels.names.destinations, one.roles),
        may=", ".join(labels[name] for name in _RIGHTS if getattr(one, name)),
        url=at.url("staff", staff_id=one.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings) -> HttpResponse:
    """Let a colleague in; they get a mail with the way to sign in."""
    if request.method != "POST":
        return _show(request, at, StaffForm())
    form, email = _read(request.POST, at=at), line(request.POST, "email", most=254).lower()
    errors = _problems(form, email=email)
    if errors:
        return _show(request, at, form, email=email, errors=errors)
    try:
        made = invite_staff(at.place.desk, email=email, profile=form.profile(), by=at.place.by, now=at.place.now)
    except (AccountClosedError, WorksHereError) as error:
        text = _("Somebody with this address is among the staff, or among those who have left")
        if isinstance(error, AccountClosedError):
            text = _("The account with this address is closed")
        return _show(request, at, form, email=email, errors=[FieldError(field="email", text=text)])
    return to(
        at.url("staff", staff_id=made.pk), request, _("%(name)s is let in, and gets a mail.") % {"name": made.name}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def one(request: HttpRequest, at: Settings, staff_id: int) -> HttpResponse:
    """One of the staff."""
    known = found(staff_known(at.place.scope, staff_id=staff_id))
    if request.method != "POST":
        return _show(request, at, _form_of(known), known=known)
    form = _read(request.POST, at=at, known=known)
    errors = _problems(form, email=None, known_name=known.name) or _describe(request, at, known, form)
    if errors:
        fresh = found(staff_known(at.place.scope, staff_id=staff_id))
        return _show(request, at, form, known=fresh, errors=errors)
    return to(at.url("staff", staff_id=known.pk), request, _("%(name)s is saved.") % {"name": known.name})


def _describe(request: HttpRequest, at: Settings, known: Staff, form: StaffForm) -> list[FieldError]:
    try:
        seen = request.POST.get("seen", "")
        describe_staff(known, profile=form.profile(), seen=seen, by=at.place.by, now=at.place.now)
    except ChangedMeanwhileError:
        return [changed_meanwhile()]
    except LastAdministratorError:
        return [FieldError(field="rights", text=_last_administrator())]
    return []


@require_POST
@settings_page
def leaving(request: HttpRequest, at: Settings, staff_id: int) -> HttpResponse:
    """Somebody has left, or comes back."""
    known = found(staff_known(at.place.scope, staff_id=staff_id))
    back, url = request.POST.get("back") == "yes", at.url("staff", staff_id=known.pk)
    try:
        describe_staff(known, profile={"is_active": back}, by=at.place.by, now=at.place.now)
    except LastAdministratorError:
        return to(url, request, _last_administrator())
    said = _("%(name)s works here again.") if back else _("%(name)s has no access any more. Look at their questions.")
    if known.pk == at.place.viewer.staff_id and not back:
        url = "/"
    return to(url, request, said % {"name": known.name})


def _last_administrator() -> str:
    return _("Somebody has to run the desk. Give a colleague the right first.")


def _form_of(known: Staff) -> StaffForm:
    return StaffForm(
        name=known.name,
        title=known.title,
        phone=known.phone,
        roles=tuple(known.roles),
        rights=tuple(name for name in _RIGHTS if getattr(known, name)),
    )


def _read(sent: QueryDict, *, at: Settings, known: Staff | None = None) -> StaffForm:
    """Only queues of the policy are taken, and those that somebody answers already."""
    answered = {*at.labels.names.queues, *(known.roles if known else ())}
    return StaffForm(
        name=name_in(sent),
        **{name: line(sent, name, most=most) for name, most in _TEXTS.items()},
        roles=tuple(each for each in dict.fromkeys(sent.getlist("roles")) if each in answered),
        rights=tuple(name for name in _RIGHTS if name in sent),
    )


def _problems(form: StaffForm, *, email: str | None, known_name: str = "") -> list[FieldError]:
    errors = name_errors(form.name, known=known_name)
    try:
        validate_email("a@b.example" if email is None else email)
    except ValidationError:
        errors.append(FieldError(field="email", text=_("Write a mail address, like name@vendor.example")))
    return errors


def _show(
    request: HttpRequest,
    at: Settings,
    form: StaffForm,
    *,
    known: Staff | None = None,
    email: str = "",
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    names = at.labels.names
    queues = {name: names.destinations[name] for name in names.destinations if name in names.queues}
    old = {name: name for name in form.roles if name not in queues}
    return show(
        request,
        at,
        "staff",
        title=_("New colleague") if known is None else known.name,
        trail=(Link(label=_("Staff"), url=at.url("staff_list")),),
        errors=errors,
        form=form,
        staff=known,
        email=email if known is None else known.account.email,
        seen=seen_by(request, known, errors),
        queues=[Option(value=name, label=label) for name, label in {**queues, **old}.items()],
        rights=_right_options(),
        happened=None if known is None else lately(at, staff_id=known.pk),
        leaving_url="" if known is None else at.url("staff_leaving", staff_id=known.pk),
        gaps_url=workspace_url("gaps", at.place),
    )


def _right_options() -> list[Option]:
    return [
        Option(value="may_administer", label=_("Runs the desk"), hint=_("Sees these settings and changes them.")),
        Option(
            value="may_edit_manual",
            label=_("Publishes articles"),
            hint=_("All staff may draft them; whoever runs the desk may publish too."),
        ),
    ]
