"""A ticket's promises: rows of clocks and intervals, kept by the pure ledger of `rules.targets`.

Every function takes a ticket that the caller's transaction has locked, changes the rows, and leaves
`next_deadline_at` on the ticket for the caller to save.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, Final

from vaxel.domain.desks.policies import calendars_of, policy_version
from vaxel.domain.tickets.models import Clock, ClockInterval, Ticket
from vaxel.kit.compiled import Compiled, columns_of, compiled, row_as
from vaxel.kit.rows import insert_all, store
from vaxel.rules.policy.decision import Target
from vaxel.rules.targets import (
    Calendar,
    Interval,
    Ledger,
    TargetSpec,
    consumed,
    due,
    open_time_between,
    pause,
    resume,
    start_clock,
    stop,
    switch,
)

FIRST_ANSWER: Final = "first-answer"
NEXT_ANSWER: Final = "next-answer"
UPDATE: Final = "update"
WORKAROUND: Final = "workaround"
SOLVED: Final = "solved"
#: Promises of the vendor's next words; the others are about the matter itself.
_ANSWERS: Final = frozenset({FIRST_ANSWER, NEXT_ANSWER, UPDATE})
#: Promises that begin later than the question: with the asker's next words, and with the vendor's.
_LATER: Final = frozenset({NEXT_ANSWER, UPDATE})
_LIVE: Final = (Clock.State.RUNNING, Clock.State.PAUSED)


def open_clocks(targets: Iterable[Target], *, ticket: Ticket, now: datetime) -> None:
    """The question has come: start the clocks that count from it."""
    start_clocks(_at_once(targets), ticket=ticket, now=now)


def first_deadline(targets: Iterable[Target]) -> datetime | None:
    """When the first of the promises that count from the question is due."""
    return min((target.due for target in _at_once(targets)), default=None)


def _at_once(targets: Iterable[Target]) -> list[Target]:
    return [target for target in targets if target.name not in _LATER]


def start_clocks(targets: Iterable[Target], *, ticket: Ticket, now: datetime) -> None:
    """Start a clock for each promise."""
    clocks = [_new_clock(target, ticket=ticket, now=now) for target in targets]
    if not clocks:
        return
    insert_all(clocks)
    insert_all(
        _row(clock, interval)
        for clock in clocks
        for interval in start_clock(at=now, calendar=_calendar_key(ticket.policy_id, clock.target["calendar"]))
    )
    running = [clock.due_at for clock in clocks if clock.due_at is not None]
    ticket.next_deadline_at = min([*running, *([ticket.next_deadline_at] if ticket.next_deadline_at else [])])


def answer_given(targets: Iterable[Target] = (), *, ticket: Ticket, now: datetime) -> None:
    """The vendor has answered: what was promised of an answer is met, and the next update is promised.

    `targets` are those of a decision made now, so that the deadline counts from now.
    """
    clocks = _live_clocks(ticket)
    for clock in clocks:
        if clock.name in _ANSWERS:
            _end(clock, state=Clock.State.MET, now=now)
    _set_next_deadline(ticket, clocks)
    start_clocks([target for target in targets if target.name == UPDATE], ticket=ticket, now=now)


def customer_spoke(targets: Iterable[Target], *, ticket: Ticket, now: datetime) -> None:
    """The customer has written: what stood still runs on, and a next answer is promised where the terms say so.

    `targets` are those of a decision made now, so that the deadline counts from now.
    """
    names = {clock.name for clock in resume_clocks(ticket=ticket, now=now)}
    if names & {FIRST_ANSWER, NEXT_ANSWER}:
        return
    start_clocks([target for target in targets if target.name == NEXT_ANSWER], ticket=ticket, now=now)


def restart_clocks(targets: Iterable[Target], *, ticket: Ticket, now: datetime) -> None:
    """A finished ticket is open again: what was owed when it was finished runs on with what it had consumed.

    That is the promise to solve it, that of a way around it where solving alone met it, and an answer that nobody has
    given. `targets` are those of the ticket's decision: what it does not promise (any more) is not promised again.
    Call it while the ticket still tells when it was solved or closed.
    """
    wanted = {target.name: target for target in targets}
    last = {clock.name: clock for clock in ticket.clocks.order_by("started_at", "id")}
    for name, target in wanted.items():
        clock = last.get(name)
        if clock is None:
            if name == SOLVED:
                start_clocks([target], ticket=ticket, now=now)
        elif _is_owed_again(clock, ticket):
            clock.state, clock.ended_at = Clock.State.RUNNING, None
            _turn(clock, partial(resume, at=now))
            if clock.target["rule"] != target.rule:
                _promise_instead(clock, target, ticket=ticket, now=now)
    _set_next_deadline(ticket, _live_clocks(ticket))


def _is_owed_again(clock: Clock, ticket: Ticket) -> bool:
    """Whether the ticket's end has ended it, and nothing else."""
    if clock.state in _LIVE:
        return False
    if clock.name == SOLVED:
        return True
    if clock.ended_at not in {ticket.solved_at, ticket.closed_at}:
        return False
    return clock.name == WORKAROUND or (clock.state == Clock.State.CANCELLED and _WITHDRAWN not in clock.target)


