"""Who is account manager and the like: for all customers that have nobody of their own, and for one customer."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.directory import holders_of
from vaxel.domain.people.models import Organisation, RoleHolder
from vaxel.domain.people.staffing import hold_role, release_role, seen_holder
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.workspace.settings.choosing import Chooser, chooser, chosen_staff
from vaxel.surfaces.workspace.settings.frame import Settings, changed_meanwhile, settings_page, show, to
from vaxel.surfaces.workspace.settings.organisations import organisation_or_404, trail_to


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRole:
    """A role of the policy, and who holds it for all that have nobody of their own."""

    role: str
    #: Empty when nobody does.
    holder: str
    url: str


@require_safe
@settings_page
def roles(request: HttpRequest, at: Settings) -> HttpResponse:
    """The desk's own holders; one query."""
    held = holders_of(at.place.scope)
    names = {**{role: role for role in held}, **at.labels.names.roles}
    rows = [
        DeskRole(role=label, holder=held[role].staff.name if role in held else "", url=at.url("role", role=role))
        for role, label in names.items()
    ]
    return show(request, at, "roles", title=_("Roles"), rows=rows, organisations_url=at.url("organisations"))


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def of_desk(request: HttpRequest, at: Settings, role: str) -> HttpResponse:
    """Choose who holds a role where a customer has nobody of its own."""
    return _choose(request, at, role, organisation=None, back=at.url("roles"))


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def of_organisation(request: HttpRequest, at: Settings, organisation_id: int, role: str) -> HttpResponse:
    """Choose who holds a role for one customer."""
    known = organisation_or_404(organisation_id, at)
    return _choose(request, at, role, organisation=known, back=at.url("organisation", organisation_id=known.pk))


def _choose(
    request: HttpRequest, at: Settings, role: str, *, organisation: Organisation | None, back: str
) -> HttpResponse:
    own = holders_of(at.place.scope, organisation_id=None if organisation is None else organisation.pk)
    if role not in at.labels.names.roles and role not in own:
        raise Http404
    known = own.get(role)
    if request.method != "POST":
        return _show(request, at, role, known, organisation, field=chooser(at, chosen=known.staff if known else None))
    if "find" in request.POST:
        return _show(request, at, role, known, organisation, field=chooser(at, sent=request.POST))
    try:
        said = _keep(request, at, role, organisation)
    except ChangedMeanwhileError:
        said = None
    if said is None:
        fresh = holders_of(at.place.scope, organisation_id=None if organisation is None else organisation.pk).get(role)
        same = seen_holder(fresh) == request.POST.get("seen")
        fault = FieldError(field="staff_words", text=_("Choose one of the staff")) if same else changed_meanwhile()
        field = chooser(at, sent=request.POST)
        return _show(request, at, role, fresh, organisation, field=field, errors=(fault,))
    return to(back, request, said)


def _keep(request: HttpRequest, at: Settings, role: str, organisation: Organisation | None) -> str | None:
    """Give the role or take it back; what was done in words, None when nobody was chosen."""
    seen, by, now = request.POST.get("seen", ""), at.place.by, at.place.now
    label = at.labels.names.roles.get(role, role)
    if request.POST.get("staff") == "nobody":
        release_role(desk_id=at.place.desk.pk, role=role, organisation=organisation, seen=seen, by=by, now=now)
        return _("%(role)s: nobody in particular now.") % {"role": label}
    staff = chosen_staff(at, request.POST)
    if staff is None:
        return None
    hold_role(staff, role=role, organisation=organisation, seen=seen, by=by, now=now)
    return _("%(role)s: %(name)s.") % {"role": label, "name": staff.name}


def _show(
    request: HttpRequest,
    at: Settings,
    role: str,
    known: RoleHolder | None,
    organisation: Organisation | None,
    *,
    field: Chooser,
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    trail = trail_to(organisation, at) if organisation else (Link(label=_("Roles"), url=at.url("roles")),)
    return show(
        request,
        at,
        "role",
        title=at.labels.names.roles.get(role, role),
        trail=trail,
        errors=errors,
        chooser=field,
        holder="" if known is None else known.staff.name,
        organisation="" if organisation is None else organisation.name,
        seen=seen_holder(known),
    )
