"""Where the links in mails lead. The pages themselves are further up; a test proves that the addresses exist."""

from django.conf import settings

from vaxel.domain.tickets.models import Ticket


def customer_link(ticket: Ticket) -> str:
    """The ticket in the portal."""
    return f"{_desk(ticket)}/tickets/{ticket_name(ticket)}/"


def details_link(ticket: Ticket) -> str:
    """The portal's page for what a mail did not tell."""
    return f"{customer_link(ticket)}details/"


def staff_link(ticket: Ticket) -> str:
    """The ticket in the workspace."""
    return f"{_desk(ticket)}/workspace/tickets/{ticket_name(ticket)}/"


def ticket_name(ticket: Ticket) -> str:
    """As people say it: "KOM-1042"."""
    return f"{ticket.desk.prefix}-{ticket.number}"


def _desk(ticket: Ticket) -> str:
    return f"{settings.BASE_URL.rstrip('/')}/{ticket.desk.slug}"
