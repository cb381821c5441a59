"""Browsers in which somebody has signed in before: codes come there, whoever asks for theirs elsewhere (trust 53)."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_COOKIE: Final = "vaxel_been_here"
_SALT: Final = "vaxel.been-here"
#: Seconds: half a year.
_LASTS: Final = 182 * 24 * 3600
#: People who share a browser.
_MOST: Final = 8


def note_sign_in_here(request: HttpRequest, response: HttpResponse, *, address: str) -> None:
    """Whose mail address it was stands in a signed cookie, as a mark that tells nobody else."""
    mark = _mark(address)
    marks = [mark, *(other for other in _marks(request) if other != mark)][:_MOST]
    response.set_cookie(
        _COOKIE,
        signing.dumps(marks, salt=_SALT),
        max_age=_LASTS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def has_been_here(request: HttpRequest, *, address: str) -> bool:
    """Whether the owner of the address has signed in in this browser."""
    return _mark(address) in _marks(request)


def _mark(address: str) -> str:
    return salted_hmac(_SALT, address.lower(), algorithm="sha256").hexdigest()


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks: list[str] = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return []
    return marks
