"""What is done to a ticket: each a POST that calls one door and leads back to the page.

Their buttons belong to the box of answers: what stands in it comes along and is kept.

When somebody else was faster nothing is done: the page comes back (409), says what has happened since, and keeps
every word that was written (trust 75).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.lifecycle import NotHereError, NotPossibleError
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.composer import read_written
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.heading import CHOSEN
from vaxel.surfaces.workspace.listing import Listing
from vaxel.surfaces.workspace.page import Trouble, show_ticket
from vaxel.surfaces.workspace.unsent import keep_unsent

Door = Callable[..., Ticket]


@require_POST
@staff_page
def assignment(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Give the ticket to somebody, take it, or put it back."""
    chosen = request.POST.get("staff", "")
    staff_id = number_in(chosen)
    if chosen and staff_id is None:
        raise Http404
    done = _("The ticket has changed hands.") if chosen else _("Nobody has the ticket now.")
    if staff_id == place.viewer.staff_id:
        done = _("The ticket is yours.")
    return _change(request, place, name, lifecycle.assign, done, staff_id=staff_id)


@require_POST
@staff_page
def status(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Open, waiting for the customer, or waiting for somebody else."""
    chosen = next((each for each in CHOSEN if each.value == request.POST.get("status")), None)
    if chosen is None:
        raise Http404
    return _change(request, place, name, lifecycle.set_status, _("The status is changed."), status=chosen)


@require_POST
@staff_page
def priority(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Another priority; the promises follow."""
    chosen = request.POST.get("priority", "")
    done = _("The priority is changed, and the promises follow it.")
    return _change(request, place, name, lifecycle.set_priority, done, priority=chosen)


@require_POST
@staff_page
def solution(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Solve the ticket."""
    done = _("%(name)s is solved.") % {"name": name.upper()}
    return _change(request, place, name, lifecycle.solve, done, undo=True)


@require_POST
@staff_page
def closure(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Close the ticket for good."""
    done = _("%(name)s is closed.") % {"name": name.upper()}
    return _change(request, place, name, lifecycle.close, done, undo=True)


@require_POST
@staff_page
def reopening(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Open again: also the way back from solving and closing by mistake."""
    return _change(request, place, name, lifecycle.reopen, _("The ticket is open again."), versioned=False)


def _change(
    request: HttpRequest,
    place: StaffPlace,
    name: str,
    door: Door,
    done: str,
    *,
    undo: bool = False,
    versioned: bool = True,
    **wanted: Any,
) -> HttpResponse:
    written = read_written(request.POST)
    if problems := keep_unsent(request, place, name, written):
        trouble = Trouble(title=_("There is a problem"), errors=problems)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if versioned:
        wanted["seen_version"] = written.seen_version
    try:
        door(scope=place.scope, number=number_of(place.desk, name), by=place.by, now=place.now, **wanted)
    except (TicketMissingError, NotHereError):
        raise Http404 from None
    except ChangedMeanwhileError:
        return show_ticket(
            request,
            place,
            name,
            trouble=changed_meanwhile(_("Look at it, and do it again if it is still right."), since=written.seen_event),
            status=HTTPStatus.CONFLICT,
        )
    except NotPossibleError:
        trouble = Trouble(
            title=_("That is not possible now"), text=_("Somebody has changed the status. Look at it, and try again.")
        )
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    say(request, done, undo_url=workspace_url("reopening", place, name=name) if undo else "")
    return back(request, place, name)


def changed_meanwhile(advice: str, *, since: int) -> Trouble:
    """Somebody was faster: nothing was done."""
    title = _("Somebody has changed the ticket meanwhile. Nothing was sent or changed.")
    return Trouble(title=title, text=advice, tell_since=since)


def back(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """To the ticket's page, beside the same list."""
    address = workspace_url("ticket", place, name=name) + Listing.of(request).query()
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
