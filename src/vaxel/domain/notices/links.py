"""Where the links in mails lead. The pages themselves are further up; a test proves that the addresses exist."""

from django.conf import settings

from vaxel.domain.tickets.models import Ticket


def customer_link(ticket: Ticket) -> str:
    """The ticket in the portal."""
    return f"{settings.BASE_URL.rstrip('/')}/{ticket.desk.slug}/tickets/{ticket.number}/"


def staff_link(ticket: Ticket) -> str:
    """The ticket in the workspace."""
    return f"{settings.BASE_URL.rstrip('/')}/{ticket.desk.slug}/workspace/tickets/{ticket.number}/"
