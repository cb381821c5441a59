"""Deliveries to customers: all of them, starting one, and who leads it until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vaxel.domain.people.changes import ChangedMeanwhileError
from vaxel.domain.people.directory import project_known, projects_listed
from vaxel.domain.people.models import Organisation, Project, Staff
from vaxel.domain.people.projects import ProjectPlan, plan_project, start_project
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.settings.choosing import Chooser, chooser, chosen_staff
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
from vaxel.surfaces.workspace.settings.organisations import organisation_or_404, project_row, trail_to

_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectForm:
    """What stands in the fields, as it was typed; who leads it is chosen beside."""

    name: str = ""
    starts_on: str = ""
    ends_on: str = ""

    def plan(self, manager: Staff) -> ProjectPlan:
        """As the doors take it; call it only when nothing is wrong."""
        starts_on = day_in(self.starts_on)
        if starts_on is None:
            raise ValueError("the form has faults")
        return {"name": self.name, "manager": manager, "starts_on": starts_on, "ends_on": day_in(self.ends_on)}


@require_safe
@settings_page
def projects(request: HttpRequest, at: Settings) -> HttpResponse:
    """Those that run or are to come, or those that are over; one query, two further on."""
    search = search_of(request)
    listed = projects_listed(at.place.scope, words=search.words, over=search.other, today=at.today, at=search.at)
    return show(
        request,
        at,
        "projects",
        title=_("Projects"),
        search=search,
        rows=[project_row(each, at=at, organisation=each.organisation.name) for each in listed.rows],
        pager=pager_of(listed, search),
        organisations_url=at.url("organisations"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def new(request: HttpRequest, at: Settings, organisation_id: int) -> HttpResponse:
    """Start a delivery to a customer."""
    known = organisation_or_404(organisation_id, at)
    if request.method != "POST":
        form = ProjectForm(starts_on=at.today.isoformat())
        return _show(request, at, known, form, field=chooser(at))
    form, manager = _read(request.POST), chosen_staff(at, request.POST)
    errors = [] if "find" in request.POST else _problems(form, manager)
    if errors or manager is None or "find" in request.POST:
        return _show(request, at, known, form, field=chooser(at, sent=request.POST), errors=errors)
    plan = form.plan(manager)
    started = start_project(known, name=form.name, plan=plan, by=at.place.by, now=at.place.now)
    url = at.url("organisation", organisation_id=known.pk)
    return to(url, request, _("%(name)s is started.") % {"name": started.name})


@require_http_methods(["GET", "HEAD", "POST"])
@settings_page
def project(request: HttpRequest, at: Settings, organisation_id: int, project_id: int) -> HttpResponse:
    """Who leads it, when it ends, what it is called."""
    known, one = organisation_or_404(organisation_id, at), _project(organisation_id, project_id, at)
    if request.method != "POST":
        return _show(request, at, known, _form_of(one), field=chooser(at, chosen=_manager(one, at)), one=one)
    form, manager = _read(request.POST), chosen_staff(at, request.POST)
    errors = [] if "find" in request.POST else _problems(form, manager)
    if not errors and manager is not None and "find" not in request.POST:
        errors = _plan(request, at, one, form.plan(manager))
        if not errors:
            url = at.url("organisation", organisation_id=known.pk)
            return to(url, request, _("%(name)s is saved.") % {"name": one.name})
    field = chooser(at, sent=request.POST)
    return _show(request, at, known, form, field=field, errors=errors, one=_project(organisation_id, project_id, at))


def _plan(request: HttpRequest, at: Settings, one: Project, plan: ProjectPlan) -> list[FieldError]:
    try:
        plan_project(one, plan=plan, seen=request.POST.get("seen", ""), by=at.place.by, now=at.place.now)
    except ChangedMeanwhileError:
        return [changed_meanwhile()]
    return []


def _project(organisation_id: int, project_id: int, at: Settings) -> Project:
    one = project_known(at.place.scope, project_id=project_id)
    return found(one if one is not None and one.organisation_id == organisation_id else None)


def _manager(one: Project, at: Settings) -> Staff:
    """With the address, which the field shows."""
    return Staff.objects.within(at.place.scope).select_related("account").get(pk=one.manager_id)


def _form_of(one: Project) -> ProjectForm:
    ends_on = "" if one.ends_on is None else one.ends_on.isoformat()
    return ProjectForm(name=one.name, starts_on=one.starts_on.isoformat(), ends_on=ends_on)


def _read(sent: QueryDict) -> ProjectForm:
    return ProjectForm(
        name=line(sent, "name", most=_LONGEST_NAME + 1),
        starts_on=line(sent, "starts_on", most=10),
        ends_on=line(sent, "ends_on", most=10),
    )


def _problems(form: ProjectForm, manager: Staff | None) -> list[FieldError]:
    starts_on, ends_on = day_in(form.starts_on), day_in(form.ends_on)
    checks = [
        ("name", 0 < len(form.name) <= _LONGEST_NAME, _("Write what the project is called, in at most 200 characters")),
        ("staff_words", manager is not None, _("Choose who leads the project")),
        ("starts_on", starts_on is not None, _("Choose the first day")),
        ("ends_on", not form.ends_on or ends_on is not None, _("Choose the last day, or leave it open")),
        (
            "ends_on",
            starts_on is None or ends_on is None or starts_on <= ends_on,
            _("Choose a last day that is not before the first"),
        ),
    ]
    return [FieldError(field=field, text=text) for field, is_right, text in checks if not is_right]


def _show(
    request: HttpRequest,
    at: Settings,
    known: Organisation,
    form: ProjectForm,
    *,
    field: Chooser,
    errors: Sequence[FieldError] = (),
    one: Project | None = None,
) -> HttpResponse:
    return show(
        request,
        at,
        "project",
        title=_("New project") if one is None else one.name,
        trail=trail_to(known, at),
        errors=errors,
        form=form,
        chooser=field,
        seen=seen_by(request, one, errors),
        happened=None if one is None else lately(at, project_id=one.pk),
    )
