"""Django's sessions in the database, read by a query that is compiled once: every request begins with it."""

from datetime import UTC, datetime
from functools import cache
from typing import Final

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as


class SessionStore(db.SessionStore):
    """What the setting SESSION_ENGINE asks for."""

    def _get_session_from_db(self) -> Session | None:
        # Django's hook: the session with our key, and a key that is forgotten when it has ended.
        found = _reading().run({_A_KEY: self.session_key, _NOW: timezone.now()})
        if not found:
            self._session_key = None
            return None
        return row_as(Session, found[0])


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_KEY: Final = "<key>"
_NOW: Final = datetime(1000, 1, 1, tzinfo=UTC)


@cache
def _reading() -> Compiled:
    rows = Session.objects.filter(session_key=_A_KEY, expire_date__gt=_NOW)
    return compiled(rows.values_list(*columns_of(Session)), _A_KEY, _NOW)
