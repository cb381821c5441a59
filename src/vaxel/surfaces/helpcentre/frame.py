"""What every page of the help centre has around its own contents."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vaxel.domain.people.viewers import CustomerViewer, StaffViewer
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.chrome import chosen_theme, initials
from vaxel.surfaces.ui.shapes import Chrome, Link, Person


def help_url(page: str, place: HelpPlace, /, **arguments: str) -> str:
    """The address of a page of this desk's help centre."""
    return address(f"helpcentre:{page}", desk=place.desk.slug, **arguments)


def whole(path: str) -> str:
    """An address as other sites name it."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def show(
    request: HttpRequest,
    place: HelpPlace,
    template: str,
    *,
    title: str,
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page with the help centre's frame. `canonical` and `alternates` among the contents are for search engines."""
    context = {
        "chrome": _chrome(request, place, template),
        "title": title,
        "desk": place.desk.slug,
        "search_url": help_url("search", place, language=place.language),
        "ask_url": address("portal:ask", desk=place.desk.slug),
        "canonical": "",
        "alternates": (),
        **contents,
    }
    return render(request, f"helpcentre/{template}.html.jinja", context, status=status)


def _chrome(request: HttpRequest, place: HelpPlace, part: str) -> Chrome:
    """The language is chosen by links to the page in the other one: it is a part of the address here."""
    desk, viewer = place.desk, place.viewer
    organisation = viewer.organisation_name if isinstance(viewer, CustomerViewer) else ""
    person = None
    if viewer is not None:
        person = Person(name=viewer.name, initials=initials(viewer.name), organisation=organisation)
    account = Link(label=_("Your account"), url=address("signin:account"), icon="settings")
    return Chrome(
        desk_name=desk.name,
        place=_("Help"),
        home_url=help_url("home", place, language=place.language),
        accent_url=address("accent", desk=desk.slug),
        nav=_nav(place, part),
        person=person,
        account_links=(account,) if person else (),
        sign_in_url="" if person else f"{settings.LOGIN_URL}?next={request.path}",
        sign_out_url=address("account_logout") if person else "",
        theme_url=address("theme"),
        theme=chosen_theme(request),
    )


def _nav(place: HelpPlace, part: str) -> tuple[Link, ...]:
    known, wished = part in {"problem", "problems"}, part in {"wish", "wishes", "wish_new"}
    front = help_url("home", place, language=place.language)
    manual = Link(label=_("Manual"), url=front, current=not known and not wished)
    problems = Link(label=_("Known problems"), url=help_url("problems", place, language=place.language), current=known)
    wishes = Link(label=_("Wishes"), url=help_url("wishes", place, language=place.language), current=wished)
    slug = place.desk.slug
    if isinstance(place.viewer, StaffViewer):
        return (manual, problems, wishes, Link(label=_("Workspace"), url=address("workspace:home", desk=slug)))
    ask = Link(label=_("Ask a question"), url=address("portal:ask", desk=slug))
    if place.viewer is None:
        return (manual, problems, wishes, ask)
    return (manual, problems, wishes, ask, Link(label=_("Tickets"), url=address("portal:tickets", desk=slug)))
