"""Details that a question by mail lacked: given by the customer, filled in or waived by staff."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.facts import customer_facts
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.attachments import move_reply_attachments
from vaxel.domain.tickets.deciding import carried_over, decide_meanwhile
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.facts import facts_from_json, facts_of_form
from vaxel.domain.tickets.intake import NotATicketError, case_reference
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Message, ReplyDraft, Ticket
from vaxel.domain.tickets.question import CHECKED, OnBehalfOf
from vaxel.domain.tickets.redeciding import (
    DECIDED,
    decide_again,
    go_where_it_belongs,
    has_its_details,
    lacks_of,
    policy_for,
    version_for,
)
from vaxel.domain.tickets.status import DONE
from vaxel.domain.tickets.writing import insert_message, insert_note
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Decision, Facts, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is told now. Names are those of the desk's policy; answers that are not given keep what is known."""

    kind: str
    product: str = ""
    topic: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    #: Values of the facts that the policy asks the form for.
    declared: Mapping[str, str | int] = field(default_factory=dict)
    #: The items of the checklist that are done.
    checked: tuple[str, ...] = ()
    on_behalf_of: OnBehalfOf | None = None


@transaction.atomic(durable=True)
def give_details(
    *,
    scope: Scope,
    number: int,
    details: Details,
    by: Actor,
    now: datetime,
    text: str = "",
    language: str = "",
    seen_version: int | None = None,
) -> Ticket:
    """Add what was missing; the policy decides anew, and the promises go on with what they have consumed.

    A customer's answers stand in the conversation too, as `text`, with the files of their draft of an answer. A
    ticket that lacks nothing (any more) stays as it is, so a second press does nothing. Raises NotATicketError when a
    customer's kind leads where no ticket is made, FactsError when kind and product do not go together,
    NotPossibleError on a finished ticket, ChangedMeanwhileError and TicketMissingError; nothing is written then.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status in DONE:
        raise NotPossibleError(ticket.status)
    if not ticket.details_missing:
        return ticket
    desk = Desk.objects.get(pk=ticket.desk_id)
    facts, decision = decision_with(ticket, details, desk=desk, now=now)
    if by.kind == "person" and not decision.ticket:
        raise NotATicketError(decision)
    before = {"kind": ticket.kind, "product": ticket.product, "destination": ticket.destination}
    _fill_in(ticket, details, policy=policy_for(ticket, desk=desk))
    message = _say(ticket, text=text, language=language, by=by, now=now)
    decide_again(ticket, version=version_for(ticket, desk=desk), facts=facts, now=now, about_is_said=True)
    go_where_it_belongs(ticket, desk=desk, decision=decision, now=now)
    if message is not None:
        ticket.customer_spoke_last, ticket.last_message_at = True, now
        clocks.customer_spoke(decision.targets, ticket=ticket, now=now)
    store_change(ticket, *_GIVEN, now=now)
    _record(ticket, before=before, decision=decision, message=message, by=by, now=now)
    return ticket


@transaction.atomic(durable=True)
def waive_details(
    *, scope: Scope, number: int, reason: str, by: Actor, now: datetime, seen_version: int | None = None
) -> Ticket:
    """Staff can do without what is missing; `reason` is an internal note, and what stood still runs.

    Raises NotPossibleError on a finished ticket.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status in DONE:
        raise NotPossibleError(ticket.status)
    if not ticket.details_missing:
        return ticket
    lacks = list(ticket.details_missing)
    has_its_details(ticket, now=now)
    note = insert_note(ticket, text=reason, by=by, now=now)
    store_change(ticket, *_GIVEN, now=now)
    record_event(EventKind.DETAILS_WAIVED, ticket=ticket, by=by, now=now, note=note.pk, lacks=lacks)
    return ticket


