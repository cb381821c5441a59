"""Who may enter the help centre: everybody where the desk has opened it, and otherwise whoever belongs to the desk.

A view takes `(request, place, …)`. Its address names the desk and, where there is a page to read, its language: that
is the language of the page, whatever the reader's own is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.audience import ManualReader, reader_of
from vaxel.domain.manual.models import Manual
from vaxel.domain.people.queries import customer_at, viewer_for
from vaxel.domain.people.viewers import StaffViewer, Viewer
from vaxel.surfaces.ui.gate import (
    CHOSEN_PERSONS,
    Place,
    anyone_page,
    bound_organisation,
    signed_in_account,
    used_second_factor,
)

P = ParamSpec("P")
_DEFAULT_LANGUAGE: Final = "sv"


@dataclass(frozen=True, slots=True)
class HelpPlace:
    """Somebody at a desk's help centre, now. `viewer` is None for whoever is nobody at the desk."""

    desk: Desk
    is_public: bool
    viewer: Viewer | None
    language: str
    now: datetime

    @property
    def reader(self) -> ManualReader:
        """The viewer as the reads of the manual take them."""
        return reader_of(self.viewer, desk_id=self.desk.pk)


Page = Callable[..., HttpResponseBase]


def help_page(view: Callable[Concatenate[HttpRequest, HelpPlace, P], HttpResponseBase]) -> Page:
    """For the readers of a desk's manual; 404 where the desk has none or does not speak the language."""

    @wraps(view)
    def page(request: HttpRequest, desk: str, *args: Any, language: str = "", **kwargs: Any) -> HttpResponseBase:
        manual = Manual.unscoped.select_related("desk").filter(desk__slug=desk).first()
        if manual is None or (language and language not in manual.desk.languages):
            raise Http404
        spoken = language or _language(manual.desk)

        def show(viewer: Viewer | None) -> HttpResponseBase:
            place = HelpPlace(manual.desk, manual.is_public, viewer, spoken, timezone.now())
            with translation.override(spoken):
                response = view(request, place, *args, **kwargs)
            response.headers["Content-Language"] = spoken
            return response

        if manual.is_public:
            return show(_viewer(request, manual.desk))
        members: Page = anyone_page(lambda _request, place: show(_of(place)))
        return members(request, desk)

    return page


def _of(place: Place) -> Viewer:
    return place.viewer


def _viewer(request: HttpRequest, desk: Desk) -> Viewer | None:
    """Who is signed in, if they are anybody at this desk; staff count as such with their second factor only."""
    account_id = signed_in_account(request)
    if account_id is None:
        return None
    chosen = request.session.get(CHOSEN_PERSONS, {}).get(desk.slug)
    bound = bound_organisation(request)
    if bound is not None:
        found = customer_at(account_id=account_id, desk_slug=desk.slug, preferred=chosen, organisation_id=bound)
        return None if found is None else found.viewer
    viewer = viewer_for(account_id=account_id, desk_slug=desk.slug, preferred=chosen)
    needs_factor = isinstance(viewer, StaffViewer) and desk.staff_need_second_factor
    return None if needs_factor and not used_second_factor(request) else viewer


def _language(desk: Desk) -> str:
    """The reader's language where the desk speaks it."""
    wished = (translation.get_language() or _DEFAULT_LANGUAGE)[:2]
    return wished if wished in desk.languages else str(desk.languages[0])
