"""Scripts copied straight into the tables, for the benchmarks: a million tickets in minutes.

What the doors of `domain.tickets` would have written, worked out from the script: the same rows, proven by a test
that plays a history and copies it, and compares. Only what the example desks promise is known here, a first answer;
a policy that promises more raises UnknownPromiseError.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy, published_version
from vaxel.domain.tickets.clocks import FIRST_ANSWER
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.facts import facts_to_json
from vaxel.domain.tickets.intake import case_reference, one_line
from vaxel.domain.tickets.models import Clock, ClockInterval, Event, Message, Note, Ticket
from vaxel.domain.tickets.status import Status
from vaxel.insight.transfer.demo.cast import CastPerson, CastStaff
from vaxel.insight.transfer.demo.copying import Json, Table, as_json
from vaxel.insight.transfer.demo.deciding import Decider
from vaxel.insight.transfer.demo.scripts import (
    Act,
    Assigns,
    Closes,
    Doer,
    Notes,
    Reclassifies,
    Says,
    SetsPriority,
    Solves,
    TicketScript,
)
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.rules.policy import Decision, Facts, Target

#: Rows of so many tickets are held before they are copied.
_BATCH: Final = 2000


class UnknownPromiseError(ValueError):
    """The policy promises something that only the doors can keep."""


def copy_history(
    scripts: Iterable[TicketScript], *, stage: Stage, progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Copy the scripts of a desk; each batch is a transaction of its own."""
    copier = _Copier(stage)
    for done, script in enumerate(scripts, start=1):
        copier.add(script)
        if done % _BATCH == 0:
            copier.flush()
            progress(done)
    copier.finish()


@dataclass(slots=True)
class _Ticket:
    """A ticket on its way through its script."""

    id: int
    script: TicketScript
    priority: str
    kind: str
    topic: str
    destination: str
    assignee: int | None
    facts: Facts
    decision: Decision
    updated_at: datetime
    last_message_at: datetime
    wished_priority: str = ""
    status: str = Status.NEW.value
    customer_spoke_last: bool = True
    answered_at: datetime | None = None
    cancelled_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1

    @property
    def clocks_end(self) -> datetime | None:
        """When the promise of a first answer was kept, or given up."""
        return self.answered_at or self.cancelled_at


