"""“I meet this too”: said instead of asking, and confirmed."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.problems import known
from vaxel.domain.problems.known import ProblemClosedError, ProblemMissingError
from vaxel.domain.problems.queries import is_affected, problem_told
from vaxel.surfaces.portal.frame import ASK, language, portal_url, show
from vaxel.surfaces.ui.desk_news import Reading, problem_shown
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def me_too(request: HttpRequest, place: CustomerPlace, number: int) -> HttpResponse:
    """The problem, whether this person has said so, and the way to a question of their own."""
    if request.method == "POST":
        try:
            known.me_too(
                person_id=place.viewer.person_id, scope=place.scope, problem_number=number, by=place.by, now=place.now
            )
        except ProblemMissingError:
            raise Http404 from None
        except ProblemClosedError:
            # Fixed a moment ago: the page says so.
            pass
        return HttpResponseRedirect(portal_url("me_too", place, number=str(number)), status=HTTPStatus.SEE_OTHER)
    try:
        told = problem_told(desk_id=place.desk.pk, number=number)
    except ProblemMissingError:
        raise Http404 from None
    problem = problem_shown(told, reading=Reading(place.desk, language(), place.now))
    said = is_affected(person_id=place.viewer.person_id, problem_id=told.problem.pk)
    return show(
        request,
        place,
        "me_too",
        part=ASK,
        title=_("We have noted it") if said else problem.title,
        problem=problem,
        said=said,
        ask_url=portal_url("ask", place),
        home_url=portal_url("home", place),
        me_too_url=portal_url("me_too", place, number=str(number)),
    )
