"""What every page knows besides what its view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils import translation


def page(request: HttpRequest) -> dict[str, Any]:
    """Language, path and mode: plain values, no queries."""
    return {
        "lang": translation.get_language() or "sv",
        "languages": settings.LANGUAGES,
        "path": request.get_full_path(),
        "demo": settings.DEMO,
        "csrf_input": _FormToken(request),
    }


class _FormToken:
    """The hidden field of every form, made once for a page: each making draws some thirty random numbers."""

    __slots__ = ("_made", "_request")

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._made: str | None = None

    def __html__(self) -> str:
        if self._made is None:
            self._made = csrf_input(self._request)
        return self._made