def decision_with(ticket: Ticket, details: Details, *, desk: Desk, now: datetime) -> tuple[Facts, Decision]:
    """The facts with these details, in the words of the policy that decides changes of the ticket, and what it says of
    them; writes nothing. Raises FactsError.
    """
    policy = policy_for(ticket, desk=desk)
    facts = replace(
        carried_over(facts_from_json(ticket.facts), policy),
        kind=details.kind,
        product=details.product or "none",
        topic=details.topic or "none",
    )
    told = facts_of_form({**ticket.fields, **details.fields}, details.declared, policy=policy)
    facts = replace(facts, declared={**facts.declared, **told})
    if facts.product != (ticket.product or "none"):
        facts = _about_product(facts, ticket, desk=desk, policy=policy, now=now)
    return facts, decide_meanwhile(policy, facts, now, handed_to=ticket.handed_to)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ticket would lack if it were of another kind or about another product."""

    facts: Facts
    decision: Decision
    lacks: tuple[str, ...]


def wanted_with(ticket: Ticket, *, kind: str, product: str, topic: str, desk: Desk, now: datetime) -> Wanted:
    """The questions to ask besides kind and product, with what is known of the ticket. Raises FactsError."""
    facts, decision = decision_with(ticket, Details(kind=kind, product=product, topic=topic), desk=desk, now=now)
    imagined = copy(ticket)
    imagined.kind, imagined.product, imagined.topic = kind, product, topic
    lacks = lacks_of(
        imagined, policy=policy_for(ticket, desk=desk), facts=facts, decision=decision, guessed=frozenset()
    )
    return Wanted(facts, decision, tuple(lacks))


def _about_product(facts: Facts, ticket: Ticket, *, desk: Desk, policy: Policy, now: datetime) -> Facts:
    """Certificate, agreement and plan are those for the product: another one may have others."""
    customer = customer_facts(
        person_id=ticket.requester_id,
        desk_id=desk.pk,
        product="" if facts.product == "none" else facts.product,
        today=desk.day_of(now),
        certificates=policy.file.certificates,
    )
    return replace(facts, certificate=customer.certificate, agreement=customer.agreement, plan=customer.plan or "none")


def _fill_in(ticket: Ticket, details: Details, *, policy: Policy) -> None:
    ticket.kind, ticket.product, ticket.topic = details.kind, details.product, details.topic
    ticket.fields = {**ticket.fields, **details.fields}
    if details.checked:
        ticket.fields[CHECKED] = list(details.checked)
    if details.on_behalf_of is not None:
        ticket.on_behalf_of = details.on_behalf_of.as_json()
    ticket.case_reference = case_reference(ticket.fields, policy=policy) or ticket.case_reference


def _say(ticket: Ticket, *, text: str, language: str, by: Actor, now: datetime) -> Message | None:
    """The customer's answers as their next message, with the files of their draft of an answer.

    Words that they have begun to write in that draft stay there.
    """
    if by.kind != "person":
        return None
    draft = ReplyDraft.unscoped.filter(ticket_id=ticket.pk, by_kind=by.kind, by_id=by.id or 0).first()
    has_files = draft is not None and draft.attachments.exists()
    if not (text or has_files):
        return None
    message = insert_message(ticket, text=text, by=by, now=now, language=language)
    if draft is not None and has_files:
        move_reply_attachments(reply_draft_id=draft.pk, message=message, note=None)
        if not draft.text:
            draft.delete()
    return message


_GIVEN: Final = (
    *("kind", "product", "topic", "fields", "case_reference", "on_behalf_of"),
    *("customer_spoke_last", "last_message_at"),
    *DECIDED,
)


def _record(
    ticket: Ticket, *, before: dict[str, str], decision: Decision, message: Message | None, by: Actor, now: datetime
) -> None:
    """The details as one event; another kind, product or place as the event that tells of it; words as an answer."""
    after = {"kind": ticket.kind, "product": ticket.product, "destination": ticket.destination}
    because = [reason.rule for reason in decision.because]
    record_event(EventKind.DETAILS_GIVEN, ticket=ticket, by=by, now=now, lacks=list(ticket.details_missing))
    if before != after:
        record_event(
            EventKind.DECIDED_AGAIN, ticket=ticket, by=by, now=now, before=before, after=after, because=because
        )
    if message is not None:
        record_event(EventKind.REPLIED, ticket=ticket, by=by, now=now, message=message.pk)
