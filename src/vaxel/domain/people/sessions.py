"""A session, whose it is, and where they are staff: every request begins with these, so they are one query.

Who is signed in stays what the session's sealed data says; the account beside it only finds it. So whoever asks says
which account they mean.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final

from django.db.models import FilteredRelation, Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account, Session, Staff
from vaxel.domain.people.queries import StaffAt, as_staff_at
from vaxel.kit.compiled import Compiled, Row, columns_of, compiled, row_as
from vaxel.kit.values import value


@value
class SessionRead:
    """A session with what was read beside it."""

    #: One for each desk that its owner is staff of, or one without a desk.
    rows: Sequence[Row]

    @property
    def session(self) -> Session:
        """The session itself."""
        return row_as(Session, self.rows[0][_SESSION])

    def has(self, account_id: int) -> bool:
        """Whether this account was read: not for sessions from before accounts stood beside them."""
        return bool(self.rows[0][_ACCOUNT_ID] == account_id)

    def account(self) -> Account | None:
        """The account; None for one that was closed."""
        found = row_as(Account, self.rows[0][_ACCOUNT])
        return found if found.is_active else None

    def staff_at(self, desk_slug: str) -> StaffAt | None:
        """Who the account is among the staff of a desk; None for everybody else."""
        place = next((row[_PLACE] for row in self.rows if row[_SLUG] == desk_slug), None)
        account = self.account() if place else None
        return None if place is None or account is None else as_staff_at(place, email=account.email)


def read_session(*, key: str, now: datetime) -> SessionRead | None:
    """The session with this key; None when there is none or it has ended. One query."""
    found = _reading().run({_A_KEY: key, _NOW: now})
    return SessionRead(found) if found else None


def remove_ended_sessions(*, now: datetime) -> None:
    """Those that let nobody in any more, with the forms that wait in them."""
    Session.objects.filter(expire_date__lt=now).delete()


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_KEY: Final = "<key>"
_NOW: Final = datetime(1000, 1, 1, tzinfo=UTC)

_COLUMNS: Final = (
    *columns_of(Session),
    *columns_of(Account, "account__"),
    *columns_of(Staff, "place__"),
    *columns_of(Desk, "place__desk__"),
)
#: Where in a row what stands.
_SESSION: Final = slice(0, len(columns_of(Session)))
_ACCOUNT: Final = slice(_SESSION.stop, _SESSION.stop + len(columns_of(Account)))
_PLACE: Final = slice(_ACCOUNT.stop, len(_COLUMNS))
_ACCOUNT_ID: Final = _COLUMNS.index("account__id")
_SLUG: Final = _COLUMNS.index("place__desk__slug")


@cache
def _reading() -> Compiled:
    own = FilteredRelation("account__staff_places", condition=Q(account__staff_places__is_active=True))
    rows = Session.objects.filter(session_key=_A_KEY, expire_date__gt=_NOW).annotate(place=own)
    return compiled(rows.values_list(*_COLUMNS), _A_KEY, _NOW)
