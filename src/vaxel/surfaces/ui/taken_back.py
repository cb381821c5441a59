"""“Me too” was taken back: told once, on the next page that shows the problem, and in that page's own words."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest

_TAG: Final = "taken-back:"


def tell_taken_back(request: HttpRequest, *, undo: str = "") -> None:
    """For the next page. `undo` is what that page sends to bring it back; empty when another tab took it back."""
    messages.success(request, "-", extra_tags=f"{_TAG}{undo}")


def taken_back(request: HttpRequest) -> str | None:
    """What brings back what was just taken back; None when nothing was."""
    tags = (message.extra_tags or "" for message in messages.get_messages(request))
    return next((tag.removeprefix(_TAG) for tag in tags if tag.startswith(_TAG)), None)


def said_here(request: HttpRequest) -> list[str]:
    """All else that the next page has to say."""
    return [
        str(message) for message in messages.get_messages(request) if not (message.extra_tags or "").startswith(_TAG)
    ]
