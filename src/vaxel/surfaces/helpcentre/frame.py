"""What every page of the help centre has around its own contents."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.viewers import CustomerViewer, StaffViewer
from vaxel.surfaces.helpcentre.place import HelpPlace
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.chrome import chosen_theme, initials
from vaxel.surfaces.ui.gate import signed_in_account
from vaxel.surfaces.ui.shapes import Chrome, Link, Person

_LANGUAGE_NAMES: Final = {"sv": "Svenska", "en": "English"}
#: What a page was asked for with, and is in another language too.
_KEPT: Final = ("q", "searched", "article")
_PLACE: Final = frozenset({"desk", "language"})


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language."""

    language: str
    path: str

    @property
    def name(self) -> str:
        """The language in its own words."""
        return _LANGUAGE_NAMES.get(self.language, self.language)

    @property
    def url(self) -> str:
        """The address as search engines want it."""
        return whole(self.path)


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
    """A page with the help centre's frame.

    `canonical` among the contents lets search engines keep the page; `alternates` are its languages, where it is not
    in all of the desk's.
    """
    everywhere = _in_each_language(request, place)
    context = {
        "chrome": _chrome(request, place, template),
        "title": title,
        "desk": place.desk.slug,
        "search_url": help_url("search", place, language=place.language),
        "search_label": _searched_here(place),
        # Staff have no place in the portal.
        "ask_url": "" if isinstance(place.viewer, StaffViewer) else address("portal:ask", desk=place.desk.slug),
        "canonical": "",
        "alternates": everywhere,
        "other_languages": [one for one in everywhere if one.language != place.language],
        **contents,
    }
    return render(request, f"helpcentre/{template}.html.jinja", context, status=status)


def _searched_here(place: HelpPlace) -> str:
    """What the search finds for this reader: tickets are a customer's own."""
    if isinstance(place.viewer, CustomerViewer):
        return _("Search articles, known problems and your tickets")
    return _("Search articles and known problems")


def _in_each_language(request: HttpRequest, place: HelpPlace) -> tuple[Alternate, ...]:
    """The page that was asked for in each language of the desk; none for an address without one."""
    match = request.resolver_match
    if match is None or match.namespace != "helpcentre" or not match.url_name or "language" not in match.kwargs:
        return ()
    name, given = match.url_name, {key: str(value) for key, value in match.kwargs.items() if key not in _PLACE}
    kept = urlencode({key: request.GET[key] for key in _KEPT if key in request.GET})
    query = f"?{kept}" if kept else ""
    return tuple(Alternate(one, help_url(name, place, language=one, **given) + query) for one in place.desk.languages)


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
        sign_in_url="" if person else _way_in(request, desk),
        sign_out_url=address("account_logout") if person else "",
        theme_url=address("theme"),
        theme=chosen_theme(request),
    )


def _way_in(request: HttpRequest, desk: Desk) -> str:
    """The sign-in, and back; whoever has signed in already and is nobody here would come round in a circle.

    The portal tells them so, and where they may enter.
    """
    if signed_in_account(request) is not None:
        return address("portal:home", desk=desk.slug)
    return f"{settings.LOGIN_URL}?next={request.path}"


def _nav(place: HelpPlace, part: str) -> tuple[Link, ...]:
    known, wished = part in {"problem", "problems"}, part in {"wish", "wishes", "wish_new"}
    front = help_url("home", place, language=place.language)
    manual = Link(label=_("Manual"), url=front, current=not known and not wished and part != "contacts")
    problems = Link(label=_("Known problems"), url=help_url("problems", place, language=place.language), current=known)
    wishes = Link(label=_("Wishes"), url=help_url("wishes", place, language=place.language), current=wished)
    slug = place.desk.slug
    if isinstance(place.viewer, StaffViewer):
        return (manual, problems, wishes, Link(label=_("Workspace"), url=address("workspace:home", desk=slug)))
    own = help_url("contacts", place, language=place.language)
    contacts = Link(label=_("Contacts"), url=own, current=part == "contacts")
    ask = Link(label=_("Ask a question"), url=address("portal:ask", desk=slug))
    if place.viewer is None:
        return (manual, problems, wishes, contacts, ask)
    return (manual, problems, wishes, contacts, ask, Link(label=_("Tickets"), url=address("portal:tickets", desk=slug)))
