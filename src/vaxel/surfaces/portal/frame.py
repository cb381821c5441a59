"""What every page of the portal has around its own contents."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vaxel.domain.desks.models import Desk
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.chrome import chrome_of
from vaxel.surfaces.ui.gate import CustomerPlace
from vaxel.surfaces.ui.kept_form import kept_form
from vaxel.surfaces.ui.shapes import FieldError, Link
from vaxel.surfaces.ui.taken_back import said_here

#: The parts of the portal, as the main menu names them.
HOME, ASK, TICKETS, APPROVALS, ORGANISATION = "home", "ask", "tickets", "approvals", "organisation"
_DEFAULT_LANGUAGE: Final = "sv"


def language() -> str:
    """The language of the page: "sv" or "en"."""
    return (get_language() or _DEFAULT_LANGUAGE)[:2]


def portal_url(page: str, place: CustomerPlace, /, **arguments: str) -> str:
    """The address of a page of the portal at this desk."""
    return address(f"portal:{page}", desk=place.desk.slug, **arguments)


def show(
    request: HttpRequest,
    place: CustomerPlace,
    template: str,
    *,
    part: str,
    title: str,
    errors: Sequence[FieldError] = (),
    status: HTTPStatus = HTTPStatus.OK,
    **contents: Any,
) -> HttpResponse:
    """A page with the portal's frame. With errors its title says so, and it is answered as not processed (422)."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else status
    context = {
        "chrome": chrome_of(
            request,
            place,
            home_url=portal_url("home", place),
            nav=_nav(place, part),
            account_links=_account_links(place),
        ),
        "title": title,
        "desk": place.desk.slug,
        "errors": tuple(errors),
        "kept": kept_form(request, now=place.now) is not None,
        "notices": said_here(request),
        **contents,
    }
    return render(request, f"portal/{template}.html.jinja", context, status=status)


def _nav(place: CustomerPlace, part: str) -> tuple[Link, ...]:
    return (
        Link(label=_("Home"), url=portal_url("home", place), current=part == HOME),
        Link(label=_("Ask a question"), url=portal_url("ask", place), current=part == ASK),
        Link(label=_("Tickets"), url=portal_url("tickets", place), current=part == TICKETS),
        *help_links(place.desk),
        *_approvers_links(place, part),
        *_administrators_links(place, part),
    )


def help_links(desk: Desk) -> tuple[Link, ...]:
    """To the help centre, where the desk has one."""
    if not desk.has_manual:
        return ()
    return (Link(label=_("Help centre"), url=address("helpcentre:front", desk=desk.slug)),)


def _approvers_links(place: CustomerPlace, part: str) -> tuple[Link, ...]:
    if not place.viewer.rights.approves:
        return ()
    return (Link(label=_("To approve"), url=portal_url("approvals", place), current=part == APPROVALS),)


def _administrators_links(place: CustomerPlace, part: str) -> tuple[Link, ...]:
    if not place.viewer.rights.administers:
        return ()
    return (Link(label=_("Our organisation"), url=portal_url("organisation", place), current=part == ORGANISATION),)


def _account_links(place: CustomerPlace) -> tuple[Link, ...]:
    return (
        Link(label=_("Mails to you"), url=portal_url("notices", place), icon="mail"),
        *_wish_links(place),
        Link(label=_("Your account"), url=address("signin:account"), icon="settings"),
        Link(label=_("Switch organisation"), url=address("signin:places"), icon="organisation"),
    )


def _wish_links(place: CustomerPlace) -> tuple[Link, ...]:
    """Wishes are sent in the help centre."""
    if not place.desk.has_manual:
        return ()
    spoken = language() if language() in place.desk.languages else place.desk.languages[0]
    return (
        Link(label=_("Wishes"), url=address("helpcentre:wishes", desk=place.desk.slug, language=spoken), icon="add"),
    )
