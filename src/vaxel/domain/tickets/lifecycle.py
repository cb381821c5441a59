"""What happens to a ticket besides words: who has it, its state, its priority, where it belongs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.deciding import carried_over, decide_meanwhile, with_found
from vaxel.domain.tickets.events import RETIMED, EventKind, record_event
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.redeciding import (
    DECIDED,
    asked_today,
    decide_again,
    go_where_it_belongs,
    stay_at_the_desk,
    version_for,
)
from vaxel.domain.tickets.status import DONE, WAITING, Status
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Policy
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import NONE, Facts

_NOTHING_FOUND: Final[Mapping[str, str | int | None]] = MappingProxyType({})


class NotPossibleError(RuntimeError):
    """The ticket's state does not allow this, for example to open a closed ticket again."""


class NotHereError(LookupError):
    """What was named is not at this desk: a person, a kind, a product, a priority."""


@transaction.atomic(durable=True)
def assign(
    *, scope: Scope, number: int, staff_id: int | None, by: Actor, now: datetime, seen_version: int | None = None
) -> Ticket:
    """Give the ticket to one of the desk's active staff, or to nobody. Raises NotHereError for anybody else."""
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if staff_id == ticket.assignee_id:
        return ticket
    if staff_id is not None and not Staff.unscoped.filter(pk=staff_id, desk_id=ticket.desk_id, is_active=True).exists():
        raise NotHereError(staff_id)
    before = ticket.assignee_id
    ticket.assignee_id = staff_id
    store_change(ticket, "assignee", now=now)
    record_event(EventKind.ASSIGNED, ticket=ticket, by=by, now=now, before=before, after=staff_id)
    return ticket


@transaction.atomic(durable=True)
def set_status(
    *, scope: Scope, number: int, status: Status, by: Actor, now: datetime, seen_version: int | None = None
) -> Ticket:
    """Set it to open, waiting for the customer or for a third party; solving and closing have doors of their own.

    Promises stand still while it is the customer's turn. Waiting for a third party is the vendor's own affair:
    they run on.
    """
    if status not in {Status.OPEN, *WAITING}:
        raise NotPossibleError(status)
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status in DONE:
        raise NotPossibleError(ticket.status)
    if ticket.status == status:
        return ticket
    before, ticket.status = ticket.status, status
    if status == Status.WAITING_CUSTOMER:
        clocks.pause_clocks(ticket=ticket, now=now)
    else:
        clocks.resume_clocks(ticket=ticket, now=now)
    store_change(ticket, "status", "next_deadline_at", now=now)
    record_event(EventKind.STATUS_CHANGED, ticket=ticket, by=by, now=now, before=before, after=status.value)
    return ticket


@transaction.atomic(durable=True)
def solve(*, scope: Scope, number: int, by: Actor, now: datetime, seen_version: int | None = None) -> Ticket:
    """Mark the question as answered. The customer can still open it again by answering."""
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status in DONE:
        return ticket
    clocks.end_clocks(ticket=ticket, now=now, solved=True)
    ticket.status = Status.SOLVED
    ticket.solved_at = now
    store_change(ticket, "status", "solved_at", "next_deadline_at", now=now)
    record_event(EventKind.SOLVED, ticket=ticket, by=by, now=now)
    return ticket


@transaction.atomic(durable=True)
def reopen(*, scope: Scope, number: int, by: Actor, now: datetime) -> Ticket:
    """Open a solved ticket again; what was promised runs on.

    Staff may also take back a closure of a moment ago. Raises NotPossibleError for any other ticket.
    """
    ticket = lock_ticket(scope=scope, number=number)
    if not may_be_reopened(ticket, by=by, now=now):
        raise NotPossibleError(ticket.status)
    # By the ticket's own version: a later one may know neither its facts nor the rule that made the promise.
    policy, facts = policy_version(ticket.policy_id), facts_from_json(ticket.facts)
    decision = decide_meanwhile(policy, facts, now, handed_to=ticket.handed_to)
    clocks.restart_clocks(decision.targets, ticket=ticket, now=now)
    was_solved = ticket.solved_at is not None
    ticket.status = Status.OPEN
    ticket.solved_at = ticket.closed_at = None
    store_change(ticket, "status", "solved_at", "closed_at", "next_deadline_at", now=now)
    record_event(EventKind.REOPENED, ticket=ticket, by=by, now=now, was_solved=was_solved)
    return ticket


#: A closure by mistake can be taken back this long.
_CLOSURE_STANDS_AFTER: Final = timedelta(minutes=15)


def may_be_reopened(ticket: Ticket, *, by: Actor, now: datetime) -> bool:
    """Whether `reopen` would: a solved ticket, and for staff one that was closed a moment ago."""
    return ticket.status == Status.SOLVED or _just_closed(ticket, by=by, now=now)


def _just_closed(ticket: Ticket, *, by: Actor, now: datetime) -> bool:
    if ticket.status != Status.CLOSED or by.kind != "staff" or ticket.closed_at is None:
        return False
    if now - ticket.closed_at > _CLOSURE_STANDS_AFTER:
        return False
    # One that became part of another goes on there: taking the two apart is the way back.
    return not Link.unscoped.filter(ticket_id=ticket.pk, kind=Link.Kind.MERGED_INTO, ended_at=None).exists()


@transaction.atomic(durable=True)
def close(*, scope: Scope, number: int, by: Actor, now: datetime, seen_version: int | None = None) -> Ticket:
    """Close for good: the asker withdraws the question, or it has been solved and quiet for long."""
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status == Status.CLOSED:
        return ticket
    clocks.end_clocks(ticket=ticket, now=now, solved=False)
    ticket.status = Status.CLOSED
    ticket.closed_at = now
    store_change(ticket, "status", "closed_at", "next_deadline_at", now=now)
    record_event(EventKind.CLOSED, ticket=ticket, by=by, now=now)
    return ticket


