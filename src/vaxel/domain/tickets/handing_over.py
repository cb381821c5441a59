"""Staff hand a question over to whoever is right for it: account manager, project manager, support (A13).

A hand-over is a human's decision beside the policy's: the routes are not asked any more, and everything else (price,
promises, who is told) is decided by the policy as for the new place. It stays when the ticket is decided again, until
somebody gives the question another kind.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.people.queries import StaffContact
from vaxel.domain.tickets.deciding import decide_meanwhile
from vaxel.domain.tickets.destinations import role_contact, role_holder
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.lifecycle import NotHereError, NotPossibleError
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.redeciding import DECIDED, asked_today, decide_again
from vaxel.domain.tickets.status import DONE
from vaxel.domain.tickets.writing import insert_message, insert_note
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy import Decision
from vaxel.rules.policy.decide import may_be_handed


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said with a hand-over: `why` to colleagues alone, `to_asker` to the customer.

    Where `to_asker` is empty, the customer's mail says where the question is now and nothing more.
    """

    why: str
    to_asker: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a hand-over would lead to. `holder` is None for a team, and where nobody holds the role."""

    decision: Decision
    holder: StaffContact | None


@transaction.atomic(durable=True)
def hand_over(
    *,
    scope: Scope,
    number: int,
    destination: str,
    words: Words,
    by: Actor,
    now: datetime,
    seen_version: int | None = None,
) -> Ticket:
    """Put the ticket into the destination's queue, with its person and its own promises; what they have consumed stays.

    Handing over where it is already changes nothing. Raises NotHereError for a destination that takes no tickets from
    staff, NotPossibleError on a finished ticket, ChangedMeanwhileError and TicketMissingError.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    if ticket.status in DONE:
        raise NotPossibleError(ticket.status)
    desk = Desk.objects.get(pk=ticket.desk_id)
    version, facts = asked_today(ticket, desk=desk, now=now)
    policy = policy_version(version)
    if not may_be_handed(policy, destination):
        raise NotHereError(destination)
    if destination == ticket.destination:
        return ticket
    before, ticket.handed_to, ticket.destination = ticket.destination, destination, destination
    decision = decide_again(ticket, version=version, facts=facts, now=now)
    ticket.assignee_id = role_holder(
        destination, policy=policy, desk=desk, organisation_id=ticket.organisation_id, now=now
    )
    note = insert_note(ticket, text=words.why, by=by, now=now)
    message = _message(ticket, words, by=by, now=now)
    if message is not None:
        ticket.last_message_at = now
    store_change(ticket, *DECIDED, "last_message_at", now=now)
    record_event(
        EventKind.HANDED_OVER,
        ticket=ticket,
        by=by,
        now=now,
        before={"destination": before},
        after={"destination": destination, "staff": ticket.assignee_id},
        because=[reason.rule for reason in decision.because],
        note=note.pk,
        message=None if message is None else message.pk,
    )
    return ticket


def places_to_hand_to(ticket: Ticket, *, desk: Desk, now: datetime) -> tuple[str, ...]:
    """The destinations that the ticket can be handed over to, in the policy's order."""
    policy = policy_version(asked_today(ticket, desk=desk, now=now)[0])
    names = policy.file.destinations
    return tuple(name for name in names if name != ticket.destination and may_be_handed(policy, name))


def hand_over_if(ticket: Ticket, *, destination: str, desk: Desk, now: datetime) -> HandOver:
    """What `hand_over` would decide, and who would get it; writes nothing. Raises NotHereError."""
    version, facts = asked_today(ticket, desk=desk, now=now)
    policy = policy_version(version)
    if not may_be_handed(policy, destination):
        raise NotHereError(destination)
    return HandOver(
        decision=decide_meanwhile(policy, facts, now, handed_to=destination),
        holder=role_contact(destination, policy=policy, desk=desk, organisation_id=ticket.organisation_id, now=now),
    )


def _message(ticket: Ticket, words: Words, *, by: Actor, now: datetime) -> Message | None:
    """The words to the asker stand in the conversation. They answer nothing, so no promise is met by them."""
    if not words.to_asker:
        return None
    return insert_message(ticket, text=words.to_asker, by=by, now=now, language=words.language)
