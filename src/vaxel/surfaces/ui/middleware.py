"""What every request passes: a log line with ids, the content policy, the person's language; and what no view takes."""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import structlog
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation

from vaxel.domain.tickets.pace import TooFastError
from vaxel.surfaces.ui.afterwards import once_sent
from vaxel.surfaces.ui.views import bad_request, too_fast

Handler = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("vaxel.request")

#: Nothing inline, nothing from elsewhere. `blob:` is for previews of pictures that the person is about to attach.
CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'"
)


class RequestLog:
    """One line per request: method, route, status, milliseconds. Never the query string or a body (trust 63)."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(6)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        began = time.perf_counter()
        response = self._next(request)
        took = time.perf_counter() - began
        response.headers["X-Request-Id"] = request_id
        once_sent(response, lambda: _note(request, response, request_id=request_id, seconds=took))
        return response


def _note(request: HttpRequest, response: HttpResponse, *, request_id: str, seconds: float) -> None:
    # Another thread may close an answer that is sent piece by piece: it knows nothing of the request.
    match = request.resolver_match
    log.info(
        "request",
        request=request_id,
        method=request.method,
        route=match.view_name if match else None,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )


class ContentPolicy:
    """Strict headers on every answer; a view that needs another policy sets its own first."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._next(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class PersonLanguage:
    """The language that a signed-in person has chosen wins over the browser's."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "") if "_auth_user_id" in request.session else ""
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self._next(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "sv")
        return response


class NotTaken:
    """What comes faster than people write, and what the database cannot hold.

    A NUL or a number out of range was no sensible request, wherever in it (trust 24).

    Views clean what people type; names in addresses and values of buttons come from our own pages, so only somebody
    who makes up requests gets here.
    """

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so, instead of that of a fault of ours."""
        if isinstance(exception, TooFastError):
            return too_fast(request)
        if not isinstance(exception, DataError):
            return None
        log.warning("refused by the database", kind=type(exception.__cause__).__name__)
        return bad_request(request, exception)


class FormsOnly:
    """A browser that stands on an address which only takes forms is led to the page that the form is on.

    After a fault or a conflict the answer to a form is a page, and its address is the form's: Enter in the address
    bar, a bookmark and "back" ask for it by GET. What is done to a thing stands below it in our addresses, so the page
    is the nearest one above. Programs, which ask for no page, are told that the method is wrong.
    """

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._next(request)
        is_page_wanted = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("Accept", "")
        if (
            response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            and is_page_wanted
            and "HX-Request" not in request.headers
        ):
            return HttpResponseRedirect(page_above(request.path_info))
        return response


def page_above(path: str) -> str:
    """The nearest address above that leads somewhere, with the same desk and things in it; the front page at last."""
    named = resolve(path).kwargs.items()
    while path := path.rstrip("/").rpartition("/")[0] + "/":
        if path == "/":
            break
        try:
            above = resolve(path).kwargs
        except Resolver404:
            continue
        if above.items() <= named:
            return path
    return "/"
