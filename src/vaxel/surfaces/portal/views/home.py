"""The portal's start page, and what stands there for the desk's staff and for somebody whom it does not know."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import NoPolicyError
from vaxel.surfaces.asking.answers import clean
from vaxel.surfaces.portal.frame import HOME, language, show
from vaxel.surfaces.portal.pages.home import home_page
from vaxel.surfaces.portal.pages.stranger import stranger_chrome, stranger_page
from vaxel.surfaces.ui.gate import CustomerPlace, bound_organisation, customer_page, staff_here
from vaxel.surfaces.ui.kept_form import kept_form


@require_safe
def home(request: HttpRequest, desk: str) -> HttpResponseBase:
    """What do you need help with? A stranger reads whom to contact instead and staff where they work, both under the
    status of a page not found.
    """
    try:
        return _home(request, desk=desk)
    except Http404:
        return _stranger(request, desk)


@customer_page
def _home(request: HttpRequest, place: CustomerPlace) -> HttpResponse:
    kept = kept_form(request, now=place.now)
    return show(
        request,
        place,
        "home",
        part=HOME,
        title=_("Start"),
        page=home_page(place, language=language()),
        words="" if kept is None else clean(kept.get("words", "")),
    )


def _stranger(request: HttpRequest, slug: str) -> HttpResponse:
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise Http404
    if _is_staff(request, desk):
        return _without_place(request, desk, "staff_here", title=_("This is the part for customers"))
    try:
        page = stranger_page(desk, language=language())
    except NoPolicyError as error:
        raise Http404 from error
    return _without_place(request, desk, "stranger", title=_("We do not find you here"), page=page)


def _is_staff(request: HttpRequest, desk: Desk) -> bool:
    """True for the desk's staff, also before their second factor: the workspace asks for it on the way in."""
    return bound_organisation(request) is None and staff_here(request, desk.slug) is not None


def _without_place(request: HttpRequest, desk: Desk, template: str, *, title: str, **contents: Any) -> HttpResponse:
    context = {
        "chrome": stranger_chrome(request, desk),
        "title": title,
        "desk": desk.slug,
        "errors": (),
        "notices": (),
        "kept": False,
        **contents,
    }
    return render(request, f"portal/{template}.html.jinja", context, status=HTTPStatus.NOT_FOUND)
