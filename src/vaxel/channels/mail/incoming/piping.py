"""Mails that somebody brings themselves: stored, read and settled at once, with an answer for each."""

from collections.abc import Callable
from datetime import datetime

from vaxel.channels.mail.incoming.draining import settle
from vaxel.channels.mail.readers import Readers
from vaxel.channels.mail.reading.limits import LONGEST_MAIL
from vaxel.domain.mailroom.claiming import MOST_ATTEMPTS, Claim
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.queries import Outcome, outcome_of
from vaxel.domain.mailroom.storing import Arrival, store


def pipe_in(raw: bytes, *, mailbox: Mailbox, readers: Readers, clock: Callable[[], datetime]) -> Outcome:
    """Take in one mail; what became of it, or of the earlier copy of it."""
    arrival = Arrival(raw=raw if len(raw) <= LONGEST_MAIL else None, size=len(raw))
    (stored,) = store([arrival], mailbox=mailbox, now=clock(), is_taken_at_once=True)
    if stored.is_new:
        mail = readers.read(raw)
        for attempt in range(1, MOST_ATTEMPTS + 1):
            claim = Claim(stored.mail_id, attempt, None)
            if settle(claim, lambda: mail, now=clock()) is not None:
                break
    return outcome_of(stored.mail_id, is_copy=not stored.is_new)
