"""Who the session of a request belongs to: read together with the session, or by a query that is compiled once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.base import SessionBase

from vaxel.domain.people.accounts import active_account
from vaxel.domain.people.models import Account
from vaxel.surfaces.ui.sessions import read_with

#: Django asks a backend for an account by its number alone; meanwhile the session that names it stands here.
_ASKED: Final[ContextVar[SessionBase | None]] = ContextVar("session whose account is asked for", default=None)


class AccountBackend(AuthenticationBackend):
    """What the setting AUTHENTICATION_BACKENDS asks for: allauth's way in, and our way of finding the account again."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account with this id; None for one that was closed or is gone."""
        account_id, session = int(user_id), _ASKED.get()
        read = None if session is None else read_with(session, account_id)
        return active_account(account_id) if read is None else read.account()


@contextmanager
def asked_of(session: SessionBase) -> Iterator[None]:
    """Within it the account that came with the session is not asked for again."""
    token = _ASKED.set(session)
    try:
        yield
    finally:
        _ASKED.reset(token)
