"""The page of one ticket, and what its page tells the server by itself: read, and words not yet sent."""

from typing import Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.queries import mark_read, staff_ticket
from vaxel.domain.tickets.read_by import note_opened
from vaxel.surfaces.ui.afterwards import once_sent
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.kept_form import kept_form
from vaxel.surfaces.ui.moments import exact
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.answering import signed_out
from vaxel.surfaces.workspace.composer import read_written
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.page import show_ticket
from vaxel.surfaces.workspace.unsent import keep_words

#: Where the box of answers goes, by one or another of its buttons.
_FORMS: Final = tuple(
    f"{each}/" for each in ("conversation", "assignment", "status", "priority", "solution", "closure", "reopening")
)


@require_safe
@staff_page
def ticket(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """A ticket with its list, its conversation and its panel; who opened it is noted once the page has gone out."""
    kept = kept_form(request, now=place.now, below=_FORMS)
    written = None if kept is None or "body" not in kept else read_written(kept)
    response = show_ticket(request, place, name, written=written, trouble=signed_out(written))
    number = number_of(place.desk, name)
    once_sent(response, lambda: note_opened(scope=place.scope, number=number, by=place.by, now=place.now))
    return response


@require_POST
@staff_page
def read(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """The page was opened, told by script; or its reader says that they have seen everything on it."""
    try:
        seen = staff_ticket(place.scope, number=number_of(place.desk, name))
    except TicketMissingError:
        raise Http404 from None
    mark_read(staff_id=place.viewer.staff_id, ticket=seen, now=place.now)
    return HttpResponse(status=204) if "HX-Request" in request.headers else back(request, place, name)


@require_POST
@staff_page
def draft(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Keep what is being written; an empty box keeps nothing."""
    written = read_written(request.POST)
    keep_words(request, place, name, written)
    labels = labels_of(place.desk, now=place.now)
    at = exact(place.now, now=place.now, zone=labels.zone, language=labels.language)
    said = _("Draft saved %(time)s") % {"time": at} if written.text else ""
    return HttpResponse(status=204, headers={"X-Saved": quote(said)})
