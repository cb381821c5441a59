"""Django's sessions in the database, read by one query together with their account and its places among the staff."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from vaxel.domain.people.models import Session
from vaxel.domain.people.sessions import SessionRead, read_session


class SessionStore(db.SessionStore):
    """What the setting SESSION_ENGINE asks for."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.read: SessionRead | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's hook: where sessions lie."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Django's hook: the row that is about to be stored, now with whose it is."""
        row: Any = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def _get_session_from_db(self) -> Session | None:
        # Django's hook: the session with our key, and a key that is forgotten when it has ended.
        self.read = read_session(key=self.session_key, now=timezone.now()) if self.session_key else None
        if self.read is None:
            self._session_key = None
            return None
        return self.read.session


def read_with(session: SessionBase, account_id: int) -> SessionRead | None:
    """The session with this account beside it; None when the account did not come with it."""
    session.get(SESSION_KEY)  # it is read when something is first asked of it
    read = session.read if isinstance(session, SessionStore) else None
    return read if read is not None and read.has(account_id) else None