def pause_clocks(*, ticket: Ticket, now: datetime) -> None:
    """It is the customer's turn: nothing that the vendor has promised runs."""
    clocks = _live_clocks(ticket)
    for clock in clocks:
        if clock.state == Clock.State.RUNNING:
            clock.state = Clock.State.PAUSED
            _turn(clock, partial(pause, at=now))
    _set_next_deadline(ticket, clocks)


def resume_clocks(*, ticket: Ticket, now: datetime) -> list[Clock]:
    """It is the vendor's turn again: what stood still runs on. Gives the clocks that are not ended."""
    clocks = _live_clocks(ticket)
    for clock in clocks:
        if clock.state == Clock.State.PAUSED:
            clock.state = Clock.State.RUNNING
            _turn(clock, partial(resume, at=now))
    _set_next_deadline(ticket, clocks)
    return clocks


def end_clocks(*, ticket: Ticket, now: datetime, solved: bool) -> None:
    """The ticket is finished: solving meets the promise to solve; whatever else still ran is no longer owed."""
    clocks = _live_clocks(ticket)
    for clock in clocks:
        met = solved and clock.name in {SOLVED, WORKAROUND}
        _end(clock, state=Clock.State.MET if met else Clock.State.CANCELLED, now=now)
    _set_next_deadline(ticket, clocks)


def revive_clocks(*, ticket: Ticket, ended_at: datetime, paused: bool) -> None:
    """What ended at that instant by mistake has never ended: the time since then counts, but for a ticket that waits
    for its customer.
    """
    clocks = list(ticket.clocks.filter(state=Clock.State.CANCELLED, ended_at=ended_at).order_by("id"))
    for clock in clocks:
        clock.state = Clock.State.PAUSED if paused else Clock.State.RUNNING
        clock.ended_at = None
        _turn(clock, partial(pause if paused else resume, at=ended_at))
    _set_next_deadline(ticket, _live_clocks(ticket))


