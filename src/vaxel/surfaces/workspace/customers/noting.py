"""Notes about a customer: written, written anew, taken away, by those responsible for it."""

from http import HTTPStatus
from typing import Final

from babel.numbers import format_decimal
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vaxel.domain.customers.models import CustomerNote
from vaxel.domain.customers.notes import NoteChangedError, NoteMissingError, rewrite_note, take_away_note, write_note
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace.customers.customer import show_customer
from vaxel.surfaces.workspace.customers.frame import customer_to_answer_for
from vaxel.surfaces.workspace.frame import say, workspace_url

_LONGEST: Final = 10_000


@require_POST
@staff_page
def notes(request: HttpRequest, place: StaffPlace, organisation_id: int) -> HttpResponse:
    """Keep a new note."""
    found, text = customer_to_answer_for(place, organisation_id), _text(request)
    if not text or len(text) > _LONGEST:
        sent, errors = {"text": text}, {"text": _too_long(text) if text else _("Write the note")}
        return show_customer(request, place, found, sent=sent, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    write_note(scope=place.scope, organisation_id=found.id, text=text, by=place.by, now=place.now)
    say(request, _("The note is kept."))
    return _back(place, found.id)


@require_POST
@staff_page
def note(request: HttpRequest, place: StaffPlace, note_id: int) -> HttpResponse:
    """Other words for a note, or none of it any more."""
    former = CustomerNote.objects.within(place.scope).filter(pk=note_id).first()
    if former is None:
        raise Http404
    found, text = customer_to_answer_for(place, former.organisation_id), _text(request)
    if len(text) > _LONGEST and request.POST.get("do") != "away":
        sent, errors = {"text": text, "note": str(note_id)}, {f"note-{note_id}": _too_long(text)}
        return show_customer(request, place, found, sent=sent, errors=errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if request.POST.get("do") == "away":
            take_away_note(scope=place.scope, note_id=note_id, by=place.by, now=place.now)
            say(request, _("The note is taken away."))
        elif text:
            rewrite_note(scope=place.scope, note_id=note_id, text=text, by=place.by, now=place.now)
            say(request, _("The note has its new words. What it said before stands below it."))
        else:
            say(request, _("Nothing was changed: a note has words. Take it away if it is to go."))
    except NoteMissingError:
        raise Http404 from None
    except NoteChangedError:
        sent, errors = {"text": text}, {"text": _("A colleague has changed the note meanwhile. Look at it first.")}
        return show_customer(request, place, found, sent=sent, errors=errors, status=HTTPStatus.CONFLICT)
    return _back(place, found.id)


def _text(request: HttpRequest) -> str:
    return plain(request.POST.get("text", "")).strip()


def _too_long(text: str) -> str:
    count = format_decimal(len(text), locale=get_language() or "sv")
    return _("A note holds 10,000 characters, and this one has %(count)s. Shorten it, or make two of it") % {
        "count": count
    }


def _back(place: StaffPlace, organisation_id: int) -> HttpResponse:
    address = workspace_url("customer", place, organisation_id=str(organisation_id))
    return HttpResponseRedirect(f"{address}#notes", status=HTTPStatus.SEE_OTHER)
