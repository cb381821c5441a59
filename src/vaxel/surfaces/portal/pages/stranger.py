"""For somebody who has signed in and has no place at this desk: where the policy sends strangers."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.surfaces.asking.way import Details, details_of
from vaxel.surfaces.ui.chrome import chosen_theme
from vaxel.surfaces.ui.shapes import Chrome, Link, Option


@dataclass(frozen=True, slots=True)
class StrangerPage:
    why: str
    where: str
    details: Details | None


def stranger_page(desk: Desk, *, language: str) -> StrangerPage:
    """The policy's own words to strangers; nothing about any customer. Raises NoPolicyError."""
    file = current_policy(desk).file
    strangers = file.desk.strangers
    destination = file.destinations[strangers.destination]
    return StrangerPage(
        why=strangers.because.in_(language),
        where=destination.name.in_(language),
        details=None if destination.details is None else details_of(destination.details, language),
    )


def stranger_chrome(request: HttpRequest, desk: Desk) -> Chrome:
    """The desk's frame without a person in it."""
    return Chrome(
        desk_name=desk.name,
        place="",
        home_url=reverse("portal:home", kwargs={"desk": desk.slug}),
        accent_url=reverse("accent", kwargs={"desk": desk.slug}),
        nav=(Link(label=_("The places you may enter"), url=reverse("signin:places")),),
        sign_out_url=reverse("account_logout"),
        language_url=reverse("language"),
        languages=tuple(Option(value=code, label=name) for code, name in settings.LANGUAGES if code in desk.languages),
        theme_url=reverse("theme"),
        theme=chosen_theme(request),
    )
