"""What every page knows besides what its view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation


def page(request: HttpRequest) -> dict[str, Any]:
    """Language, path and mode: plain values, no queries."""
    return {
        "lang": translation.get_language() or "sv",
        "languages": settings.LANGUAGES,
        "path": request.get_full_path(),
        "demo": settings.DEMO,
    }
