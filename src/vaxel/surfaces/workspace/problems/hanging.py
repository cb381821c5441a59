"""A ticket is put to the known problem that it is about, or taken from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.problems.known import ProblemClosedError, ProblemMissingError, hang_ticket, unhang_ticket
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.frame import say


@require_POST
@staff_page
def hanging(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """With an empty choice the ticket is about no known problem."""
    ticket, chosen = number_of(place.desk, name), request.POST.get("problem", "")
    problem = number_in(chosen)
    if chosen and problem is None:
        raise Http404
    try:
        if problem is None:
            unhang_ticket(scope=place.scope, ticket_number=ticket, by=place.by, now=place.now)
            done = _("The ticket is about no known problem.")
        else:
            hang_ticket(scope=place.scope, ticket_number=ticket, problem_number=problem, by=place.by, now=place.now)
            done = _("The ticket hangs on the problem. Whoever asked hears what we tell about it.")
    except (TicketMissingError, ProblemMissingError):
        raise Http404 from None
    except ProblemClosedError:
        done = _("The problem is closed, so nothing was changed.")
    say(request, done)
    return back(request, place, name)
