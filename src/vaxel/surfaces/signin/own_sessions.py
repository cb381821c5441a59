"""Sessions that an organisation's own sign-in has opened end when it is switched off, or changed for another one."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from vaxel.domain.administration.own_sign_in import is_in_use
from vaxel.domain.people.models import Account
from vaxel.surfaces.signin.backend import asked_of
from vaxel.surfaces.ui.gate import opened_by


class OwnSessions:
    """Looks at it when a request first asks who its user is: one query for such sessions, none for all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request.user
        request.user = cast("Account | AnonymousUser", SimpleLazyObject(lambda: _still_in(request, found)))
        return self._next(request)


def _still_in(request: HttpRequest, user: Account | AnonymousUser) -> Account | AnonymousUser:
    with asked_of(request.session):
        key = opened_by(request, user)
    if not key or is_in_use(key):
        return user
    request.session.flush()
    return AnonymousUser()
