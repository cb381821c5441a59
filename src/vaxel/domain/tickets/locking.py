"""The lock that every change of a ticket takes, and the check that nobody was faster (trust 75)."""

from vaxel.domain.tickets.models import Ticket
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
    ticket = Ticket.objects.within(scope).select_for_update().filter(number=number).first()
    if ticket is None:
        raise TicketMissingError(number)
    require_unchanged(ticket, seen_version=seen_version)
    return ticket


def require_unchanged(ticket: Ticket, *, seen_version: int | None) -> None:
    """Raises ChangedMeanwhileError unless the locked ticket is as the writer saw it; None saw nothing in particular."""
    if seen_version is not None and ticket.version != seen_version:
        raise ChangedMeanwhileError(ticket)
