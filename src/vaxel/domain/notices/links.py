"""Where the links in mails lead. The pages themselves are further up; a test proves that the addresses exist."""

from django.conf import settings

from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Manual
from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.tokens import offer_token
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.wishes.models import Wish


def customer_link(ticket: Ticket) -> str:
    """The ticket in the portal."""
    return f"{desk_link(ticket.desk)}/tickets/{ticket_name(ticket)}/"


def details_link(ticket: Ticket) -> str:
    """The portal's page for what a mail did not tell."""
    return f"{customer_link(ticket)}details/"


def staff_link(ticket: Ticket) -> str:
    """The ticket in the workspace."""
    return f"{desk_link(ticket.desk)}/workspace/tickets/{ticket_name(ticket)}/"


def offer_link(offer: Offer, *, ticket: Ticket, person_id: int) -> str:
    """Where this person, and nobody else, answers the offer without signing in."""
    return f"{desk_link(ticket.desk)}/offers/{offer_token(offer_id=offer.pk, person_id=person_id)}/"


def problem_link(problem: KnownProblem, *, language: str) -> str:
    """The known problem in the help centre, or the portal where the desk has none; one query."""
    if not Manual.unscoped.filter(desk=problem.desk_id).exists():
        return f"{desk_link(problem.desk)}/"
    return f"{desk_link(problem.desk)}/help/{language}/problems/{problem.number}/"


def wish_link(wish: Wish, *, language: str) -> str:
    """The wish in the help centre: wishes come from there."""
    return f"{desk_link(wish.desk)}/help/{language}/wishes/{wish.number}/"


def article_link(slug: str, desk: Desk, *, language: str) -> str:
    """The article in the help centre."""
    return f"{desk_link(desk)}/help/{language}/{slug}/"


def choices_link(desk: Desk, *, for_whom: str) -> str:
    """Where one of the staff, or a customer's person, chooses which mails come."""
    return f"{desk_link(desk)}/workspace/notices/" if for_whom == "staff" else f"{desk_link(desk)}/notices/"


def ticket_name(ticket: Ticket) -> str:
    """As people say it: "KOM-1042"."""
    return f"{ticket.desk.prefix}-{ticket.number}"


def desk_link(desk: Desk) -> str:
    return f"{settings.BASE_URL.rstrip('/')}/{desk.slug}"
