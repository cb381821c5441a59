"""One question too many in a ticket: what an agent takes out of it becomes a ticket of its own (B12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import current_policy
from vaxel.domain.people.models import Person
from vaxel.domain.tickets import clocks
from vaxel.domain.tickets.copying import copy_files, copy_message
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.intake import take_question
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import insert_link
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Attachment, Message, Ticket
from vaxel.domain.tickets.question import SITUATION, Earlier, OnBehalfOf, Question
from vaxel.domain.tickets.status import DONE, Status
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy.compiled import Policy


class NothingChosenError(ValueError):
    """No words of the customer's are among what was chosen."""


class NotSaidError(ValueError):
    """A passage does not stand in its message: nobody puts words into a customer's mouth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A message of the ticket, or the passage of it that is meant; None is all of it."""

    message_id: int
    passage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What the new ticket is about, in names of the desk's policy."""

    subject: str
    kind: str
    product: str = ""
    topic: str = ""


@transaction.atomic(durable=True)
def split_ticket(
    *,
    scope: Scope,
    number: int,
    parts: Sequence[Part],
    sort: Sort,
    by: Actor,
    now: datetime,
    seen_version: int | None = None,
) -> Ticket:
    """Make a ticket of these words of another one, by the door and the policy of every question.

    The words stand in both tickets, so that nobody's conversation has a hole; files, asker and colleague come along,
    and versions and the place in the product. Promises count from when the words came, unless the vendor has
    answered since: then from now. The asker gets a receipt that says where the question comes from.

    Raises NothingChosenError, NotSaidError, NotPossibleError for a closed ticket and an asker who has left,
    NotATicketError where the policy takes no such ticket, FactsError, TicketMissingError and ChangedMeanwhileError.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status == Status.CLOSED:
        raise NotPossibleError(ticket.status)
    desk, chosen = Desk.objects.get(pk=ticket.desk_id), _chosen(ticket, parts)
    question = _question(ticket, chosen, sort, policy=current_policy(desk), now=now)
    try:
        new = take_question(question, desk=desk, person_id=ticket.requester_id, by=by, now=now)
    except Person.DoesNotExist as error:
        raise NotPossibleError(ticket.status) from error
    _bring(new, ticket, chosen, now=now)
    insert_link(Link.Kind.SPLIT_FROM, ticket=new, other=ticket, by=by, now=now)
    store_change(ticket, now=now)
    record_event(EventKind.SPLIT, ticket=ticket, by=by, now=now, other=new.number)
    return new


@dataclass(frozen=True, slots=True)
class _Chosen:
    message: Message
    #: None for all of it.
    passage: str | None

    @property
    def text(self) -> str:
        return self.message.text if self.passage is None else self.passage


def _chosen(ticket: Ticket, parts: Sequence[Part]) -> list[_Chosen]:
    """What was chosen, in the order in which it was written; the customer's words come first."""
    messages = {each.pk: each for each in Message.unscoped.filter(ticket_id=ticket.pk).order_by("at", "id")}
    asked = {part.message_id: part.passage for part in parts if part.message_id in messages}
    chosen = [_Chosen(each, _whole_or(asked[pk], each)) for pk, each in messages.items() if pk in asked]
    while chosen and chosen[0].message.by_kind == "staff":
        del chosen[0]
    if not chosen:
        raise NothingChosenError
    return chosen


def _whole_or(passage: str | None, message: Message) -> str | None:
    """None when all of the message is meant. Raises NotSaidError for lines that it does not hold."""
    if passage is None or _squeezed(passage) == _squeezed(message.text):
        return None
    said = _squeezed(message.text)
    if not passage.strip() or any(_squeezed(line) not in said for line in passage.splitlines()):
        raise NotSaidError
    return passage.strip()


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _question(ticket: Ticket, chosen: Sequence[_Chosen], sort: Sort, *, policy: Policy, now: datetime) -> Question:
    first = chosen[0]
    writer = Actor(kind="person", id=first.message.by_id, name=first.message.by_name)
    priority = ticket.wished_priority or ticket.priority
    return Question(
        kind=sort.kind,
        channel=ticket.channel,
        subject=sort.subject,
        text=first.text,
        html=first.message.html if first.passage is None else "",
        quoted=first.message.quoted if first.passage is None else "",
        product=sort.product,
        topic=sort.topic,
        priority=priority if priority in policy.file.priorities.levels else "",
        fields=_shared(ticket, policy=policy),
        on_behalf_of=None if ticket.on_behalf_of is None else OnBehalfOf(**ticket.on_behalf_of),
        language=first.message.language,
        earlier=Earlier(
            ticket_number=ticket.number,
            by=writer,
            at=first.message.at,
            owed_since=_owed_since(ticket, chosen, now=now),
            written_down_by=first.message.written_down_by_id,
        ),
    )


def _shared(ticket: Ticket, *, policy: Policy) -> dict[str, Any]:
    """Answers that hold for every question from the same place: versions, and where in the product the asker stood."""
    lasting = {name for name, field in policy.file.fields.items() if field.type == "version"} | {SITUATION}
    return {name: value for name, value in ticket.fields.items() if name in lasting}


def _owed_since(ticket: Ticket, chosen: Sequence[_Chosen], *, now: datetime) -> datetime:
    asked_at = chosen[0].message.at
    answered = Message.unscoped.filter(ticket_id=ticket.pk, by_kind="staff", at__gte=asked_at).exists()
    return now if answered or ticket.status in DONE else asked_at


def _bring(new: Ticket, ticket: Ticket, chosen: Sequence[_Chosen], *, now: datetime) -> None:
    """The files of the first words, the other words with theirs, and whoever has the ticket where both belong to
    the same place.
    """
    first = Message.unscoped.get(ticket_id=new.pk)
    copy_files(Attachment.unscoped.filter(message_id=chosen[0].message.pk), message=first)
    for each in chosen[1:]:
        copy_message(each.message, to=new, text=each.passage)
    new.customer_spoke_last = chosen[-1].message.by_kind != "staff"
    if not new.customer_spoke_last:
        clocks.answer_given(ticket=new, now=now)
    if new.destination == ticket.destination and new.assignee_id is None:
        new.assignee_id = ticket.assignee_id
    new.save(update_fields=["customer_spoke_last", "assignee", "next_deadline_at"])
