"""Opening a ticket: the one door, for portal, mail, widget, API and importer alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.numbers import number_to_come, take_number
from vaxel.domain.desks.policies import current_policy, published_version
from vaxel.domain.people.facts import CustomerFacts
from vaxel.domain.tickets.attachments import move_attachments
from vaxel.domain.tickets.clocks import first_deadline, open_clocks, pause_clocks
from vaxel.domain.tickets.deciding import because_of_details
from vaxel.domain.tickets.destinations import LOCAL_CONTACTS, role_holder, who_takes
from vaxel.domain.tickets.drafts import lock_draft
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.facts import asker_and_facts, facts_to_json
from vaxel.domain.tickets.lacking import lacking
from vaxel.domain.tickets.models import Draft, Message, Ticket
from vaxel.domain.tickets.passing_on import remember_passing_on
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.kit.rows import insert, store
from vaxel.rules.policy.by_mail import clocks_wait
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decide import decide
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.facts import Facts

SUBJECT_LENGTH = 200
MAIL = "mail"


class NotATicketError(Exception):
    """The policy sends this question elsewhere, or not by this channel, and no ticket is made; `decision` says why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.destination)
        self.decision = decision


class DraftGoneError(Exception):
    """The draft is not there any more, or somebody else's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the policy says about a question before it is sent: the review page shows it."""

    facts: Facts
    decision: Decision
    #: When the agreement that it is asked under began; None where there is none.
    agreement_starts: date | None


def preview(question: Question, *, desk: Desk, person_id: int, now: datetime) -> Answer:
    """Who will answer, by when and why, if the question were sent now. Writes nothing."""
    policy = current_policy(desk)
    asker, facts = asker_and_facts(question, desk=desk, policy=policy, person_id=person_id, now=now)
    return Answer(facts=facts, decision=decide(policy, facts, now), agreement_starts=asker.agreement_starts)


@transaction.atomic(durable=True)
def open_ticket(question: Question, *, desk: Desk, person_id: int, by: Actor, now: datetime) -> Ticket:
    """Open a ticket and nothing else: see `take_question`."""
    return take_question(question, desk=desk, person_id=person_id, by=by, now=now)


def take_question(question: Question, *, desk: Desk, person_id: int, by: Actor, now: datetime) -> Ticket:
    """Decide the question and store it with its decision, its promises, its first message and its event, in the
    caller's transaction.

    All of it commits together with the job that tells people, or none of it. A draft that was sent already gives
    the ticket of the first time. What a person's mail has not told of all that the form would have asked is kept in
    `details_missing`: the ticket needs details, which are asked back and given by `details.give_details`.
    Raises NotATicketError when the policy names contact details instead or refuses customers the channel that they
    came by (staff note what they have heard and let in what was held, however it came), and DraftGoneError when
    `question.draft_id` is not a draft of this person.
    """
    draft = _lock_draft(question, person_id=person_id)
    if draft is not None and draft.sent is not None:
        return draft.sent
    policy = current_policy(desk)
    asker, facts = asker_and_facts(question, desk=desk, policy=policy, person_id=person_id, now=now)
    decision = decide(policy, facts, question.owed_since(now))
    by_themselves = by.kind == "person" and not question.let_in
    if not decision.ticket or (by_themselves and not decision.usable):
        raise NotATicketError(decision)
    missing = lacking(question, policy=policy, decision=decision) if _by_mail(question, by=by) else ()
    ticket = _insert_ticket(
        question, desk=desk, asker=asker, facts=facts, decision=decision, policy=policy, missing=missing, now=now
    )
    message = _first_message(question, ticket=ticket, by=by, now=now)
    if draft is not None:
        _close_draft(draft, ticket=ticket, message=message, now=now)
    ticket.number = take_number(desk_id=desk.pk, ticket_id=ticket.pk)
    record_event(
        EventKind.OPENED,
        ticket=ticket,
        by=by,
        now=now,
        message=message.pk,
        destination=ticket.destination,
        assignee=ticket.assignee_id,
        **({"lacks": list(missing)} if missing else {}),
        **({"split_from": question.earlier.ticket_number} if question.earlier is not None else {}),
    )
    remember_passing_on(question, ticket=ticket, by=by, now=now)
    return ticket


