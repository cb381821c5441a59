"""How fast one person may ask: far above what people do, far below what would hurt others (trust 59, 73).

The questions themselves are counted, so nothing has to be written down for it. Mails have caps of their own.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from django.db.models import Count

from vaxel.domain.tickets.models import Draft, Ticket
from vaxel.kit.compiled import Compiled, compiled

#: Questions that one person may begin in a minute and in a day, and send in a minute.
MOST_BEGUN_A_MINUTE: Final = 20
MOST_BEGUN_A_DAY: Final = 300
MOST_SENT_A_MINUTE: Final = 10
#: Between two savings of one draft; the page saves after each pause in the writing.
_LEAST_BETWEEN: Final = timedelta(milliseconds=200)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


class TooFastError(RuntimeError):
    """More than people do: to be tried again a minute later."""


def require_pace_to_begin(*, person_id: int, now: datetime) -> None:
    """Raise TooFastError when the person has begun too many questions just now; one query."""
    begun = Draft.unscoped.filter(person=person_id, updated_at__gt=now - _DAY)
    times = list(begun.order_by("-created_at").values_list("created_at", flat=True)[:MOST_BEGUN_A_DAY])
    if len(times) >= MOST_BEGUN_A_DAY or sum(at > now - _MINUTE for at in times) >= MOST_BEGUN_A_MINUTE:
        raise TooFastError


def require_pace_to_send(*, person_id: int, now: datetime) -> None:
    """Raise TooFastError when the person has sent too many questions just now; one query."""
    found = _just_sent().run({_A_PERSON_ID: person_id, _A_MINUTE_AGO: now - _MINUTE})
    if sum(sent for (sent,) in found) >= MOST_SENT_A_MINUTE:
        raise TooFastError


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_PERSON_ID: Final = -1
_A_MINUTE_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)


@cache
def _just_sent() -> Compiled:
    # Whatever was created since has had its last message since: the index ends with that.
    recent = Ticket.unscoped.filter(requester_id=_A_PERSON_ID, last_message_at__gt=_A_MINUTE_AGO)
    sent = recent.filter(created_at__gt=_A_MINUTE_AGO).order_by().values("requester_id").annotate(sent=Count("pk"))
    return compiled(sent.values_list("sent"), _A_PERSON_ID, _A_MINUTE_AGO)


def require_pace_to_save(draft: Draft, *, now: datetime) -> None:
    """Raise TooFastError when the draft was saved a blink of an eye ago; no query."""
    if timedelta(0) < now - draft.updated_at < _LEAST_BETWEEN:
        raise TooFastError