def promise_anew(targets: Sequence[Target], *, ticket: Ticket, now: datetime) -> None:
    """Another decision holds: live clocks go on under its promises with what they have consumed.

    A promise that the new decision does not give is withdrawn; given again by a later one, it goes on with what it had
    consumed. One that is new starts now. A promise that was already met is not made a second time, nor one of an answer
    that came while it was withdrawn.
    """
    wanted = {target.name: target for target in targets}
    clocks = _live_clocks(ticket)
    withdrawn = [clock for clock in _withdrawn(ticket) if clock.name in wanted]
    known = set(ticket.clocks.values_list("name", flat=True))
    for clock in clocks:
        target = wanted.pop(clock.name, None)
        if target is None:
            clock.target = {**clock.target, _WITHDRAWN: True}
            _end(clock, state=Clock.State.CANCELLED, now=now)
            continue
        _promise_instead(clock, target, ticket=ticket, now=now)
    for clock in withdrawn:
        _give_again(clock, wanted.pop(clock.name), ticket=ticket, now=now)
    _set_next_deadline(ticket, [*clocks, *withdrawn])
    start_clocks(
        [target for name, target in wanted.items() if name not in known and name not in _LATER],
        ticket=ticket,
        now=now,
    )


#: In a clock's target: a decision took the promise back, and nothing else had ended it.
_WITHDRAWN: Final = "withdrawn"


def _withdrawn(ticket: Ticket) -> list[Clock]:
    """The last clock of each name that has none now, where a decision took its promise back and nothing has met it."""
    last = {clock.name: clock for clock in ticket.clocks.order_by("started_at", "id")}
    ended = [clock for clock in last.values() if clock.state == Clock.State.CANCELLED and _WITHDRAWN in clock.target]
    return [clock for clock in ended if clock.name not in _ANSWERS or not _answered_since(clock, ticket)]


def running_answer_clock(ticket: Ticket) -> Clock | None:
    """The running promise of an answer."""
    running = ticket.clocks.filter(state=Clock.State.RUNNING, due_at__isnull=False)
    return running.filter(name__in=[FIRST_ANSWER, NEXT_ANSWER]).order_by("due_at").first()


def is_answer_promise_withdrawn(ticket: Ticket) -> bool:
    """Whether a decision has taken back the time of an answer that nobody has given since."""
    return any(clock.name in _ANSWERS for clock in _withdrawn(ticket))


def _answered_since(clock: Clock, ticket: Ticket) -> bool:
    return ticket.messages.filter(by_kind="staff", at__gte=clock.ended_at).exists()


def _give_again(clock: Clock, target: Target, *, ticket: Ticket, now: datetime) -> None:
    """The clock runs on from where it was when its promise was withdrawn."""
    clock.state, clock.ended_at = Clock.State.RUNNING, None
    _turn(clock, partial(resume, at=now))
    _promise_instead(clock, target, ticket=ticket, now=now)


def _promise_instead(clock: Clock, target: Target, *, ticket: Ticket, now: datetime) -> None:
    """The clock goes on under another promise."""
    clock.target = {**_target_json(target, policy_id=ticket.policy_id), "promised_at": now.isoformat()}
    _turn(clock, partial(switch, at=now, calendar=_calendar_key(ticket.policy_id, target.calendar)))


def time_taken(clock: Clock, rows: Sequence[ClockInterval], *, now: datetime) -> tuple[timedelta, timedelta]:
    """What a promise took until it was met, or has taken so far, and what it had allowed: both in the time that counts.

    `rows` are the clock's intervals and `due_at` is set. No query.
    """
    ledger = tuple(_interval(row) for row in sorted(rows, key=lambda row: (row.started_at, row.pk)))
    calendars, end = _calendars(ledger), clock.ended_at or now
    taken, due_at = consumed(ledger, calendars=calendars, now=end), clock.due_at or end
    calendar = calendars[ledger[-1].calendar or ""]
    if due_at >= end:
        return taken, taken + open_time_between(calendar, end, due_at)
    return taken, max(taken - open_time_between(calendar, due_at, end), timedelta())


def _live_clocks(ticket: Ticket) -> list[Clock]:
    return [row_as(Clock, row) for row in _reading_live().run({_A_TICKET_ID: ticket.pk})]


#: Marks in the compiled queries, where each run puts a request's values (see `kit.compiled`).
_A_TICKET_ID: Final = -1
_A_CLOCK_ID: Final = -2