@transaction.atomic(durable=True)
def set_priority(
    *, scope: Scope, number: int, priority: str, by: Actor, now: datetime, seen_version: int | None = None
) -> Ticket:
    """Set another priority; the policy decides anew, so promises may change, and what they have consumed stays.

    Where the policy of today knows no such question any more, the one that the ticket was decided by speaks.
    Raises NotHereError for a priority that it does not have, and NotPossibleError for a closed ticket, of which
    nothing is promised any more.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status == Status.CLOSED:
        raise NotPossibleError(ticket.status)
    desk = Desk.objects.get(pk=ticket.desk_id)
    version, facts = asked_today(ticket, desk=desk, now=now, priority=priority)
    if priority not in policy_version(version).file.priorities.levels:
        raise NotHereError(priority)
    if priority == ticket.priority:
        return ticket
    before, ticket.priority = ticket.priority, priority
    promised = _answer_due(ticket)
    if not ticket.wished_priority and before != "undecided":
        ticket.wished_priority = before
    decision = decide_again(ticket, version=version, facts=facts, now=now)
    stay_at_the_desk(ticket, desk=desk, decision=decision, now=now)
    store_change(ticket, "priority", "wished_priority", *DECIDED, now=now)
    record_event(
        EventKind.PRIORITY_CHANGED,
        ticket=ticket,
        by=by,
        now=now,
        before=before,
        after=priority,
        **_retimed(ticket, since=promised),
    )
    return ticket


def _answer_due(ticket: Ticket) -> datetime | None:
    clock = clocks.running_answer_clock(ticket)
    return None if clock is None else clock.due_at


def _retimed(ticket: Ticket, *, since: datetime | None) -> Mapping[str, Sequence[str | None]]:
    """For the event's data: another time of the answer than `since`, to the minute as people read it."""
    times = [None if at is None else at.isoformat(timespec="minutes") for at in (since, _answer_due(ticket))]
    return {} if times[0] == times[1] else {RETIMED: times}


@transaction.atomic(durable=True)
def reclassify(
    *,
    scope: Scope,
    number: int,
    kind: str,
    product: str,
    by: Actor,
    now: datetime,
    topic: str = "",
    found: Mapping[str, str | int | None] = _NOTHING_FOUND,
    seen_version: int | None = None,
) -> Ticket:
    """Give it another kind or product: the policy decides anew where it belongs, and the event keeps why.

    `found` is what an agent has found out of the facts that the policy asks agents for; None for what is not known.
    An agent has read the question and knows that the organisation may ask it, so a policy that would now name
    contact details instead keeps the ticket where it is. A ticket that was handed over by hand goes where the policy
    says again. One that goes to the organisation's own contacts is theirs from then on, and the vendor does not see
    it any more (A12). Raises NotHereError and FactsError.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    desk = Desk.objects.get(pk=ticket.desk_id)
    version = version_for(ticket, desk=desk)
    policy = policy_version(version)
    if kind not in policy.file.kinds or (product and product not in policy.file.products):
        raise NotHereError(kind)
    facts = _facts_about(ticket, policy, kind=kind, product=product, topic=topic, found=found)
    same = (kind, product, topic) == (ticket.kind, ticket.product, ticket.topic)
    news = {name: facts.declared.get(name) for name in found if facts.declared.get(name) != _known(ticket, name)}
    if same and not news and not ticket.details_missing:
        return ticket
    before = {"kind": ticket.kind, "product": ticket.product, "destination": ticket.destination}
    promised = _answer_due(ticket)
    ticket.kind, ticket.product, ticket.topic, ticket.handed_to = kind, product, topic, ""
    decision = decide_again(ticket, version=version, facts=facts, now=now, about_is_said=True)
    go_where_it_belongs(ticket, desk=desk, decision=decision, now=now)
    store_change(ticket, "kind", "product", "topic", *DECIDED, now=now)
    record_event(
        EventKind.DECIDED_AGAIN,
        ticket=ticket,
        by=by,
        now=now,
        before=before,
        after={"kind": kind, "product": product, "destination": ticket.destination},
        because=[reason.rule for reason in decision.because],
        **({"found": news} if news else {}),
        **_retimed(ticket, since=promised),
    )
    return ticket


def _known(ticket: Ticket, name: str) -> str | int | None:
    value: str | int | None = ticket.facts["declared"].get(name)
    return value


def decision_if(
    ticket: Ticket,
    *,
    desk: Desk,
    kind: str,
    product: str,
    topic: str,
    now: datetime,
    found: Mapping[str, str | int | None] = _NOTHING_FOUND,
) -> Decision:
    """What `reclassify` would decide; writes nothing. Raises FactsError when the policy knows no such question."""
    policy = policy_version(version_for(ticket, desk=desk))
    facts = _facts_about(ticket, policy, kind=kind, product=product, topic=topic, found=found)
    return decide_meanwhile(policy, facts, now)


def _facts_about(
    ticket: Ticket, policy: Policy, *, kind: str, product: str, topic: str, found: Mapping[str, str | int | None]
) -> Facts:
    """The ticket's facts with another sort of question, in the words of the policy that is asked."""
    facts = with_found(carried_over(facts_from_json(ticket.facts), policy), found, policy)
    return replace(facts, kind=kind, product=product or NONE, topic=topic or NONE)