@dataclass(slots=True)
class _Copier:
    stage: Stage
    tickets: Table = field(default_factory=lambda: Table(Ticket))
    messages: Table = field(default_factory=lambda: Table(Message))
    notes: Table = field(default_factory=lambda: Table(Note))
    events: Table = field(default_factory=lambda: Table(Event))
    clocks: Table = field(default_factory=lambda: Table(Clock))
    intervals: Table = field(default_factory=lambda: Table(ClockInterval))
    number: int = field(init=False)
    policy_id: int = field(init=False)
    decider: Decider = field(init=False)
    #: Decisions as JSON without their instants, by what they say.
    _decisions: dict[tuple[object, ...], Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.number = Desk.objects.get(pk=self.stage.desk.pk).last_number
        self.policy_id = published_version(self.stage.desk)
        self.decider = Decider(current_policy(self.stage.desk), self.stage.cast)

    # --- one script -------------------------------------------------------------------------------------------------

    def add(self, script: TicketScript) -> None:
        ticket = self._open(script)
        for act in script.acts:
            self._do(act, ticket)
        self._write(ticket)
        self._write_clock(ticket)

    def _open(self, script: TicketScript) -> _Ticket:
        holder = self.decider.holder(script.decision, script.organisation, script.at)
        ticket = _Ticket(
            id=self.tickets.take_id(),
            script=script,
            priority=script.facts.priority,
            kind=script.question.kind,
            topic=script.question.topic,
            destination=script.decision.destination,
            assignee=None if holder is None else self.stage.staff[holder.index],
            facts=script.facts,
            decision=script.decision,
            updated_at=script.at,
            last_message_at=script.at,
        )
        channel = script.question.channel
        text = script.question.text
        stored_by = script.stored_by(self.stage.cast.staff)
        noted_by = self.stage.staff[stored_by.index] if isinstance(stored_by, CastStaff) else None
        message = self._words(
            self.messages, ticket, text, by=script.asker, at=script.at, channel=channel, written_down_by_id=noted_by
        )
        self._event(
            EventKind.OPENED,
            ticket,
            by=stored_by,
            at=script.at,
            message=message,
            destination=ticket.destination,
            assignee=ticket.assignee,
        )
        return ticket

    def _do(self, act: Act, ticket: _Ticket) -> None:
        match act:
            case Says():
                self._say(act, ticket)
            case Notes():
                note = self._words(self.notes, ticket, act.text, by=act.by, at=act.at)
                self._event(EventKind.NOTED, ticket, by=act.by, at=act.at, note=note, seen_version=None)
            case Assigns():
                self._assign(act, ticket)
            case SetsPriority():
                self._set_priority(act, ticket)
            case Reclassifies():
                self._reclassify(act, ticket)
            case Solves():
                ticket.status, ticket.solved_at = Status.SOLVED.value, act.at
                self._event(EventKind.SOLVED, ticket, by=act.by, at=act.at)
            case Closes():
                ticket.status, ticket.closed_at = Status.CLOSED.value, act.at
                ticket.cancelled_at = ticket.cancelled_at or act.at
                self._event(EventKind.CLOSED, ticket, by=act.by, at=act.at)

    def _say(self, act: Says, ticket: _Ticket) -> None:
        is_staff = isinstance(act.by, CastStaff)
        channel = ticket.script.question.channel
        if is_staff or channel == "phone":
            channel = "portal"
        message = self._words(self.messages, ticket, act.text, by=act.by, at=act.at, channel=channel)
        if isinstance(act.by, CastStaff):
            self._after_staff(act, act.by, ticket)
        elif act.by is not ticket.script.asker:
            ticket.answered_at = ticket.answered_at or act.at
            ticket.customer_spoke_last, ticket.status = False, Status.OPEN.value
        else:
            self._after_customer(act, ticket)
        ticket.last_message_at = act.at
        self._event(EventKind.REPLIED, ticket, by=act.by, at=act.at, message=message, seen_version=None)
        if act.then == Status.SOLVED:
            self._event(EventKind.SOLVED, ticket, by=act.by, at=act.at, changes=0)

    def _after_staff(self, act: Says, by: CastStaff, ticket: _Ticket) -> None:
        ticket.answered_at = ticket.answered_at or act.at
        ticket.assignee = ticket.assignee or self.stage.staff[by.index]
        ticket.customer_spoke_last = False
        if act.then is not None:
            ticket.status = act.then.value
        elif ticket.status == Status.NEW:
            ticket.status = Status.OPEN.value
        if act.then == Status.SOLVED:
            ticket.solved_at = ticket.solved_at or act.at

    def _after_customer(self, act: Says, ticket: _Ticket) -> None:
        if ticket.status == Status.SOLVED:
            self._event(EventKind.REOPENED, ticket, by=act.by, at=act.at, changes=0)
            ticket.solved_at = None
        ticket.customer_spoke_last = True
        if ticket.status in {Status.WAITING_CUSTOMER, Status.SOLVED}:
            ticket.status = Status.OPEN.value

    def _assign(self, act: Assigns, ticket: _Ticket) -> None:
        before, ticket.assignee = ticket.assignee, self.stage.staff[act.to.index]
        if before != ticket.assignee:
            self._event(EventKind.ASSIGNED, ticket, by=act.by, at=act.at, before=before, after=ticket.assignee)

    def _set_priority(self, act: SetsPriority, ticket: _Ticket) -> None:
        before, ticket.priority = ticket.priority, act.facts.priority
        ticket.wished_priority = ticket.wished_priority or before
        ticket.facts, ticket.decision = act.facts, act.decision
        self._event(EventKind.PRIORITY_CHANGED, ticket, by=act.by, at=act.at, before=before, after=ticket.priority)

    def _reclassify(self, act: Reclassifies, ticket: _Ticket) -> None:
        before = {"kind": ticket.kind, "product": ticket.script.question.product, "destination": ticket.destination}
        ticket.kind, ticket.topic = act.facts.kind, ""
        ticket.facts, ticket.decision = act.facts, act.decision
        if act.decision.destination != ticket.destination:
            holder = self.decider.holder(act.decision, ticket.script.organisation, act.at)
            ticket.destination = act.decision.destination
            ticket.assignee = None if holder is None else self.stage.staff[holder.index]
        after = {**before, "kind": ticket.kind, "destination": ticket.destination}
        because = [reason.rule for reason in act.decision.because]
        self._event(EventKind.DECIDED_AGAIN, ticket, by=act.by, at=act.at, before=before, after=after, because=because)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _words(
        self, table: Table, ticket: _Ticket, text: str, *, by: Doer, at: datetime, channel: str = "", **said: int | None
    ) -> int:
        actor = self.stage.actor(by)
        more = {"channel": channel, "language": ticket.script.question.language} if channel else {}
        return table.add(
            desk_id=self.stage.desk.pk,
            organisation_id=self.stage.organisations[ticket.script.organisation.index],
            ticket_id=ticket.id,
            text=text,
            html="",
            by_kind=actor.kind,
            by_id=actor.id,
            by_name=actor.name,
            at=at,
            **more,
            **said,
        )

    def _event(
        self,
        kind: EventKind,
        ticket: _Ticket,
        *,
        by: CastPerson | CastStaff | None,
        at: datetime,
        changes: int = 1,
        **data: object,
    ) -> None:
        """The event; a ticket's version grows with each change of it, and opening it is not one."""
        actor = self.stage.actor(by)
        if kind != EventKind.OPENED:
            ticket.version += changes
            ticket.updated_at = at
        self.events.add(
            desk_id=self.stage.desk.pk,
            organisation_id=self.stage.organisations[ticket.script.organisation.index],
            ticket_id=ticket.id,
            kind=kind.value,
            at=at,
            by_kind=actor.kind,
            by_id=actor.id,
            by_name=actor.name,
            data=as_json(data),
        )

    def _write(self, ticket: _Ticket) -> None:
        question = ticket.script.question
        self.number += 1
        behalf = question.on_behalf_of
        running = ticket.clocks_end is None and ticket.script.decision.targets
        self.tickets.add(
            id=ticket.id,
            desk_id=self.stage.desk.pk,
            number=self.number,
            organisation_id=self.stage.organisations[ticket.script.organisation.index],
            requester_id=self.stage.people[ticket.script.asker.index],
            subject=one_line(question.subject),
            product=question.product,
            kind=ticket.kind,
            topic=ticket.topic,
            priority=ticket.priority,
            wished_priority=ticket.wished_priority,
            channel=question.channel,
            status=ticket.status,
            destination=ticket.destination,
            is_first_line=self.decider.is_first_line(ticket.script.decision),
            assignee_id=ticket.assignee,
            fields=as_json(dict(question.fields)),
            case_reference=case_reference(question.fields, policy=self.decider.policy),
            on_behalf_of=None if behalf is None else as_json(behalf.as_json()),
            decision=self._decision(ticket),
            facts=as_json(facts_to_json(ticket.facts)),
            policy_id=self.policy_id,
            created_at=ticket.script.at,
            updated_at=ticket.updated_at,
            last_message_at=ticket.last_message_at,
            customer_spoke_last=ticket.customer_spoke_last,
            next_deadline_at=ticket.script.decision.targets[0].due if running else None,
            solved_at=ticket.solved_at,
            closed_at=ticket.closed_at,
            version=ticket.version,
        )

    def _decision(self, ticket: _Ticket) -> Json:
        """The decision as JSON: what all decisions of its sort share is made once."""
        decision = ticket.decision
        key = (
            decision.destination,
            decision.belongs_to,
            decision.usable,
            decision.channels,
            decision.channels_later,
            decision.fields,
            tuple(reason.rule for reason in decision.because),
        )
        shared = self._decisions.get(key)
        if shared is None:
            shared = self._decisions[key] = decision.to_json()
        targets = [
            {**target, "due": one.due.isoformat().replace("+00:00", "Z")}
            for target, one in zip(shared["targets"], decision.targets, strict=True)
        ]
        return as_json({**shared, "targets": targets})

    def _write_clock(self, ticket: _Ticket) -> None:
        for target in ticket.script.decision.targets:
            if target.name != FIRST_ANSWER:
                raise UnknownPromiseError(f"{target.name} is promised by the rule {target.rule}")
            self._first_answer(target, ticket)

    def _first_answer(self, target: Target, ticket: _Ticket) -> None:
        state = Clock.State.RUNNING if ticket.clocks_end is None else Clock.State.MET
        if ticket.answered_at is None and ticket.cancelled_at is not None:
            state = Clock.State.CANCELLED
        clock = self.clocks.add(
            desk_id=self.stage.desk.pk,
            ticket_id=ticket.id,
            name=target.name,
            target=as_json(
                {
                    "promise": target.promise,
                    "calendar": target.calendar,
                    "rule": target.rule,
                    "policy": self.policy_id,
                }
            ),
            state=state.value,
            due_at=target.due,
            started_at=ticket.script.at,
            ended_at=ticket.clocks_end,
        )
        self.intervals.add(
            clock_id=clock,
            state="running",
            started_at=ticket.script.at,
            ended_at=ticket.clocks_end,
            policy_id=self.policy_id,
            calendar=target.calendar,
        )

    # --- to the database --------------------------------------------------------------------------------------------

    @property
    def _tables(self) -> tuple[Table, ...]:
        """In the order in which one refers to the other."""
        return (self.tickets, self.messages, self.notes, self.events, self.clocks, self.intervals)

    @transaction.atomic
    def flush(self) -> None:
        for table in self._tables:
            table.flush()

    @transaction.atomic
    def finish(self) -> None:
        for table in self._tables:
            table.finish()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE desks_desk SET last_number = %s WHERE id = %s", [self.number, self.stage.desk.pk])
