"""How fast one person may ask: far above what people do, far below what would hurt others (trust 59, 73).

The questions themselves are counted, so nothing has to be written down for it. Mails have caps of their own.
"""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.tickets.models import Draft, Ticket

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
    recent = Ticket.unscoped.filter(requester=person_id, last_message_at__gt=now - _MINUTE)
    if recent.filter(created_at__gt=now - _MINUTE).count() >= MOST_SENT_A_MINUTE:
        raise TooFastError


def require_pace_to_save(draft: Draft, *, now: datetime) -> None:
    """Raise TooFastError when the draft was saved a blink of an eye ago; no query."""
    if timedelta(0) < now - draft.updated_at < _LEAST_BETWEEN:
        raise TooFastError
