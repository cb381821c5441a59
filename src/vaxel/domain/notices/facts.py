"""From rows to plain values: the people around an event, and what a mail about it may say.

Internal notes are not read here, nor anywhere in this area (trust 44).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.notices.audience import Happening, NoticeKind, Recipient
from vaxel.domain.notices.compose import LANGUAGES
from vaxel.domain.notices.models import DigestItem, NoticeChoices, OutgoingMail
from vaxel.domain.notices.participants import let_in_to
from vaxel.domain.notices.said import Said
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.people.queries import first_line, person_for_role
from vaxel.domain.tickets.clocks import is_answer_promise_withdrawn, running_answer_clock
from vaxel.domain.tickets.events import RETIMED, EventKind
from vaxel.domain.tickets.models import Clock, Event, Message, Ticket
from vaxel.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Told:
    """An event with all that its mails are made from."""

    event: Event
    policy: Policy
    happening: Happening
    message: Message | None
    attachments: int
    clock: Clock | None
    #: A time was promised that holds no more, and none has come in its place.
    is_time_taken_back: bool

    @property
    def ticket(self) -> Ticket:
        return self.event.ticket

    @property
    def said(self) -> Said | None:
        """The message of the event, if it has one."""
        if self.message is None:
            return None
        return Said(
            text=self.message.text,
            html=self.message.html,
            language=self.message.language,
            attachments=self.attachments,
        )


PHONE = "phone"


def is_written_down(event: Event) -> bool:
    """Whether staff have noted a question that its asker said; what they take out of a ticket was written there."""
    return event.kind == EventKind.OPENED and event.by_kind == "staff" and "split_from" not in event.data


def lock_event(event_id: int) -> Event:
    """The event with its ticket and the people on it, held until the transaction ends."""
    return (
        Event.unscoped.select_for_update(of=("self",))
        .select_related(
            "ticket__desk",
            "ticket__organisation",
            "ticket__requester__account",
            "ticket__requester__organisation",
            "ticket__assignee__account",
        )
        .get(pk=event_id)
    )


def told(event: Event, *, now: datetime) -> Told:
    """What there is to tell about an event, as things are now: a clock may have stopped since."""
    policy = policy_version(event.ticket.policy_id)
    message, clock = _message(event), running_answer_clock(event.ticket)
    happening = _happening(event, policy=policy, now=now)
    is_retimed = RETIMED in event.data
    is_time_taken_back = (happening.moved or is_retimed) and clock is None and is_answer_promise_withdrawn(event.ticket)
    is_ahead = clock is not None and clock.due_at is not None and clock.due_at > now
    if is_retimed and (is_ahead or is_time_taken_back) and _is_newest_time(event):
        happening = replace(happening, retimed=True)
    return Told(
        event=event,
        policy=policy,
        happening=happening,
        message=message,
        attachments=0 if message is None else message.attachments.count(),
        clock=clock,
        is_time_taken_back=is_time_taken_back,
    )


def _is_newest_time(event: Event) -> bool:
    """Whether the time has not been changed once more, which tells it anew."""
    later = Event.unscoped.filter(ticket_id=event.ticket_id, pk__gt=event.pk, data__has_key=RETIMED)
    return not later.exists()


def _message(event: Event) -> Message | None:
    """The words of the event itself; the first message of a new ticket is not quoted to anybody."""
    if event.kind not in {EventKind.REPLIED, EventKind.HANDED_OVER}:
        return None
    return Message.unscoped.filter(ticket_id=event.ticket_id, pk=event.data.get("message")).first()


def _happening(event: Event, *, policy: Policy, now: datetime) -> Happening:
    ticket = event.ticket
    destination = policy.file.destinations[ticket.destination]
    language = default_language(ticket)
    requester = as_recipients([ticket.requester], language)[0]
    return Happening(
        event=EventKind(event.kind),
        by_kind=event.by_kind,
        by_id=event.by_id,
        requester=requester,
        colleague=_colleague(ticket.on_behalf_of, language),
        participants=_participants(event, requester.language),
        assignee=None if ticket.assignee is None else staff_as_recipients([ticket.assignee], language)[0],
        destination_staff=_destination_staff(ticket, role=destination.role, language=language),
        destination_type="team" if destination.type == "contact-details" else destination.type,
        local_contacts=_local_contacts(ticket, language) if ticket.is_first_line else (),
        policy_told=_policy_told(ticket, policy=policy, today=ticket.desk.day_of(now), language=language),
        knowing=_knowing(ticket) if ticket.decision.get("notify") else frozenset(),
        lacks_details=bool(event.data.get("lacks")) and event.kind == EventKind.OPENED,
        moved=_moved(event),
        was_solved=bool(event.data.get("was_solved")),
        with_words=_by_words(event),
    )


def default_language(ticket: Ticket) -> str:
    """The desk's first language that there are mails in."""
    return language_of(ticket.desk)


def language_of(desk: Desk) -> str:
    """For whoever has chosen none."""
    return next((each for each in desk.languages if each in LANGUAGES), LANGUAGES[0])


def _moved(event: Event) -> bool:
    before, after = event.data.get("before"), event.data.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    return bool(before.get("destination") != after.get("destination"))


