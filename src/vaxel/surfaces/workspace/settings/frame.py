"""What the pages of a desk's settings share: the frame, lists that go on, fields that are read, and ways onward."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import urlencode

from babel.dates import format_date
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from vaxel.domain.people.changes import mark_of
from vaxel.domain.people.directory import Listed, Place
from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.gate import Page, StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import Labels, labels_of

P = ParamSpec("P")
T = TypeVar("T")
_LONGEST_SEARCH: Final = 80
#: The form as a whole is at fault: somebody else was quicker.
_COLLISION: Final = "settings-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where an administrator stands, with the labels of the page."""

    place: StaffPlace
    labels: Labels

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.labels.now.astimezone(self.labels.zone).date()

    def url(self, page: str, **arguments: str | int) -> str:
        """The address of one of these pages."""
        return workspace_url(f"settings_{page}" if page else "settings", self.place, **_texts(arguments))

    def day(self, day: date | None) -> str:
        """A day as people read it; empty for none."""
        return "" if day is None else format_date(day, "d MMM y", locale=self.labels.language)

    def names(self, known: Mapping[str, str], keys: Sequence[str]) -> str:
        """Names of the policy in a row; one that it does not have any more stands as it is written."""
        return ", ".join(known.get(key, key) for key in keys)


def _texts(arguments: Mapping[str, str | int]) -> dict[str, str]:
    return {name: str(value) for name, value in arguments.items()}


def settings_page(view: Callable[Concatenate[HttpRequest, Settings, P], HttpResponseBase]) -> Page:
    """For those who run the desk; for all others the page does not exist."""

    @wraps(view)
    def page(request: HttpRequest, place: StaffPlace, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        at = Settings(place=place, labels=labels_of(place.desk, now=place.now))
        return view(request, at, *args, **kwargs)

    return administrator_page(page)


def show(
    request: HttpRequest,
    at: Settings,
    template: str,
    *,
    title: str,
    trail: Sequence[Link] | None = (),
    errors: Sequence[FieldError] = (),
    **contents: Any,
) -> HttpResponse:
    """A page of the settings; the trail leads from their home to it, and is None for the home itself."""
    return frame.show(
        request,
        at.place,
        f"settings/{template}",
        labels=at.labels,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        title=title,
        trail=() if trail is None else (Link(label=_("Settings"), url=at.url("")), *trail),
        errors=errors,
        error_of={each.field: each.text for each in reversed(errors)},
        **contents,
    )


def found(thing: T | None) -> T:
    """What an address names; 404 when it is nothing of this desk's."""
    if thing is None:
        raise Http404
    return thing


def to(address: str, request: HttpRequest, said: str) -> HttpResponse:
    """On to a page that tells what was done."""
    say(request, said)
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


# --- lists ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a list is narrowed to, from the address: words, the other half of the list, and where in it."""

    words: str
    #: Those who have left, are closed or over, instead of those in use.
    other: bool
    at: Place


def search_of(request: HttpRequest) -> Search:
    """As it stands in the address."""
    given = request.GET
    return Search(
        words=" ".join(plain(given.get("q", "")).split())[:_LONGEST_SEARCH],
        other="other" in given,
        at=Place(after=number_in(given.get("after", "")), before=number_in(given.get("before", ""))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """The ways to the neighbours of a page of a list; empty where there are none."""

    previous_url: str
    next_url: str


def pager_of(listed: Listed[Any], search: Search) -> Pager:
    """Of this page, with what it is narrowed to."""

    def way(name: str, row: Any) -> str:
        narrowed = ({"q": search.words} if search.words else {}) | ({"other": ""} if search.other else {})
        return "?" + urlencode({**narrowed, name: row.pk})

    rows = listed.rows
    return Pager(
        previous_url=way("before", rows[0]) if rows and listed.has_earlier else "",
        next_url=way("after", rows[-1]) if rows and listed.has_later else "",
    )


# --- forms ---


def line(sent: QueryDict, name: str, *, most: int = 200) -> str:
    """A field of one line, as it was typed."""
    return " ".join(plain(sent.get(name, "")).split())[:most]


def seen_by(request: HttpRequest, row: Model | None, errors: Sequence[FieldError]) -> str:
    """What a form carries to say what its writer saw (`mark_of`): kept over an error, so that saving again is no way
    past a colleague's change; what holds now after that has been told. Empty for a row that is not there yet.
    """
    if row is None:
        return ""
    was_told = any(each.field == _COLLISION for each in errors)
    return (not was_told and request.POST.get("seen", "")) or mark_of(row)


def changed_meanwhile() -> FieldError:
    """What is said to whoever comes second: their words stand in the form, and the form knows what holds now."""
    text = _("This has been changed since you opened the page. Look at what holds now, then save again")
    return FieldError(field=_COLLISION, text=text)
