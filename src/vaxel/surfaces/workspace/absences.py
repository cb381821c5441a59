"""Days on which colleagues are away, and who steps in for them. All see them; each plans their own, administrators
everybody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from babel.dates import format_date
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.people.absences import (
    AbsenceError,
    AbsenceMissingError,
    Away,
    absences_from,
    active_staff,
    be_away,
    be_back,
)
from vaxel.domain.people.models import Absence
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Option
from vaxel.surfaces.ui.typed import day_in
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.leaving import leavers_of, leaving_url


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """An absence in the list. `stand_in` is empty when nobody steps in."""

    who: str
    first_day: str
    last_day: str
    runs: bool
    stand_in: str
    #: Ends it; empty for those that are not the viewer's to end.
    end_url: str
    #: Where what they have is handed on; empty for whoever may not.
    leaving_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form, as it was typed."""

    staff: str
    first_day: str = ""
    last_day: str = ""
    stand_in: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def absences(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The list, and the form that plans one; two queries."""
    own = str(place.viewer.staff_id)
    if request.method != "POST":
        return _show(request, place, Typed(staff=own))
    given = request.POST
    typed = Typed(
        staff=given.get("staff", own) if place.viewer.may_administer else own,
        first_day=given.get("first_day", ""),
        last_day=given.get("last_day", ""),
        stand_in=given.get("stand_in", ""),
    )
    away, errors = _away(typed)
    if away is None:
        return _show(request, place, typed, errors=errors)
    try:
        be_away(scope=place.scope, staff_id=number_in(typed.staff) or 0, away=away, by=place.by, now=place.now)
    except AbsenceError:
        errors = (FieldError(field="stand_in", text=_("Choose a colleague who works here and is somebody else")),)
        return _show(request, place, typed, errors=errors)
    say(request, _("The absence is planned."))
    return HttpResponseRedirect(workspace_url("absences", place), status=HTTPStatus.SEE_OTHER)


def _away(typed: Typed) -> tuple[Away | None, tuple[FieldError, ...]]:
    """What was typed as days; None with what is wrong."""
    first, last = day_in(typed.first_day), day_in(typed.last_day)
    if first is None:
        return None, (FieldError(field="first_day", text=_("Choose the first day")),)
    if last is None or last < first:
        return None, (FieldError(field="last_day", text=_("Choose a last day that is not before the first one")),)
    return Away(first_day=first, last_day=last, stand_in_id=number_in(typed.stand_in)), ()


@require_POST
@staff_page
def end(request: HttpRequest, place: StaffPlace, absence_id: int) -> HttpResponse:
    """Somebody is back, or goes nowhere."""
    own = None if place.viewer.may_administer else place.viewer.staff_id
    try:
        be_back(scope=place.scope, absence_id=absence_id, staff_id=own, by=place.by, now=place.now)
    except AbsenceMissingError:
        raise Http404 from None
    say(request, _("The absence is taken away. Questions go where they usually go."))
    return HttpResponseRedirect(workspace_url("absences", place), status=HTTPStatus.SEE_OTHER)


def _show(request: HttpRequest, place: StaffPlace, typed: Typed, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    today = place.now.astimezone(labels.zone).date()
    staff = [Option(value=str(pk), label=name) for pk, name in active_staff(place.scope).items()]
    return show(
        request,
        place,
        "absences",
        labels=labels,
        rows=[_row(one, place=place, labels=labels, today=today) for one in absences_from(place.scope, today=today)],
        typed=typed,
        leaving_url=leaving_url(place, staff_id=place.viewer.staff_id),
        leavers=leavers_of(place),
        staff=staff if place.viewer.may_administer else (),
        stand_ins=[one for one in staff if one.value != typed.staff or place.viewer.may_administer],
        errors=errors,
        by_field={each.field: each.text for each in errors},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _row(absence: Absence, *, place: StaffPlace, labels: Labels, today: date) -> AbsenceRow:
    is_own = absence.staff_id == place.viewer.staff_id
    return AbsenceRow(
        who=absence.staff.name,
        first_day=format_date(absence.starts_on, "d MMMM y", locale=labels.language),
        last_day=format_date(absence.ends_on, "d MMMM y", locale=labels.language),
        runs=absence.starts_on <= today,
        stand_in="" if absence.stand_in is None else absence.stand_in.name,
        end_url=(
            workspace_url("absence_end", place, absence_id=str(absence.pk))
            if is_own or place.viewer.may_administer
            else ""
        ),
        leaving_url=leaving_url(place, staff_id=absence.staff_id),
    )
