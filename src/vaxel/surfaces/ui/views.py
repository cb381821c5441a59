"""Pages that belong to no surface: health and errors.

An error page needs neither database nor session, says what to do, and names the request's id: the staff find the
log lines by it, and nobody learns more (trust 80).
"""

import sys
from http import HTTPStatus
from typing import Final

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_NO_CSRF_COOKIE
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vaxel.insight.reports.health import health_of_parts, pages_can_be_served
from vaxel.surfaces.ui.context import page
from vaxel.surfaces.ui.gate import ask_to_sign_in
from vaxel.surfaces.ui.shapes import Chrome
from vaxel.surfaces.ui.unsaved import unsaved

#: No connection, a server that stops, a disk without room.
_AWAY: Final = (OperationalError, InterfaceError)
#: How Django begins to say that a form comes from another site.
_OTHER_ORIGIN: Final = REASON_BAD_ORIGIN.partition("%")[0]
#: The frame of a page that knows neither desk nor person.
_FRAME: Final = Chrome(desk_name="Växel", place="", home_url="/")


@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Which parts are well, and 503 when one is not; `vaxel check` tells the details."""
    parts = health_of_parts(now=timezone.now())
    well = all(part.well for part in parts)
    body = {"well": well, "parts": {part.name: part.well for part in parts}}
    return JsonResponse(body, status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)


@require_GET
@never_cache
def health_of_web(request: HttpRequest) -> JsonResponse:
    """For a load balancer: 503 when this process cannot serve pages, whatever the other parts do."""
    well = pages_can_be_served()
    return JsonResponse({"well": well}, status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The form's token does not fit. When session and token are both gone, a browser has forgotten them: sign in again.

    Otherwise the page holds what was written, and sends it once more with a token that fits. Both only with an origin
    that is ours: another site must not put words in anybody's mouth.
    """
    desk = request.resolver_match.kwargs.get("desk", "") if request.resolver_match is not None else ""
    is_ours = "Origin" in request.headers and not reason.startswith(_OTHER_ORIGIN)
    if desk and is_ours and reason == REASON_NO_CSRF_COOKIE and not request.user.is_authenticated:
        return ask_to_sign_in(request, desk)
    return _error_page(request, "form_expired", HTTPStatus.FORBIDDEN, unsaved=unsaved(request) if is_ours else None)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read, or is more than is read."""
    if isinstance(exception, RequestDataTooBig):
        return _error_page(request, "413", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _error_page(request, "400", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Seen, and not allowed."""
    return _error_page(request, "403", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person: both look the same (trust 42)."""
    # Who brings no session has not signed in as anybody, and is not spoken to as if they had.
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return _error_page(request, "404", HTTPStatus.NOT_FOUND, signed_in=signed_in)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; a database that is away or full comes back, so its page keeps what was written (trust 71, 73)."""
    if isinstance(sys.exc_info()[1], _AWAY):
        return _try_again_page(request, "503", HTTPStatus.SERVICE_UNAVAILABLE, seconds=10)
    return _error_page(request, "500", HTTPStatus.INTERNAL_SERVER_ERROR)


def too_fast(request: HttpRequest) -> HttpResponse:
    """More in a minute than people do."""
    return _try_again_page(request, "429", HTTPStatus.TOO_MANY_REQUESTS, seconds=60)


def _try_again_page(request: HttpRequest, name: str, status: HTTPStatus, *, seconds: int) -> HttpResponse:
    response = _error_page(request, name, status, unsaved=unsaved(request))
    response.headers["Retry-After"] = str(seconds)
    return response


def _error_page(request: HttpRequest, name: str, status: HTTPStatus, **more: object) -> HttpResponse:
    """Without the request, so that no surface adds what it would have to ask the database for."""
    context = {**page(request), "chrome": _FRAME, "request_id": request_number(), **more}
    return HttpResponse(render_to_string(f"ui/errors/{name}.html.jinja", context), status=status)


def request_number() -> str:
    """What the log calls this request; people tell it to the staff."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))