@cache
def _reading_live() -> Compiled:
    rows = Clock.unscoped.filter(ticket_id=_A_TICKET_ID, state__in=_LIVE).order_by("id")
    return compiled(rows.values_list(*columns_of(Clock)), _A_TICKET_ID)


@cache
def _reading_intervals() -> Compiled:
    rows = ClockInterval.objects.filter(clock_id=_A_CLOCK_ID).order_by("started_at", "id")
    return compiled(rows.values_list(*columns_of(ClockInterval)), _A_CLOCK_ID)


def _new_clock(target: Target, *, ticket: Ticket, now: datetime) -> Clock:
    return Clock(
        desk_id=ticket.desk_id,
        ticket_id=ticket.pk,
        name=target.name,
        target=_target_json(target, policy_id=ticket.policy_id),
        state=Clock.State.RUNNING,
        due_at=target.due,
        started_at=now,
    )


def _target_json(target: Target, *, policy_id: int) -> dict[str, Any]:
    """What is kept of a promise: enough to find its rule in the policy version that gave it."""
    return {"promise": target.promise, "calendar": target.calendar, "rule": target.rule, "policy": policy_id}


def _spec(target: dict[str, Any]) -> TargetSpec:
    return policy_version(target["policy"]).promises[target["rule"]]


def _promised_at(target: dict[str, Any]) -> datetime | None:
    """When this promise took the place of another one; None for a clock that has had one all along."""
    written = target.get("promised_at")
    return None if written is None else datetime.fromisoformat(written)


def _end(clock: Clock, *, state: Clock.State, now: datetime) -> None:
    clock.state = state
    clock.ended_at = now
    _turn(clock, partial(stop, at=now))


def _turn(clock: Clock, change: Callable[[Ledger], Ledger]) -> None:
    """Apply a change of the ledger to the clock's rows, and work out when it is due.

    The ledger only ever ends its last interval and adds new ones, so rows are never rewritten.
    """
    rows = [row_as(ClockInterval, row) for row in _reading_intervals().run({_A_CLOCK_ID: clock.pk})]
    before = tuple(_interval(row) for row in rows)
    after = change(before)
    last = after[len(rows) - 1]
    if rows and last.end != rows[-1].ended_at:
        rows[-1].ended_at = last.end
        store(rows[-1], "ended_at")
    insert_all(_row(clock, interval) for interval in after[len(rows) :])
    if clock.state in _LIVE:
        clock.due_at = due(
            _spec(clock.target), after, calendars=_calendars(after), promised_at=_promised_at(clock.target)
        )
    store(clock, "state", "target", "due_at", "ended_at")


def _set_next_deadline(ticket: Ticket, clocks: Iterable[Clock]) -> None:
    running = [clock.due_at for clock in clocks if clock.state == Clock.State.RUNNING and clock.due_at is not None]
    ticket.next_deadline_at = min(running, default=None)


def _row(clock: Clock, interval: Interval) -> ClockInterval:
    policy_id, _, calendar = (interval.calendar or "").partition("/")
    return ClockInterval(
        clock_id=clock.pk,
        state=interval.state,
        started_at=interval.start,
        ended_at=interval.end,
        policy_id=int(policy_id),
        calendar=calendar,
    )


def _interval(row: ClockInterval) -> Interval:
    return Interval(
        start=row.started_at,
        end=row.ended_at,
        state="paused" if row.state == "paused" else "running",
        calendar=_calendar_key(row.policy_id, row.calendar),
    )


def _calendar_key(policy_id: int, calendar: str) -> str:
    """How the ledger names a calendar: with the policy version that it stands in, so that a promise keeps its hours."""
    return f"{policy_id}/{calendar}"


def _calendars(ledger: Ledger) -> dict[str, Calendar]:
    keys = {interval.calendar for interval in ledger if interval.calendar is not None}
    return {key: calendars_of(int(key.partition("/")[0]))[key.partition("/")[2]] for key in keys}
