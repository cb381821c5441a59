"""The logo in a desk's mails: chosen, described and taken away. For administrators."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.logo import logo_of
from vaxel.domain.notices.logo_changing import (
    LARGEST,
    LONGEST_ALT,
    MOST_PIXELS,
    FaultyLogoError,
    LogoFault,
    put_logo,
    take_logo_away,
)
from vaxel.surfaces.ui.files import size_in_words
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.workspace.frame import say, show, workspace_url
from vaxel.surfaces.workspace.labels import labels_of
from vaxel.surfaces.workspace.mail_texts import languages_of

_OF_ALT: Final = frozenset({LogoFault.NO_ALT, LogoFault.LONG_ALT})


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def mail_logo(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The form, and a mail as it looks."""
    if request.method != "POST":
        logo = logo_of(place.desk)
        return _form(request, place, alt="" if logo is None else logo.alt)
    if request.POST.get("remove"):
        take_logo_away(scope=place.scope, by=place.by, now=place.now)
        say(request, _("The mails have no logo any more."))
        return _back(place)
    alt = request.POST.get("alt", "")
    try:
        put_logo(scope=place.scope, picture=_picture(request), alt=alt, by=place.by, now=place.now)
    except FaultyLogoError as refused:
        return _form(request, place, alt=alt, errors=[_error(each) for each in refused.faults])
    say(request, _("From now on the mails have this logo."))
    return _back(place)


def _picture(request: HttpRequest) -> bytes | None:
    """What was uploaded; of a file that is too large, one byte more than is allowed."""
    file = request.FILES.get("picture")
    return None if file is None else file.read(LARGEST + 1)


def _back(place: StaffPlace) -> HttpResponse:
    return HttpResponseRedirect(workspace_url("mail_logo", place), status=HTTPStatus.SEE_OTHER)


def _form(request: HttpRequest, place: StaffPlace, *, alt: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    receipt = {"kind": NoticeKind.RECEIVED.value, "language": languages_of(place)[0]}
    return show(
        request,
        place,
        "mail_logo",
        labels=labels_of(place.desk, now=place.now),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        has_logo=logo_of(place.desk) is not None,
        alt=alt,
        largest=LARGEST,
        hint=_("PNG or JPEG, at most %(size)s and %(pixels)s pixels a side.")
        % {"size": size_in_words(LARGEST), "pixels": MOST_PIXELS},
        errors=errors,
        error_of={each.field: each.text for each in reversed(errors)},
        list_url=workspace_url("mail_texts", place),
        preview_url=workspace_url("mail_text_preview", place, **receipt),
    )


def _error(fault: LogoFault) -> FieldError:
    return FieldError(field="alt" if fault in _OF_ALT else "picture", text=_in_words(fault))


def _in_words(fault: LogoFault) -> str:
    """What is wrong, and how to put it right."""
    match fault:
        case LogoFault.NO_FILE:
            return _("Choose a picture.")
        case LogoFault.TOO_LARGE:
            return _("The picture is too large. Choose one of at most %(size)s.") % {"size": size_in_words(LARGEST)}
        case LogoFault.NO_PICTURE:
            return _("The file is no whole PNG or JPEG. Save the logo as one of them and choose it again.")
        case LogoFault.TOO_MANY_PIXELS:
            return _("Make the picture smaller: at most %(pixels)s pixels a side.") % {"pixels": MOST_PIXELS}
        case LogoFault.NO_ALT:
            return _("Write what the logo says, for those who do not see it.")
        case LogoFault.LONG_ALT:
            return _("Write at most %(most)s characters.") % {"most": LONGEST_ALT}
