"""Letting in a whole list of people: read, shown line by line, and taken in when all of it is right."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vaxel.domain.administration.inviting import InvitationFault, InvitationRefusedError, import_people
from vaxel.domain.administration.people_list import (
    LARGEST,
    LineFault,
    Listed,
    ListFault,
    ListRefusedError,
    NameFault,
    read_list,
    text_of,
)
from vaxel.domain.administration.queries import addresses_of
from vaxel.surfaces.portal.administering import administering_page, organisation_at
from vaxel.surfaces.portal.frame import ORGANISATION, portal_url, show
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.naming import name_words
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain

#: Faulty lines that are named above the list; all of them are marked in it.
_MOST_TOLD: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
@administering_page
def people_list(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    """The form, the preview of what was sent, and taking in what the preview showed."""
    if request.method != "POST":
        return _show(request, place)
    file = request.FILES.get("file")
    text = ""
    try:
        text = text_of(file.read(LARGEST + 1)) if file else plain(request.POST.get("people", ""))[:LARGEST]
        lines = read_list(text, known=addresses_of(place.scope))
    except ListRefusedError as error:
        return _show(request, place, text=text, errors=(FieldError(field="people", text=_list_fault(error.why)),))
    faulty = [line for line in lines if line.fault]
    if faulty or "take-in" not in request.POST:
        errors = tuple(_of_line(each) for each in faulty[:_MOST_TOLD])
        return _show(request, place, text=text, errors=errors, lines=lines, faulty=len(faulty), words=_line_faults())
    try:
        made = import_people(organisation_at(place), people=lines, by=place.by, now=place.now)
    except InvitationRefusedError as error:
        errors = (FieldError(field="people", text=_refused(error)),)
        return _show(request, place, text=text, errors=errors)
    said = ngettext("%(num)s person is invited.", "%(num)s people are invited.", len(made)) % {"num": len(made)}
    messages.success(request, said)
    return HttpResponseRedirect(portal_url("organisation", place), status=HTTPStatus.SEE_OTHER)


def _show(
    request: HttpRequest,
    place: CustomerPlace,
    *,
    text: str = "",
    errors: tuple[FieldError, ...] = (),
    **contents: Any,
) -> HttpResponse:
    found: dict[str, Any] = {"lines": (), "faulty": 0, "words": {}, **contents}
    return show(
        request,
        place,
        "organisation/people_list",
        part=ORGANISATION,
        title=_("Invite several from a list"),
        errors=errors,
        error_of={error.field: error.text for error in errors},
        text=text,
        **found,
    )


def _list_fault(why: ListFault) -> str:
    texts = {
        ListFault.EMPTY: _("Choose a file or paste a list"),
        ListFault.NO_HEADINGS: _("The first line needs the headings name and email"),
        ListFault.NOBODY: _("Nobody stands below the headings"),
        ListFault.TOO_LONG: _("The list is too long. Send at most 2,000 lines and 1 MB at a time"),
        ListFault.NOT_TEXT: _("The file is no text. Save it as CSV in your spreadsheet program"),
    }
    return texts[why]


def _of_line(line: Listed) -> FieldError:
    said = {"line": line.line, "fault": "" if line.fault is None else _line_faults()[line.fault]}
    return FieldError(field=f"line-{line.line}", text=_("Line %(line)s: %(fault)s") % said)


def _line_faults() -> Mapping[LineFault, str]:
    return {
        LineFault.NO_NAME: _("The name is missing"),
        LineFault.NOT_A_NAME: name_words(NameFault.ADDRESS),
        LineFault.LONG_NAME: name_words(NameFault.TOO_LONG),
        LineFault.NO_ADDRESS: _("The mail address is missing or wrong"),
        LineFault.TWICE: _("The address stands on an earlier line too"),
        LineFault.TOO_LONG: _("A value is too long"),
        LineFault.UNKNOWN_LANGUAGE: _("The language must be sv or en"),
    }


def _refused(error: InvitationRefusedError) -> str:
    if InvitationFault.ACCOUNT_CLOSED in error.faults:
        return _("Nobody was invited. We have closed an account in the list: %(email)s") % {"email": error.email}
    return _("Nobody was invited. Something is wrong with %(email)s") % {"email": error.email}
