"""The customer's tickets: the list, the ticket, answering, closing, opening again."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.attachments import remove_from_draft
from vaxel.domain.tickets.first_line import pass_on
from vaxel.domain.tickets.models import ReplyDraft, Ticket
from vaxel.domain.tickets.paging import PlaceError
from vaxel.kit.numbers import number_in
from vaxel.surfaces.asking.answers import MOST_WORDS, clean
from vaxel.surfaces.portal.frame import TICKETS, language, portal_url, show
from vaxel.surfaces.portal.named import ticket_named
from vaxel.surfaces.portal.pages.ticket import ticket_page
from vaxel.surfaces.portal.pages.ticket_list import MINE, OPEN, list_page
from vaxel.surfaces.portal.pages.ticket_search import search_page
from vaxel.surfaces.portal.passed_on import latest_answer
from vaxel.surfaces.ui.gate import CustomerPlace, customer_page
from vaxel.surfaces.ui.kept_form import forget_form, kept_form
from vaxel.surfaces.ui.moments import exact
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.uploads import store_files
from vaxel.surfaces.ui.words import plain

#: Characters of a search that are read.
_LONGEST_SEARCH: Final = 200


@require_safe
@customer_page
def tickets(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """Own tickets or the organisation's, open or finished, or what a search finds: all of it in the address."""
    if words := plain(request.GET.get("q", ""))[:_LONGEST_SEARCH].strip():
        number = number_in(request.GET.get("page", "")) or 1
        whose = request.GET.get("whose", "")
        found = search_page(place, words, whose=whose, number=number, language=language())
        return show(request, place, "ticket_search", part=TICKETS, title=_("Search your tickets"), page=found)
    try:
        page = list_page(
            place,
            whose=request.GET.get("whose", MINE),
            state=request.GET.get("state", OPEN),
            after=request.GET.get("after"),
            before=request.GET.get("before"),
            language=language(),
        )
    except PlaceError as error:
        raise Http404 from error
    return show(request, place, "tickets", part=TICKETS, title=_("Tickets"), page=page)


