"""How pages look to one person: language, light or dark, and the desk's accent colour."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.accounts import choose_language
from vaxel.surfaces.ui.accent import accent_stylesheet
from vaxel.surfaces.ui.shapes import Theme

THEME_COOKIE: Final = "vaxel_theme"
THEMES: Final[Mapping[str, Theme]] = {"auto": "auto", "light": "light", "dark": "dark"}
_YEAR: Final = 365 * 24 * 3600


@require_GET
@cache_control(public=True, max_age=3600)
def accent(request: HttpRequest, desk: str) -> HttpResponse:
    """The desk's own colours as a stylesheet; nothing in it is secret."""
    found = get_object_or_404(Desk, slug=desk)
    return HttpResponse(accent_stylesheet(found.accent), content_type="text/css; charset=utf-8")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: remembered with the account, and in a cookie for those who have not signed in."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(account_id=request.user.pk, language=chosen)
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark, or as the device says. A page's script sets the same cookie by itself, at once."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        _remember(response, THEME_COOKIE, chosen, httponly=False)
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """To the page where the choice was made, and never to another site (trust 61)."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return HttpResponseRedirect(target if ours else "/")


def _remember(response: HttpResponse, name: str, value: str, *, httponly: bool = True) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=secure, httponly=httponly)
