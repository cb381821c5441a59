"""Somebody of the staff leaves, or is away for long: everything open that they have goes to others, ticket by ticket.

Each ticket goes by the door that one hand would use, in a transaction of its own: what cannot go stays with them and is
told, and the rest has gone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db.models import Count

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.tickets.destinations import role_holder
from vaxel.domain.tickets.handing_over import Words, hand_over
from vaxel.domain.tickets.lifecycle import NotHereError, NotPossibleError, assign
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.kit.tenancy import Scope

#: How many go at once: longer would keep a browser waiting.
MOST_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who gets them: one of the staff, a destination of the policy, or with neither each ticket's own place: whoever
    holds its role now, or the queue of its team.
    """

    staff_id: int | None = None
    destination: str = ""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What became of it; `left` are the numbers that stayed, for they were changed meanwhile or cannot go there."""

    gone: int
    left: tuple[int, ...]


def open_with(scope: Scope, *, staff_id: int) -> list[Ticket]:
    """What they have that is not finished, the nearest promise first, at most `MOST_AT_ONCE`; one query."""
    rows = Ticket.objects.within(scope).filter(assignee=staff_id, status__in=[status.value for status in OPEN_STATUSES])
    return list(rows.select_related("organisation").order_by("next_deadline_at", "number")[:MOST_AT_ONCE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One of the staff, and how many open tickets they have."""

    staff_id: int
    name: str
    is_active: bool
    count: int


def who_has_what(scope: Scope) -> list[Holder]:
    """Everybody who has an open ticket; those who work here no more first, then by name. One query."""
    rows = Ticket.objects.within(scope).filter(
        assignee__isnull=False, status__in=[status.value for status in OPEN_STATUSES]
    )
    counted = rows.order_by().values("assignee_id", "assignee__name", "assignee__is_active")
    counted = counted.annotate(count=Count("pk")).order_by("assignee__is_active", "assignee__name", "assignee_id")
    return [
        Holder(
            staff_id=row["assignee_id"],
            name=row["assignee__name"],
            is_active=row["assignee__is_active"],
            count=row["count"],
        )
        for row in counted
    ]


def hand_on(*, scope: Scope, desk: Desk, staff_id: int, to: Receiver, why: str, by: Actor, now: datetime) -> HandedOn:
    """Hand on what they have, with the reason beside each ticket that goes to another place.

    Raises NotHereError for somebody who is not at the desk, or the one who leaves.
    """
    if to.staff_id == staff_id:
        raise NotHereError(staff_id)
    gone, left = 0, []
    for ticket in open_with(scope, staff_id=staff_id):
        door = _door(ticket, desk=desk, to=to, why=why, now=now)
        try:
            door(scope=scope, number=ticket.number, by=by, now=now, seen_version=ticket.version)
        except NotHereError:
            # A ticket of an older policy may know no such place; a receiver who is not here gets nothing at all.
            if not to.destination:
                raise
            left.append(ticket.number)
        except (ChangedMeanwhileError, NotPossibleError, TicketMissingError):
            left.append(ticket.number)
        else:
            gone += 1
    return HandedOn(gone=gone, left=tuple(left))


def _door(ticket: Ticket, *, desk: Desk, to: Receiver, why: str, now: datetime) -> Callable[..., Ticket]:
    if to.staff_id is not None:
        return partial(assign, staff_id=to.staff_id)
    if to.destination and to.destination != ticket.destination:
        return partial(hand_over, destination=to.destination, words=Words(why=why))
    return partial(assign, staff_id=_holder(ticket, desk=desk, now=now))


def _holder(ticket: Ticket, *, desk: Desk, now: datetime) -> int | None:
    """Whoever takes what comes to the ticket's own place now; None for a team, and where nobody does or it is the same
    one still.
    """
    policy = policy_version(ticket.policy_id)
    holder = role_holder(ticket.destination, policy=policy, desk=desk, organisation_id=ticket.organisation_id, now=now)
    return None if holder == ticket.assignee_id else holder