def _by_mail(question: Question, *, by: Actor) -> bool:
    """Whether no form has asked for details. Staff who note a question decide themselves which they need."""
    return question.channel == MAIL and by.kind == "person"


def _lock_draft(question: Question, *, person_id: int) -> Draft | None:
    if question.draft_id is None:
        return None
    draft = lock_draft(question.draft_id, person_id=person_id)
    if draft is None:
        raise DraftGoneError
    return draft


def _insert_ticket(
    question: Question,
    *,
    desk: Desk,
    asker: CustomerFacts,
    facts: Facts,
    decision: Decision,
    policy: Policy,
    missing: Sequence[str],
    now: datetime,
) -> Ticket:
    organisation_id = asker.organisation_id
    name = who_takes(
        decision.destination, policy=policy, desk_id=desk.pk, organisation_id=organisation_id, asker_id=asker.person_id
    )
    destination = policy.file.destinations[name]
    if not destination.takes_ticket:
        raise NotATicketError(decision)
    waits = bool(missing) and clocks_wait(policy)
    ticket = Ticket(
        desk_id=desk.pk,
        number=number_to_come(),
        organisation_id=organisation_id,
        requester_id=asker.person_id,
        subject=one_line(question.subject),
        product=question.product,
        kind=question.kind,
        topic=question.topic,
        priority=facts.priority,
        wished_priority="" if facts.wished_priority == "none" else facts.wished_priority,
        channel=question.channel,
        status=Status.NEEDS_DETAILS if missing else Status.NEW,
        details_missing=list(missing),
        destination=name,
        is_first_line=destination.type == LOCAL_CONTACTS,
        assignee_id=role_holder(name, policy=policy, desk=desk, organisation_id=organisation_id, now=now),
        fields=dict(question.fields),
        case_reference=case_reference(question.fields, policy=policy),
        on_behalf_of=None if question.on_behalf_of is None else question.on_behalf_of.as_json(),
        decision=(because_of_details(decision, policy=policy) if missing else decision).to_json(),
        facts=facts_to_json(facts),
        policy_id=published_version(desk),
        created_at=now,
        updated_at=now,
        last_message_at=now,
        next_deadline_at=None if waits else first_deadline(decision.targets),
    )
    insert(ticket)
    _promise(decision, ticket=ticket, waits=waits, now=question.owed_since(now))
    return ticket


def _first_message(question: Question, *, ticket: Ticket, by: Actor, now: datetime) -> Message:
    """The question as its asker's message, also when staff have noted it from a call: it is no answer of theirs."""
    writer, written_down_by = by, None
    if question.earlier is not None:
        writer, now, written_down_by = question.earlier.by, question.earlier.at, question.earlier.written_down_by
    elif by.kind == "staff":
        writer = Actor(kind="person", id=ticket.requester_id, name=ticket.requester.name)
        written_down_by = by.id
    return Message.objects.create(
        desk_id=ticket.desk_id,
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        text=question.text,
        html=question.html,
        by_kind=writer.kind,
        by_id=writer.id,
        by_name=writer.name,
        written_down_by_id=written_down_by,
        at=now,
        channel=question.channel,
        language=question.language,
        header_id=question.header_id[:998],
        quoted=question.quoted,
    )


def _promise(decision: Decision, *, ticket: Ticket, waits: bool, now: datetime) -> None:
    """What counts from the question; with `waits` it stands still until the details are there."""
    open_clocks(decision.targets, ticket=ticket, now=now)
    if waits:
        pause_clocks(ticket=ticket, now=now)


def one_line(text: str) -> str:
    """A subject: one line without control characters, of bounded length, with a mark when cut (trust 20)."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def case_reference(answers: Mapping[str, Any], *, policy: Policy) -> str:
    """The product's own case number among the answers, in one form for exact search; empty when there is none."""
    for name, asked in policy.file.fields.items():
        if asked.searchable and answers.get(name):
            return str(answers[name]).strip().upper()[:60]
    return ""


def _close_draft(draft: Draft, *, ticket: Ticket, message: Message, now: datetime) -> None:
    move_attachments(draft_id=draft.pk, message_id=message.pk)
    draft.sent = ticket
    draft.data = {}
    draft.updated_at = now
    store(draft, "sent", "data", "updated_at")
