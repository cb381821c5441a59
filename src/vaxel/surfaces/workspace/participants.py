"""Whoever came along in a mail is let in or left out, by one press beside the ticket."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.notices.participants import ParticipantMissingError, leave_out, let_in
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.ticket_names import number_of
from vaxel.surfaces.workspace.actions import back
from vaxel.surfaces.workspace.frame import say

_DOORS: Final = {"in": let_in, "out": leave_out}


@require_POST
@staff_page
def participant(request: HttpRequest, place: StaffPlace, name: str, participant_id: int) -> HttpResponse:
    """`choice` is "in" or "out"."""
    door = _DOORS.get(request.POST.get("choice", ""))
    if door is None:
        raise Http404
    number = number_of(place.desk, name)
    try:
        found = door(scope=place.scope, number=number, participant_id=participant_id, by=place.by, now=place.now)
    except (TicketMissingError, ParticipantMissingError):
        raise Http404 from None
    if door is let_in:
        done = _("%(address)s gets our answers from now on, and nothing from before.") % {"address": found.address}
    else:
        done = _("%(address)s gets nothing.") % {"address": found.address}
    say(request, done)
    return back(request, place, name)
