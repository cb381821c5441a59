"""Who the session of a request belongs to: read by every request, so by a query that is compiled once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from vaxel.domain.people.accounts import active_account
from vaxel.domain.people.models import Account


class AccountBackend(AuthenticationBackend):
    """What the setting AUTHENTICATION_BACKENDS asks for: allauth's way in, and our way of finding the account again."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account with this id; None for one that was closed or is gone."""
        return active_account(int(user_id))
