"""What every change of a ticket does: lock it, see that nobody was faster (trust 75), and write what changed."""

from datetime import datetime
from functools import cache
from typing import Final

from vaxel.domain.tickets.models import Ticket
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as
from vaxel.kit.rows import store
from vaxel.kit.tenancy import Scope


class TicketMissingError(LookupError):
    """No such ticket for this reader: not there, or somebody else's. Views answer 404."""


class ChangedMeanwhileError(RuntimeError):
    """Somebody else changed the ticket after the writer had read it; nothing was written."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(f"ticket {ticket.number} is at version {ticket.version}")
        self.ticket = ticket


def lock_ticket(*, scope: Scope, number: int, seen_version: int | None = None) -> Ticket:
    """The ticket, held until the transaction ends.

    With `seen_version`, raises ChangedMeanwhileError unless the ticket is still as the writer saw it.
    """
    organisation = scope.organisation_id
    found = _locking(for_vendor=organisation is None).run(
        {_A_SCOPE.desk_id: scope.desk_id, _A_SCOPE.organisation_id: organisation, _A_NUMBER: number}
    )
    if not found:
        raise TicketMissingError(number)
    ticket = row_as(Ticket, found[0])
    require_unchanged(ticket, seen_version=seen_version)
    return ticket


#: Marks in the compiled query, where each run puts a request's values (see `kit.compiled`).
_A_SCOPE: Final = Scope(desk_id=-1, organisation_id=-2)
_A_NUMBER: Final = -3


@cache
def _locking(*, for_vendor: bool) -> Compiled:
    scope = Scope(desk_id=_A_SCOPE.desk_id) if for_vendor else _A_SCOPE
    rows = Ticket.objects.within(scope).select_for_update().filter(number=_A_NUMBER)
    return compiled(rows.values_list(*columns_of(Ticket)), _A_SCOPE.desk_id, _A_SCOPE.organisation_id, _A_NUMBER)


def require_unchanged(ticket: Ticket, *, seen_version: int | None) -> None:
    """Raises ChangedMeanwhileError unless the locked ticket is as the writer saw it; None saw nothing in particular."""
    if seen_version is not None and ticket.version != seen_version:
        raise ChangedMeanwhileError(ticket)


def store_change(ticket: Ticket, *names: str, now: datetime) -> None:
    """Write these fields of a locked ticket as one change of it: whoever has read the ticket before is told."""
    ticket.updated_at = now
    ticket.version += 1
    store(ticket, *names, "updated_at", "version")
