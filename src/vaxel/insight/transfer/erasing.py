"""A finished ticket's personal data leave the installation: words, files, mails, and the colleague it was asked for.

The people who asked and answered have accounts and are another matter. Backups of before keep what they hold until
they are removed, as docs/running.md says.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from vaxel.domain.audit.actor import Actor
from vaxel.domain.audit.record import record
from vaxel.domain.mailroom.erasing import erase_received
from vaxel.domain.notices.erasing import erase_mails
from vaxel.domain.privacy.keeping import HeldError, holds_on
from vaxel.domain.smalljobs.erasing import strike_out
from vaxel.domain.tickets.erasing import GONE, colleagues_of, erase_words, hold_finished
from vaxel.insight.search.models import TicketWords
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went. `numbers` are the tickets: the named one and those that had its words too."""

    numbers: tuple[int, ...]
    files: int
    mails: int


@transaction.atomic(durable=True)
def erase_ticket(*, scope: Scope, number: int, by: Actor, now: datetime, seen_version: int | None = None) -> Erased:
    """Erase all of it at once, or nothing; the audit trail keeps that it was done, by whom and when.

    Raises TicketMissingError, ChangedMeanwhileError, NotFinishedError while one of the tickets is open, HeldError
    while the law wants one of them kept, and OnItsWayError while a mail about them is being sent.
    """
    tickets = hold_finished(scope=scope, number=number, seen_version=seen_version)
    numbers = [each.number for each in tickets]
    if any(holds_on(scope, organisation_id=each, numbers=numbers) for each in {one.organisation_id for one in tickets}):
        raise HeldError
    pks = [each.pk for each in tickets]
    colleagues = colleagues_of(tickets)
    words = sorted({word for each in colleagues for word in each.words}, key=len, reverse=True)
    mails = erase_mails(pks, desk_id=scope.desk_id, addresses=[each.email for each in colleagues])
    mails += erase_received(pks)
    strike_out(words, ticket_ids=pks)
    files = erase_words(tickets, by=by, now=now)
    # The triggers only ever add words.
    TicketWords.unscoped.filter(ticket__in=pks).update(words=SearchVector(Value(GONE), config="swedish"))
    for ticket in tickets:
        record(kind="ticket-erased", by=by, now=now, desk_id=scope.desk_id, ticket=ticket.number)
    return Erased(numbers=tuple(each.number for each in tickets), files=files, mails=mails)