@require_safe
@customer_page
def ticket(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """One ticket, with the answer that is being written."""
    kept = kept_form(request, now=place.now, below=("reply/", "notes/"))
    typed = None if kept is None or "text" not in kept else clean(kept.get("text", ""))
    noted = "" if kept is None else clean(kept.get("note", ""))
    found = ticket_named(name, place=place)
    if typed is None and (used := request.GET.get("use", "")):
        typed = latest_answer(found, used=used, place=place)
    return show_ticket(request, place, found, typed=typed, noted=noted)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def reply(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """Answer. A fault in the words or the files loses neither."""
    found = ticket_named(name, place=place)
    if request.method != "POST":
        return HttpResponseRedirect(portal_url("ticket", place, name=name))
    forget_form(request)
    text = clean(request.POST.get("text", ""))
    if "remove" in request.POST:
        remove_from_draft(draft=_keep(place, found, text), public_id=request.POST["remove"])
        return HttpResponseRedirect(portal_url("ticket", place, name=name) + "#files")
    errors = (*_text_problems(text), *_store(request, place, found, text))
    if errors:
        _keep(place, found, text)
        return show_ticket(request, place, found, errors=errors, typed=text)
    return _answer(request, place, found, name=name, text=text)


def _store(request: HttpRequest, place: CustomerPlace, found: Ticket, text: str) -> tuple[FieldError, ...]:
    """The files that came with the answer, stored on its draft; most answers have none, and need no draft."""
    files = request.FILES.getlist("files")
    if not files:
        return ()
    return store_files(files, draft=_keep(place, found, text), organisation_id=found.organisation_id, now=place.now)


def _keep(place: CustomerPlace, found: Ticket, text: str) -> ReplyDraft:
    return conversation.save_reply_draft(scope=place.scope, number=found.number, text=text, by=place.by, now=place.now)


def _answer(request: HttpRequest, place: CustomerPlace, found: Ticket, *, name: str, text: str) -> HttpResponse:
    try:
        conversation.reply(
            scope=place.scope,
            number=found.number,
            text=text,
            by=place.by,
            now=place.now,
            language=language(),
            seen_version=number_in(request.POST.get("version", "")),
        )
    except conversation.TicketClosedError:
        _keep(place, found, text)
        messages.warning(request, _("The ticket was closed in the meantime. Ask a new question instead."))
        return HttpResponseRedirect(portal_url("ticket", place, name=name))
    if "close" in request.POST:
        lifecycle.close(scope=place.scope, number=found.number, by=place.by, now=place.now)
        messages.success(request, _("Your answer is sent and the ticket is closed."))
    else:
        messages.success(request, _("Your answer is sent."))
    return HttpResponseRedirect(portal_url("ticket", place, name=name))


def _text_problems(text: str) -> tuple[FieldError, ...]:
    if not text:
        return (FieldError(field="text", text=_("Write your answer")),)
    if len(text) > MOST_WORDS:
        return (FieldError(field="text", text=_("Shorten your answer to at most %d characters") % MOST_WORDS),)
    return ()


@require_POST
@customer_page
def draft(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """What is typed, kept as it is."""
    found = ticket_named(name, place=place)
    _keep(place, found, clean(request.POST.get("text", "")))
    zone = ZoneInfo(place.desk.time_zone)
    saved = _("Saved %(time)s") % {"time": exact(place.now, now=place.now, zone=zone, language=language())}
    return HttpResponse(status=204, headers={"X-Saved": quote(saved)})


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def closure(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """Close the ticket: it cannot be undone, so it is asked first."""
    found = ticket_named(name, place=place)
    back = portal_url("ticket", place, name=name)
    if request.method == "POST":
        lifecycle.close(scope=place.scope, number=found.number, by=place.by, now=place.now)
        messages.success(request, _("The ticket is closed."))
        return HttpResponseRedirect(back)
    return show(
        request, place, "ticket_close", part=TICKETS, title=_("Close the ticket?"), subject=found.subject, back=back
    )


@require_POST
@customer_page
def reopening(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """A solved ticket is open again; any other is shown as it is."""
    found = ticket_named(name, place=place)
    try:
        lifecycle.reopen(scope=place.scope, number=found.number, by=place.by, now=place.now)
        messages.success(request, _("The ticket is open again. Write what is left."))
    except lifecycle.NotPossibleError:
        messages.warning(request, _("The ticket was not solved, so it cannot be opened again."))
    return HttpResponseRedirect(portal_url("ticket", place, name=name))


@require_POST
@customer_page
def passing_on(request: HttpRequest, place: CustomerPlace, name: str) -> HttpResponse:
    """A question that nobody at the organisation can answer any more goes to the vendor."""
    found = ticket_named(name, place=place)
    try:
        pass_on(scope=place.scope, number=found.number, by=place.by, now=place.now)
        messages.success(request, _("Your question is sent on. You are answered here and by mail."))
    except lifecycle.NotPossibleError:
        messages.warning(request, _("The question was not sent on: somebody can answer it where it is."))
    return HttpResponseRedirect(portal_url("ticket", place, name=name))


def show_ticket(
    request: HttpRequest,
    place: CustomerPlace,
    found: Ticket,
    *,
    errors: Sequence[FieldError] = (),
    typed: str | None = None,
    noted: str = "",
) -> HttpResponse:
    """The ticket's page; `typed` and `noted` are an answer and a note that did not arrive."""
    said = {error.field: error.text for error in reversed(errors)}
    page = ticket_page(found, place=place, language=language(), errors=said, typed=typed, noted=noted)
    return show(request, place, "ticket", part=TICKETS, title=f"{page.name} {page.subject}", errors=errors, page=page)
