"""One thing done to several tickets at once: each by the door that one hand would use, in a transaction of its own.

What is offered is what the ticket's own page offers. A ticket that it cannot be done to is told with the reason, and
the others are done: nobody loses a choice of forty for the sake of one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.inbox import PAGE_SIZE
from vaxel.domain.tickets.lifecycle import (
    NotHereError,
    NotPossibleError,
    assign,
    close,
    reopen,
    set_priority,
    set_status,
    solve,
)
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import DONE, Status
from vaxel.kit.tenancy import Scope

#: How many go at once: what a page of a list holds.
MOST_AT_ONCE: Final = PAGE_SIZE


class Refused(StrEnum):
    """Why nothing was done to a ticket."""

    #: Not at this desk, or no longer. The same for what never was there and for what this reader may not see.
    MISSING = "missing"
    #: Not as it was when it was chosen (trust 75).
    CHANGED = "changed"
    #: Solved or closed: it has to be opened again first.
    FINISHED = "finished"
    #: Not solved, and only what is solved is closed without a word to the asker.
    UNSOLVED = "unsolved"
    #: To be opened again: open already, or closed for longer than a mistake takes to be seen.
    STANDS = "stands"
    #: The colleague does not work here, or no longer.
    NO_COLLEAGUE = "no-colleague"
    #: The policy that decides about the ticket has no such priority.
    NO_PRIORITY = "no-priority"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ticket by its number at the desk, in the version that was seen when it was chosen; None saw none."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the tickets, by their numbers. `already` were so before, and nothing was written."""

    done: tuple[int, ...]
    already: tuple[int, ...]
    refused: Mapping[int, Refused]


Door = Callable[..., Ticket]
#: Says why a ticket of this status is refused; None lets it through.
Rule = Callable[[Status], Refused | None]


def assign_each(chosen: Sequence[Chosen], *, scope: Scope, staff_id: int | None, by: Actor, now: datetime) -> Outcome:
    """Give them to one of the staff, or to nobody."""
    doing = _Doing(partial(assign, staff_id=staff_id), rule=_unless_finished, unknown=Refused.NO_COLLEAGUE)
    return _each(chosen, doing, scope=scope, by=by, now=now)


def set_status_of_each(chosen: Sequence[Chosen], *, scope: Scope, status: Status, by: Actor, now: datetime) -> Outcome:
    """Open, waiting for the customer or for a third party."""
    doing = _Doing(partial(set_status, status=status), rule=_unless_finished)
    return _each(chosen, doing, scope=scope, by=by, now=now)


def set_priority_of_each(chosen: Sequence[Chosen], *, scope: Scope, priority: str, by: Actor, now: datetime) -> Outcome:
    """Another priority; the policy decides anew about each."""
    doing = _Doing(partial(set_priority, priority=priority), rule=_unless_closed, unknown=Refused.NO_PRIORITY)
    return _each(chosen, doing, scope=scope, by=by, now=now)


def solve_each(chosen: Sequence[Chosen], *, scope: Scope, by: Actor, now: datetime) -> Outcome:
    """The questions are answered."""
    return _each(chosen, _Doing(solve, rule=_unless_closed), scope=scope, by=by, now=now)


def close_each(chosen: Sequence[Chosen], *, scope: Scope, by: Actor, now: datetime) -> Outcome:
    """Finished for good, where they are solved."""
    return _each(chosen, _Doing(close, rule=_unless_open), scope=scope, by=by, now=now)


def reopen_each(numbers: Sequence[int], *, scope: Scope, by: Actor, now: datetime) -> Outcome:
    """Open again: the way back from solving and closing by mistake. It asks for no version, as with a single one."""
    doing = _Doing(reopen, impossible=Refused.STANDS)
    return _each([Chosen(number) for number in numbers], doing, scope=scope, by=by, now=now)


def _any(status: Status) -> Refused | None:
    return None


def _unless_finished(status: Status) -> Refused | None:
    return Refused.FINISHED if status in DONE else None


def _unless_closed(status: Status) -> Refused | None:
    return Refused.FINISHED if status == Status.CLOSED else None


def _unless_open(status: Status) -> Refused | None:
    return None if status in DONE else Refused.UNSOLVED


@dataclass(frozen=True, slots=True)
class _Doing:
    """A door for one ticket, and when it is not even tried."""

    door: Door
    rule: Rule = _any
    #: What it means when the door does not know what was named.
    unknown: Refused = Refused.MISSING
    #: What it means when its state does not allow it.
    impossible: Refused = Refused.FINISHED


def _each(chosen: Sequence[Chosen], doing: _Doing, *, scope: Scope, by: Actor, now: datetime) -> Outcome:
    seen = _seen(chosen, scope=scope)
    done, already, refused = [], [], {}
    for one in chosen:
        became = _one(one, doing, status=seen.get((one.number, one.version)), scope=scope, by=by, now=now)
        if isinstance(became, Refused):
            refused[one.number] = became
        elif became.version == one.version:
            already.append(one.number)
        else:
            done.append(one.number)
    return Outcome(tuple(done), tuple(already), refused)


def _seen(chosen: Sequence[Chosen], *, scope: Scope) -> Mapping[tuple[int, int | None], Status]:
    """The status of each that is as it was when it was chosen, by number and version; one query."""
    rows = Ticket.objects.within(scope).filter(number__in=[one.number for one in chosen])
    return {(number, version): Status(status) for number, version, status in rows.values_list(*_STATE)}


_STATE: Final = ("number", "version", "status")


def _one(
    one: Chosen, doing: _Doing, *, status: Status | None, scope: Scope, by: Actor, now: datetime
) -> Ticket | Refused:
    """By the door, unless its status forbids it. No status means that it was changed or is not there: the door says
    which, under its lock; so it does when somebody is faster than we are now.
    """
    if status is not None and (refusal := doing.rule(status)) is not None:
        return refusal
    versioned = {} if one.version is None else {"seen_version": one.version}
    try:
        return doing.door(scope=scope, number=one.number, by=by, now=now, **versioned)
    except TicketMissingError:
        return Refused.MISSING
    except ChangedMeanwhileError:
        return Refused.CHANGED
    except NotHereError:
        return doing.unknown
    except NotPossibleError:
        return doing.impossible
