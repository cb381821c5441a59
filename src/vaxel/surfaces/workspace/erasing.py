"""Erasing all that is written in a finished ticket: what goes and what stays is shown first, and a box has to be ticked
(trust 81). Administrators alone.
"""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.notices.erasing import OnItsWayError
from vaxel.domain.privacy.keeping import HeldError, holds_on
from vaxel.domain.tickets.erasing import NotFinishedError, numbers_with_the_words
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import staff_ticket
from vaxel.insight.transfer.erasing import erase_ticket
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.ui.ticket_names import number_of, ticket_name
from vaxel.surfaces.workspace.actions import back, changed_meanwhile
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.holds import hold_rows, holds_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.page import show_ticket

_SURE = "sure"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def erasing(request: HttpRequest, place: StaffPlace, name: str) -> HttpResponse:
    """Look at what goes; tick the box, and it is gone."""
    if not place.viewer.may_administer:
        raise Http404
    number = number_of(place.desk, name)
    try:
        ticket, numbers = staff_ticket(place.scope, number=number), numbers_with_the_words(place.scope, number=number)
    except TicketMissingError:
        raise Http404 from None
    if request.method != "POST":
        return _show(request, place, ticket, numbers)
    if request.POST.get(_SURE) != "yes":
        error = FieldError(field=_SURE, text=_("Tick the box if all of it should go"))
        return _show(request, place, ticket, numbers, error=error)
    return _erase(request, place, ticket, numbers)


def _erase(request: HttpRequest, place: StaffPlace, ticket: Ticket, numbers: Sequence[int]) -> HttpResponse:
    seen, name = number_in(request.POST.get("version", "")), ticket_name(place.desk, ticket.number)
    try:
        erase_ticket(scope=place.scope, number=ticket.number, by=place.by, now=place.now, seen_version=seen)
    except ChangedMeanwhileError:
        trouble = changed_meanwhile(_("Look at it, and do it again if it is still right."), since=0)
        return show_ticket(request, place, name, trouble=trouble, status=HTTPStatus.CONFLICT)
    except NotFinishedError as error:
        return _show(request, place, ticket, numbers, error=_not_finished(place, error.numbers))
    except HeldError:
        text = _("A legal hold is in force: nothing of this may go")
        return _show(request, place, ticket, numbers, error=FieldError(field="holds", text=text))
    except OnItsWayError:
        text = _("A mail about it is being sent just now. Try again in a minute")
        return _show(request, place, ticket, numbers, error=FieldError(field=_SURE, text=text))
    say(request, _("All that was written in %(name)s is erased.") % {"name": name})
    return back(request, place, name)


def _not_finished(place: StaffPlace, numbers: Sequence[int]) -> FieldError:
    names = ", ".join(ticket_name(place.desk, each) for each in numbers)
    text = _("Close these tickets first, nobody should be at work on them: %(names)s") % {"names": names}
    return FieldError(field=_SURE, text=text)


def _show(
    request: HttpRequest, place: StaffPlace, ticket: Ticket, numbers: Sequence[int], *, error: FieldError | None = None
) -> HttpResponse:
    labels, name = labels_of(place.desk, now=place.now), ticket_name(place.desk, ticket.number)
    others = [ticket_name(place.desk, each) for each in numbers if each != ticket.number]
    holds = holds_on(place.scope, organisation_id=ticket.organisation_id, numbers=numbers)
    return show(
        request,
        place,
        "erasing",
        labels=labels,
        name=name,
        ticket=ticket,
        others=[Link(label=each, url=workspace_url("ticket", place, name=each)) for each in others],
        holds=hold_rows(holds, place, labels),
        holds_url=holds_url(place),
        errors=() if error is None else (error,),
        error_of={} if error is None else {error.field: error.text},
        back_url=workspace_url("ticket", place, name=name),
        status=HTTPStatus.OK if error is None else HTTPStatus.UNPROCESSABLE_ENTITY,
    )
