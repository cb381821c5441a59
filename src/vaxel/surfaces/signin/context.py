"""The frame around the sign-in pages, which belong to no desk."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vaxel.surfaces.ui.chrome import chosen_theme, initials
from vaxel.surfaces.ui.kept_form import is_form_kept
from vaxel.surfaces.ui.shapes import Chrome, FieldError, Option, Person

#: The names of this surface's addresses begin so, the library's own among them.
_NAMES = ("signin", "account_", "mfa_")


def frame(request: HttpRequest) -> dict[str, Any]:
    """For pages of this surface only: the views of the library know nothing of our frame."""
    match = request.resolver_match
    if match is None or not match.view_name.startswith(_NAMES):
        return {}
    return {
        "chrome": _chrome(request),
        "notices": [str(message) for message in get_messages(request)],
        "faults": faults,
        "is_form_kept": not request.user.is_authenticated and is_form_kept(request),
        "carried_query": _carried_query(request),
    }


def faults(form: BaseForm) -> list[FieldError]:
    """What is wrong with a sent form, in the order of its fields; a fault of the whole links to the first."""
    first = next(iter(form.fields), "")
    return [
        FieldError(field=first if name == "__all__" else name, text=str(text))
        for name, texts in form.errors.items()
        for text in texts
    ]


def _carried_query(request: HttpRequest) -> str:
    """Where to go afterwards, for links between the pages of sign-in."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return f"?{urlencode({'next': target})}" if get_adapter().is_safe_url(target) else ""


def _chrome(request: HttpRequest) -> Chrome:
    account = request.user
    person = Person(name=account.name, initials=initials(account.name)) if account.is_authenticated else None
    return Chrome(
        desk_name="Växel",
        place=_("Sign-in"),
        home_url=reverse("signin:places") if person else settings.LOGIN_URL,
        person=person,
        sign_out_url=reverse("account_logout") if person else "",
        language_url=reverse("language"),
        languages=tuple(Option(value=code, label=name) for code, name in settings.LANGUAGES),
        theme_url=reverse("theme"),
        theme=chosen_theme(request),
    )
