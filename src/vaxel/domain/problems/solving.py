"""The tickets about a fixed problem are solved together, each by the one door for that."""

from collections.abc import Iterable
from datetime import datetime

from vaxel.domain.audit.actor import Actor
from vaxel.domain.problems.queries import open_tickets_on, told_to_staff
from vaxel.domain.tickets.lifecycle import solve
from vaxel.kit.tenancy import Scope


def solve_tickets(
    ticket_numbers: Iterable[int], *, scope: Scope, problem_number: int, by: Actor, now: datetime
) -> tuple[int, ...]:
    """Solve those of the tickets that hang on the problem and are unfinished; the numbers of the solved ones.

    Each is a transaction of its own: what is done stays done, and a second call goes on with the rest.
    Raises ProblemMissingError.
    """
    problem = told_to_staff(scope, number=problem_number).problem
    wanted = set(ticket_numbers)
    tickets = [each.number for each in open_tickets_on(scope, problem_id=problem.pk) if each.number in wanted]
    for number in tickets:
        solve(scope=scope, number=number, by=by, now=now)
    return tuple(tickets)
