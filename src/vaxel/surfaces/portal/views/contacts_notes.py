"""The local contacts write to each other about a colleague's question."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.tickets.among_contacts import note_among_contacts
from vaxel.domain.tickets.conversation import TicketClosedError
from vaxel.surfaces.asking.answers import MOST_WORDS, clean
from vaxel.surfaces.portal.frame import portal_url
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.portal.pages.ticket import may_take_on
from vaxel.surfaces.portal.views.tickets import show_ticket
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.kept_form import forget_form
from vaxel.surfaces.ui.shapes import FieldError


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def notes(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """Add a note. A fault in the words does not lose them."""
    ticket = ticket_named(name, place=place)
    if not may_take_on(ticket, place=place):
        raise Http404
    back = HttpResponseRedirect(portal_url("ticket", place, name=name) + "#notes")
    if request.method != "POST":
        return back
    forget_form(request)
    text = clean(request.POST.get("note", ""))
    if problem := _problem(text):
        return show_ticket(request, place, ticket, errors=(FieldError(field="note", text=problem),), noted=text)
    try:
        note_among_contacts(reader=place.reader, number=ticket.number, text=text, by=place.by, now=place.now)
    except TicketClosedError:
        messages.warning(request, _("The ticket is closed, so the note was not saved."))
    else:
        messages.success(request, _("The note is saved."))
    return back


def _problem(text: str) -> str:
    """What is wrong with the words; empty when nothing is."""
    if not text:
        return _("Write your note")
    return _("Shorten your note to at most %d characters") % MOST_WORDS if len(text) > MOST_WORDS else ""
