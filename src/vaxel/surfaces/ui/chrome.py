"""The frame of a desk's pages, filled from the place that the gate has found; no queries."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vaxel.domain.people.viewers import CustomerViewer
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import Place
from vaxel.surfaces.ui.languages import language_options
from vaxel.surfaces.ui.looks import THEME_COOKIE, THEMES
from vaxel.surfaces.ui.shapes import Chrome, Link, Person, Theme


def chrome_of(
    request: HttpRequest,
    place: Place,
    *,
    home_url: str,
    title: str = "",
    nav: tuple[Link, ...] = (),
    account_links: tuple[Link, ...] = (),
    footer_links: tuple[Link, ...] = (),
) -> Chrome:
    """The frame: the desk, who is signed in, and what they have chosen. `title` names the surface beside the desk."""
    desk, viewer = place.desk, place.viewer
    organisation = viewer.organisation_name if isinstance(viewer, CustomerViewer) else ""
    return Chrome(
        desk_name=desk.name,
        place=title,
        home_url=home_url,
        accent_url=address("accent", desk=desk.slug),
        nav=nav,
        person=Person(name=viewer.name, initials=initials(viewer.name), organisation=organisation),
        account_links=(*account_links, *_demonstrations_links(desk.slug)),
        sign_out_url=address("account_logout"),
        language_url=address("language"),
        languages=language_options(desk.languages),
        theme_url=address("theme"),
        theme=chosen_theme(request),
        footer_links=footer_links,
    )


def _demonstrations_links(desk: str) -> tuple[Link, ...]:
    """In a demonstration no mail leaves the machine: all of it is read on a page."""
    if not settings.DEMO:
        return ()
    return (Link(label=_("Mails of the demonstration"), url=address("outbox:mails", desk=desk), icon="mail"),)


def chosen_theme(request: HttpRequest) -> Theme:
    """Light, dark, or "auto" for as the device says."""
    return THEMES.get(request.COOKIES.get(THEME_COOKIE, ""), "auto")


def initials(name: str) -> str:
    """The first letters of the first and the last name, for a portrait that nobody has uploaded."""
    words = name.split()
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()
