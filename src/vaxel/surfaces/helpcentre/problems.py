"""Known problems and operating notices in the help centre: what goes on, what is planned, what is known."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.people.viewers import CustomerViewer, StaffViewer
from vaxel.domain.problems.known import ProblemMissingError
from vaxel.domain.problems.queries import Told, is_affected, notices_shown, problem_told, shown_problems
from vaxel.surfaces.helpcentre.frame import help_url, show, whole
from vaxel.surfaces.helpcentre.place import HelpPlace, help_page
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.desk_news import Reading, notice_shown, problem_shown
from vaxel.surfaces.ui.taken_back import taken_back

#: More than anybody reads; a desk with more has another problem.
_MOST = 50


@require_safe
@help_page
def problems(request: HttpRequest, place: HelpPlace) -> HttpResponse:
    """Everything that is known; two queries."""
    reading = Reading(place.desk, place.language, place.now)
    found = shown_problems(desk_id=place.desk.pk, now=place.now)[:_MOST]
    notices = notices_shown(desk_id=place.desk.pk, now=place.now)[:_MOST]
    rows = [problem_shown(Told(each, ()), reading=reading) for each in found]
    return show(
        request,
        place,
        "problems",
        title=_("Known problems and notices"),
        problems=[
            (each, help_url("problem", place, language=place.language, number=str(each.number))) for each in rows
        ],
        notices=[notice_shown(each, reading=reading) for each in notices],
        home_url=help_url("home", place, language=place.language),
        canonical=whole(help_url("problems", place, language=place.language)),
    )


@require_safe
@help_page
def problem(request: HttpRequest, place: HelpPlace, number: int) -> HttpResponse:
    """One problem with all that was told about it."""
    try:
        told = problem_told(desk_id=place.desk.pk, number=number)
    except ProblemMissingError:
        raise Http404 from None
    viewer = place.viewer
    said = isinstance(viewer, CustomerViewer) and is_affected(person_id=viewer.person_id, problem_id=told.problem.pk)
    shown = problem_shown(told, reading=Reading(place.desk, place.language, place.now))
    is_known = isinstance(viewer, CustomerViewer)
    return show(
        request,
        place,
        "problem",
        title=shown.title,
        problem=shown,
        said_me_too=said,
        is_taken_back=is_known and not said and taken_back(request) is not None,
        may_say=shown.is_open and not isinstance(viewer, StaffViewer),
        me_too_url=address("portal:me_too", desk=place.desk.slug, number=number) if is_known else "",
        language=place.language,
        list_url=help_url("problems", place, language=place.language),
        canonical=whole(help_url("problem", place, language=place.language, number=str(number))),
    )
