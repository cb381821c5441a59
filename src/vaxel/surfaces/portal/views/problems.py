"""“I meet this too”: said instead of asking, confirmed, and taken back. Who says it in the help centre stays there."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.problems import known
from vaxel.domain.problems.known import ProblemClosedError, ProblemMissingError
from vaxel.domain.problems.queries import colleagues_affected, is_affected, problem_told
from vaxel.surfaces.portal.frame import ASK, language, portal_url, show
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.desk_news import Reading, problem_shown
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.taken_back import taken_back, tell_taken_back

_SALT: Final = "vaxel.problems.taken-back"
#: Seconds for which what was taken back can be said again in one press.
_UNDO: Final = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def me_too(request: HttpRequest, place: CustomerPlace, number: int) -> HttpResponse:
    """The problem, who here has said so, the way back from it, and the way to a question of their own."""
    if request.method == "POST":
        return HttpResponseRedirect(_answered(request, place, number), status=HTTPStatus.SEE_OTHER)
    try:
        told = problem_told(desk_id=place.desk.pk, number=number)
    except ProblemMissingError:
        raise Http404 from None
    problem = problem_shown(told, reading=Reading(place.desk, language(), place.now))
    said = is_affected(person_id=place.viewer.person_id, problem_id=told.problem.pk)
    undo = taken_back(request)
    return show(
        request,
        place,
        "me_too",
        part=ASK,
        title=_("We have noted it") if said else problem.title,
        problem=problem,
        said=said,
        colleagues=_colleagues(place, told.problem.pk),
        is_taken_back=undo is not None and not said,
        undo=undo or "",
        ask_url=portal_url("ask", place),
        home_url=portal_url("home", place),
        me_too_url=portal_url("me_too", place, number=str(number)),
        help_url=_in_help_centre(place, number, spoken=language()),
    )


def _answered(request: HttpRequest, place: CustomerPlace, number: int) -> str:
    """Where to go after what was pressed was done: the page that it was pressed on."""
    page = _in_help_centre(place, number, spoken=request.POST.get("help", ""))
    page = f"{page}#said" if page else portal_url("me_too", place, number=str(number))
    try:
        taken = _done(request, place, number)
    except ProblemMissingError:
        raise Http404 from None
    except ProblemClosedError:
        # Fixed a moment ago: the page says so.
        return page
    if taken is not None:
        token = signing.dumps([place.viewer.organisation_id, number, *taken], salt=_SALT)
        tell_taken_back(request, undo=token if taken else "")
    return page


def _in_help_centre(place: CustomerPlace, number: int, *, spoken: str) -> str:
    """The problem's page there; empty where there is none in this language."""
    if not place.desk.has_manual or spoken not in place.desk.languages:
        return ""
    return address("helpcentre:problem", desk=place.desk.slug, language=spoken, number=str(number))


def _done(request: HttpRequest, place: CustomerPlace, number: int) -> Sequence[int] | None:
    """Whose “me too” was taken back, nobody's when another tab has done so before; None when it was said."""
    scope, person_id, by, now = place.scope, place.viewer.person_id, place.by, place.now
    match request.POST.get("meets", "i"):
        case "not-i":
            return known.not_me(person_id=person_id, scope=scope, problem_number=number, by=by, now=now)
        case "nobody":
            if not _speaks_for_all(place):
                raise Http404
            return known.not_us(scope=scope, problem_number=number, by=by, now=now)
        case "again":
            people = _taken(request.POST.get("undo", ""), place, number)
            known.us_too(person_ids=people, scope=scope, problem_number=number, by=by, now=now)
        case _:
            known.me_too(person_id=person_id, scope=scope, problem_number=number, by=by, now=now)
    return None


def _speaks_for_all(place: CustomerPlace) -> bool:
    """Whoever reads what colleagues ask, or helps them first."""
    return place.viewer.rights.sees_organisation or place.viewer.is_local_contact


def _colleagues(place: CustomerPlace, problem_id: int) -> Sequence[str]:
    if not _speaks_for_all(place):
        return ()
    return colleagues_affected(place.scope, person_id=place.viewer.person_id, problem_id=problem_id)


def _taken(undo: str, place: CustomerPlace, number: int) -> Sequence[int]:
    """The persons in what a page of ours sent back; none when it was made for another organisation or problem."""
    try:
        organisation_id, of_problem, *people = signing.loads(undo, salt=_SALT, max_age=_UNDO)
    except (signing.BadSignature, ValueError):
        return ()
    return people if (organisation_id, of_problem) == (place.viewer.organisation_id, number) else ()
