"""Wishes that are the same: found by their words, put together, and taken apart again."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vaxel.domain.wishes import triage
from vaxel.domain.wishes.models import Wish
from vaxel.domain.wishes.queries import WishTold, merged_with, wish_for_staff, wishes_numbered
from vaxel.domain.wishes.triage import NotTheSameError
from vaxel.domain.wishes.wishing import LONGEST_SEARCH, WishMissingError
from vaxel.insight.search.wishes import wishes_found, wishes_like
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of
from vaxel.surfaces.workspace.wishes.rows import WishRow, wish_row

#: Beside a wish, on the page for choosing, and of a search.
_BESIDE: Final = 3
_LIKEST: Final = 8
_FOUND: Final = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def merging(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """The likest, or those that hold the words; by POST the wish is put to one, and the message offers the way back.

    One that holds others, or is held, goes nowhere: its own page says which.
    """
    told = wish_told(place, number)
    if request.method != "POST":
        stands_alone = told.wish.merged_into_id is None and not merged_with(told.wish)
        return _show(request, place, told.wish) if stands_alone else back_to_wish(place, number)
    into = number_in(request.POST.get("into", "")) or 0
    try:
        other = triage.merge_wish(scope=place.scope, number=number, into=into, by=place.by, now=place.now)
    except (WishMissingError, NotTheSameError):
        text = _("Choose a wish that stands by itself") if into else _("Choose the wish that is the same")
        return _show(request, place, told.wish, errors=(FieldError(field="into", text=text),))
    say(
        request,
        _("The wish is put together with number %(number)d.") % {"number": other.number},
        undo_url=workspace_url("wish_splitting", place, number=str(number)),
    )
    return back_to_wish(place, other.number)


@require_POST
@staff_page
def splitting(request: HttpRequest, place: StaffPlace, number: int) -> HttpResponse:
    """Take the wish out of the one that it was put to, with the votes that it had."""
    try:
        triage.split_wish(scope=place.scope, number=number, by=place.by, now=place.now)
    except WishMissingError:
        raise Http404 from None
    say(request, _("The wish stands by itself again."))
    return back_to_wish(place, number)


def wish_told(place: StaffPlace, number: int) -> WishTold:
    """The desk's wish; 404 for any other."""
    try:
        return wish_for_staff(place.scope, number=number)
    except WishMissingError:
        raise Http404 from None


def back_to_wish(place: StaffPlace, number: int) -> HttpResponse:
    return HttpResponseRedirect(workspace_url("wish", place, number=str(number)), status=HTTPStatus.SEE_OTHER)


def like_rows(place: StaffPlace, wish: Wish, *, labels: Labels) -> Sequence[WishRow]:
    """The few that are likest, to choose from beside the wish; four queries."""
    return _rows(place, wishes_like(wish, most=_BESIDE), labels=labels)


def _show(request: HttpRequest, place: StaffPlace, wish: Wish, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    given = request.POST if request.method == "POST" else request.GET
    words = plain(given.get("q", "")).strip()[:LONGEST_SEARCH]
    numbers = wishes_found(words, but=wish, most=_FOUND) if words else wishes_like(wish, most=_LIKEST)
    number = str(wish.number)
    return frame.show(
        request,
        place,
        "wishes/merging",
        labels=labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=tuple(errors),
        title=_("Which wish is the same?"),
        row=wish_row(wish, place=place, labels=labels),
        words=words,
        rows=_rows(place, numbers, labels=labels),
        merge_url=workspace_url("wish_merging", place, number=number),
        back_url=workspace_url("wish", place, number=number),
    )


def _rows(place: StaffPlace, numbers: Sequence[int], *, labels: Labels) -> Sequence[WishRow]:
    return [wish_row(each, place=place, labels=labels) for each in wishes_numbered(place.scope, numbers)]