def _by_words(event: Event) -> bool:
    """An answer opens a solved ticket again or solves it, in the same transaction and at the same instant."""
    if event.kind not in {EventKind.REOPENED, EventKind.SOLVED}:
        return False
    return Event.unscoped.filter(ticket_id=event.ticket_id, kind=EventKind.REPLIED, at=event.at).exists()


def as_recipients(people: Sequence[Person], language: str) -> list[Recipient]:
    """Customers' people with what they have chosen; `language` is for those without one. One query."""
    found = NoticeChoices.unscoped.filter(person__in=people)
    chosen = {each.person_id: each.ways for each in found if each.person_id is not None}
    return [_person(person, language, chosen=chosen) for person in people]


def _person(person: Person, language: str, *, chosen: Mapping[int, Mapping[str, str]]) -> Recipient:
    account = person.account
    return Recipient(
        kind="person",
        id=person.pk,
        name=person.name,
        email=person.email,
        language=_known(account.language if account else "", language),
        active=person.is_active and person.organisation.is_active and (account is None or account.is_active),
        choices=chosen.get(person.pk, {}),
    )


def _known(language: str, otherwise: str) -> str:
    return language if language in LANGUAGES else otherwise


def _colleague(on_behalf_of: dict[str, Any] | None, language: str) -> Recipient | None:
    if on_behalf_of is None or not on_behalf_of.get("copy") or not on_behalf_of.get("email"):
        return None
    return Recipient(
        kind="colleague",
        id=None,
        name=on_behalf_of.get("name", ""),
        email=on_behalf_of["email"],
        language=language,
    )


def _participants(event: Event, language: str) -> tuple[Recipient, ...]:
    """In the asker's language; read only for what participants are told."""
    if event.kind not in {EventKind.REPLIED, EventKind.SOLVED, EventKind.REOPENED} or event.by_kind != "staff":
        return ()
    return tuple(
        Recipient(kind="colleague", id=each.pk, name=each.name, email=each.address, language=language)
        for each in let_in_to(event.ticket)
    )


def _local_contacts(ticket: Ticket, language: str) -> tuple[Recipient, ...]:
    found = first_line(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id)
    ids = [each.person_id for each in found]
    people = Person.unscoped.filter(pk__in=ids).select_related("account", "organisation")
    return tuple(as_recipients(list(people.order_by("id")), language))


def _destination_staff(ticket: Ticket, *, role: str | None, language: str) -> tuple[Recipient, ...]:
    names = Q(roles__contains=[ticket.destination]) | (Q(roles__contains=[role]) if role else Q())
    staff = Staff.unscoped.filter(names, desk_id=ticket.desk_id, is_active=True).select_related("account")
    return tuple(staff_as_recipients(list(staff.order_by("id")), language))


def _policy_told(ticket: Ticket, *, policy: Policy, today: date, language: str) -> tuple[tuple[Recipient, bool], ...]:
    """The holders of the roles in the stored decision, with whether they must be told."""
    told_roles = [(each["role"], each["always"]) for each in ticket.decision.get("notify", ())]
    holders = [
        (holder, must)
        for role, must in told_roles
        for holder in holders_of_role(ticket, role=role, policy=policy, today=today)
    ]
    staff = Staff.unscoped.filter(pk__in=[holder for holder, _must in holders]).select_related("account")
    found = {each.id: each for each in staff_as_recipients(list(staff), language)}
    return tuple((found[holder], must) for holder, must in holders if holder in found)


def holders_of_role(ticket: Ticket, *, role: str, policy: Policy, today: date) -> list[int]:
    """The staff ids of whoever holds the role, or the one that steps in for it; where nobody does, of all who answer
    for it, and at last of those who run the desk: what must be told is told to somebody.
    """
    fallback = policy.file.roles[role].fallback if role in policy.file.roles else None
    for name in (role, fallback) if fallback else (role,):
        holder = person_for_role(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id, role=name, today=today)
        if holder is not None:
            return [holder.staff_id]
    active = Staff.unscoped.filter(desk_id=ticket.desk_id, is_active=True)
    answering = active.filter(roles__contains=[role]).values_list("pk", flat=True)
    return list(answering) or list(active.filter(may_administer=True).values_list("pk", flat=True))


def _knowing(ticket: Ticket) -> frozenset[str]:
    mails = OutgoingMail.unscoped.filter(ticket=ticket, kind=NoticeKind.FOR_KNOWLEDGE)
    items = DigestItem.unscoped.filter(event__ticket=ticket, kind=NoticeKind.FOR_KNOWLEDGE)
    addresses = [
        *mails.values_list("recipient", flat=True),
        *items.values_list("choices__staff__account__email", flat=True),
    ]
    return frozenset(address.lower() for address in addresses)


def staff_as_recipients(staff: Sequence[Staff], language: str) -> list[Recipient]:
    """Staff, their accounts read with them, with what they have chosen. One query."""
    found = NoticeChoices.unscoped.filter(staff__in=staff)
    chosen = {each.staff_id: each.ways for each in found}
    return [
        Recipient(
            kind="staff",
            id=each.pk,
            name=each.name,
            email=each.account.email,
            language=_known(each.account.language, language),
            active=each.is_active and each.account.is_active,
            choices=chosen.get(each.pk, {}),
        )
        for each in staff
    ]
