"""Known problems and their tickets as the workspace shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from vaxel.domain.problems.models import KnownProblem, ProblemUpdate
from vaxel.domain.tickets.models import Ticket
from vaxel.surfaces.ui.gate import StaffPlace
from vaxel.surfaces.ui.shapes import Moment, Status
from vaxel.surfaces.ui.ticket_names import ticket_name
from vaxel.surfaces.ui.words import paragraphs
from vaxel.surfaces.workspace.frame import workspace_url
from vaxel.surfaces.workspace.labels import Labels
from vaxel.surfaces.workspace.panel import in_language

#: The kind and the icon of the badge.
_BADGES: Final = {"open": ("warning", "warning"), "fixed": ("", "check"), "withdrawn": ("", "close")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemState:
    """How a problem stands, in a word."""

    label: str
    badge: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """A problem in the list."""

    title: str
    url: str
    state: ProblemState
    products: str
    updated: Moment
    tickets: int
    organisations: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What was told, when and by whom."""

    at: Moment
    by: str
    html: Markup
    state: ProblemState


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOn:
    """An unfinished ticket about the problem."""

    number: int
    name: str
    url: str
    subject: str
    organisation: str
    status: Status


def state_of(state: str) -> ProblemState:
    """A state in words."""
    labels = {"open": _("Known, not fixed"), "fixed": _("Fixed"), "withdrawn": _("Was no fault")}
    badge, icon = _BADGES[state]
    return ProblemState(label=labels[state], badge=badge, icon=icon)


def problem_row(problem: KnownProblem, *, place: StaffPlace, labels: Labels) -> ProblemRow:
    """A problem that was read with its counts (`problems_for_staff`)."""
    names = labels.names.products
    return ProblemRow(
        title=in_language(problem.title, labels.language),
        url=workspace_url("problem", place, number=str(problem.number)),
        state=state_of(problem.state),
        products=", ".join(names.get(each, each) for each in problem.products) or _("All products"),
        updated=labels.moment(problem.updated_at),
        tickets=getattr(problem, "tickets", 0),
        organisations=getattr(problem, "organisations", 0),
        people=getattr(problem, "people", 0),
    )


def update_rows(updates: Sequence[ProblemUpdate], *, labels: Labels) -> tuple[Update, ...]:
    return tuple(
        Update(
            at=labels.moment(each.at),
            by=each.by_name,
            html=paragraphs(in_language(each.text, labels.language)),
            state=state_of(each.state),
        )
        for each in updates
    )


def ticket_rows(tickets: Sequence[Ticket], *, place: StaffPlace, labels: Labels) -> tuple[TicketOn, ...]:
    return tuple(_ticket(each, place=place, labels=labels) for each in tickets)


def _ticket(ticket: Ticket, *, place: StaffPlace, labels: Labels) -> TicketOn:
    name = ticket_name(place.desk, ticket.number)
    return TicketOn(
        number=ticket.number,
        name=name,
        url=workspace_url("ticket", place, name=name),
        subject=ticket.subject or _("(no subject)"),
        organisation=ticket.organisation.name,
        status=labels.names.statuses[ticket.status],
    )
