"""The frame around the sign-in pages, which belong to no desk."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vaxel.surfaces.ui.shapes import Chrome, Option, Person


def frame(request: HttpRequest) -> dict[str, Any]:
    """For pages of this surface only: the libraries' views that we use know nothing of our frame."""
    match = request.resolver_match
    if match is None or not match.route.startswith(("signin/", "demo/")):
        return {}
    return {"chrome": _chrome(request), "notices": [str(message) for message in get_messages(request)]}


def _chrome(request: HttpRequest) -> Chrome:
    account = request.user
    signed_in = account.is_authenticated
    return Chrome(
        desk_name="Växel",
        place=_("Sign-in"),
        home_url=reverse("signin:places") if signed_in else settings.LOGIN_URL,
        person=Person(name=account.name, initials=_initials(account.name)) if signed_in else None,
        sign_out_url=reverse("account_logout") if signed_in else "",
        languages=tuple(Option(value=code, label=name) for code, name in settings.LANGUAGES),
    )


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:]))
