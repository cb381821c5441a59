"""People without a right to a ticket whom mails brought along: they wait until staff let them in or leave them out.

Whoever is let in gets the desk's answers from then on, each by itself and by mail, and may answer. They have no page
and no files, and are never told what was said before (trust 2, 6).

What was decided about somebody holds for the whole question: also where the ticket is put into another one, and in
one that is taken out of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Lower

from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.notices.models import Participant
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.locking import lock_ticket
from vaxel.domain.tickets.merging import merged_into
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.tenancy import Scope

State = Participant.State


class ParticipantMissingError(LookupError):
    """Nobody of that id came along to the ticket. Views answer 404."""


@transaction.atomic(durable=True)
def let_in(*, scope: Scope, number: int, participant_id: int, by: Actor, now: datetime) -> Participant:
    """From now on they get what the desk answers. Raises TicketMissingError and ParticipantMissingError."""
    return _decide(
        State.LET_IN, EventKind.PARTICIPANT_LET_IN, scope=scope, number=number, pk=participant_id, by=by, now=now
    )


@transaction.atomic(durable=True)
def leave_out(*, scope: Scope, number: int, participant_id: int, by: Actor, now: datetime) -> Participant:
    """They get nothing, or nothing more. Raises TicketMissingError and ParticipantMissingError."""
    return _decide(
        State.LEFT_OUT, EventKind.PARTICIPANT_LEFT_OUT, scope=scope, number=number, pk=participant_id, by=by, now=now
    )


def _decide(
    state: State, kind: EventKind, *, scope: Scope, number: int, pk: int, by: Actor, now: datetime
) -> Participant:
    ticket = lock_ticket(scope=scope, number=number)
    found = Participant.objects.within(scope).filter(ticket__in=_with_merged(ticket.pk), pk=pk).first()
    if found is None:
        raise ParticipantMissingError(pk)
    if found.state != state:
        found.state, found.decided_at, found.decided_by = state, now, by.name
        found.save(update_fields=["state", "decided_at", "decided_by"])
        record_event(kind, ticket=ticket, by=by, now=now, participant=pk)
    return found


def name_participants(people: Mapping[str, str], *, ticket: Ticket, now: datetime) -> None:
    """Note names by address in small letters, in the caller's transaction. About whom staff have decided stays so."""
    noted = Participant.unscoped.filter(ticket__in=_with_merged(ticket.pk), address__in=people)
    known = set(noted.values_list("address", flat=True))
    new = [
        Participant(desk_id=ticket.desk_id, ticket=ticket, address=address[:320], name=name[:200], since=now)
        for address, name in people.items()
        if address not in known
    ]
    if new:
        Participant.objects.bulk_create(new, ignore_conflicts=True)
        record_event(EventKind.PARTICIPANTS_NAMED, ticket=ticket, by=SYSTEM, now=now, many=len(new))


def bring_along(ticket: Ticket, *, split_from: int, now: datetime) -> None:
    """Whoever staff have decided about in the ticket that this one was taken out of, by its number, is decided about
    here too; in the caller's transaction. A second call changes nothing, and nobody comes along to a question among a
    customer's own people.
    """
    if ticket.is_first_line:
        return
    source = Ticket.unscoped.only("id").get(desk=ticket.desk_id, number=split_from)
    decided = [each for each in _of_ticket(source.pk) if each.state != State.WAITING]
    if not decided or Participant.unscoped.filter(ticket=ticket).exists():
        return
    Participant.objects.bulk_create(
        Participant(
            desk_id=ticket.desk_id,
            ticket=ticket,
            address=each.address,
            name=each.name,
            state=each.state,
            since=now,
            decided_at=each.decided_at,
            decided_by=each.decided_by,
        )
        for each in decided
    )
    record_event(EventKind.PARTICIPANTS_NAMED, ticket=ticket, by=SYSTEM, now=now, many=len(decided))


def _with_merged(ticket_id: int) -> tuple[int, ...]:
    return (ticket_id, *merged_into(ticket_id))


def _of_ticket(ticket_id: int) -> list[Participant]:
    """Those of the ticket and of what was put into it, each address once: what was decided last holds."""
    found: dict[str, Participant] = {}
    rows = Participant.unscoped.filter(ticket__in=_with_merged(ticket_id))
    for each in rows.order_by(F("decided_at").asc(nulls_first=True), "id"):
        found[each.address] = each
    return sorted(found.values(), key=lambda each: each.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantSeen:
    """A participant as staff see them."""

    id: int
    address: str
    name: str
    state: State
    since: datetime
    decided_at: datetime | None
    #: The customer whose people include somebody with the address; empty for a stranger.
    organisation: str


def participants_of(scope: Scope, *, ticket_id: int) -> tuple[ParticipantSeen, ...]:
    """Who came along with mails, in their order; three queries. Nobody for customers."""
    people = Person.unscoped.annotate(small=Lower("email")).filter(desk=OuterRef("desk"), small=OuterRef("address"))
    organisation = Subquery(people.filter(is_active=True).values("organisation__name")[:1])
    of_ticket = [each.pk for each in _of_ticket(ticket_id)]
    rows = Participant.objects.within(scope).filter(pk__in=of_ticket).annotate(organisation=organisation)
    return tuple(
        ParticipantSeen(
            id=row.pk,
            address=row.address,
            name=row.name,
            state=State(row.state),
            since=row.since,
            decided_at=row.decided_at,
            organisation=row.organisation or "",
        )
        for row in rows.order_by("id")
    )


def let_in_to(ticket: Ticket) -> tuple[Participant, ...]:
    """Who gets the desk's answers, in the order in which they came along; two queries."""
    return tuple(each for each in _of_ticket(ticket.pk) if each.state == State.LET_IN)


def is_let_in(*, participant_id: int, ticket_id: int, address: str) -> bool:
    """Whether the address is that participant's, and they get the ticket's answers; four queries."""
    small = address.lower()
    is_theirs = Participant.unscoped.filter(pk=participant_id, ticket__in=_with_merged(ticket_id), address=small)
    let_in = {each.address for each in _of_ticket(ticket_id) if each.state == State.LET_IN}
    return small in let_in and is_theirs.exists()
