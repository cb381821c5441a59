"""Tickets of the demonstration that belong together, and a question that a local contact has passed on.

Made through the doors that staff and contacts use, from questions that are there already: what somebody asks as two
things at once is the words of two tickets of their organisation, signed by them.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.people.queries import LocalContact, local_contacts
from vaxel.domain.tickets.among_contacts import note_among_contacts
from vaxel.domain.tickets.intake import NotATicketError, open_ticket
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import link_tickets
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.queries import Reader, first_words
from vaxel.domain.tickets.question import OnBehalfOf, Question
from vaxel.domain.tickets.split import Part, Sort, split_ticket
from vaxel.domain.tickets.status import OPEN_STATUSES
from vaxel.insight.transfer.demo.stage import Stage
from vaxel.kit.tenancy import Scope

_OPEN: Final = [status.value for status in OPEN_STATUSES]
#: What a contact notes for the others, by the desk's first language: on a question that is passed on, and on one that
#: is not yet.
_PASSED_ON: Final = {
    "sv": "Jag har tittat på det här tillsammans med it. Inställningarna är rätt hos oss, så jag tar det vidare.",
    "en": "I have looked at this with our IT people. The settings are right on our side, so I pass it on.",
}
_LOOKED_AT: Final = {
    "sv": "Jag tar den här. Jag sätter mig bredvid i eftermiddag och ser vad som händer.",
    "en": "I take this one. I sit down beside them this afternoon and see what happens.",
}


def tie_tickets(stage: Stage, *, now: datetime) -> None:
    """Nothing is tied where no organisation has two unfinished questions."""
    staff = Staff.unscoped.filter(desk=stage.desk, is_active=True).order_by("pk")[0]
    by = Actor(kind="staff", id=staff.pk, name=staff.name)
    tickets = _of_the_busiest(stage)
    if len(tickets) > 1:
        first, second = tickets[:2]
        scope = Scope(desk_id=stage.desk.pk)
        link_tickets(scope=scope, number=second.number, other=first.number, kind=Link.Kind.CAUSED_BY, by=by, now=now)
        _ask_two_things(first, second, stage=stage, by=by, now=now)
        _ask_twice(second, stage=stage, by=by, now=now)
    _pass_on(stage, now=now)


def _of_the_busiest(stage: Stage) -> list[Ticket]:
    """The unfinished questions at the vendor of the organisation that has most of them, oldest first."""
    rows = Ticket.unscoped.filter(desk=stage.desk, is_first_line=False, status__in=_OPEN, requester__is_active=True)
    by_organisation: dict[int, list[Ticket]] = {}
    for ticket in rows.select_related("requester").order_by("number"):
        by_organisation.setdefault(ticket.organisation_id, []).append(ticket)
    return max(by_organisation.values(), key=len, default=[])


def _ask_two_things(first: Ticket, second: Ticket, *, stage: Stage, by: Actor, now: datetime) -> None:
    """One question with the words of two, and the second one taken out."""
    other = _signed_by(first.requester, first_words(second), instead_of=second.requester)
    question = _question_like(first, text=f"{first_words(first)}\n\n{other}")
    ticket = _ask(question, asker_id=first.requester_id, name=first.requester.name, stage=stage, now=now)
    if ticket is None:
        return
    split_ticket(
        scope=Scope(desk_id=stage.desk.pk),
        number=ticket.number,
        parts=[Part(message_id=Message.unscoped.get(ticket=ticket).pk, passage=other)],
        sort=Sort(subject=second.subject, kind=second.kind, product=second.product, topic=second.topic),
        by=by,
        now=now,
    )


def _signed_by(person: Person, text: str, *, instead_of: Person) -> str:
    """Somebody else's words with this person's name and title under them."""
    names = [(instead_of.name, person.name), (instead_of.name.split()[0], person.name.split()[0])]
    for theirs, own in (*names, (instead_of.title, person.title)):
        if theirs and own:
            text = re.sub(rf"\b{re.escape(theirs)}\b", own, text)
    return text


def _ask_twice(ticket: Ticket, *, stage: Stage, by: Actor, now: datetime) -> None:
    """The same question again by whoever asked it, put into the first one."""
    question, asker = _question_like(ticket, text=first_words(ticket)), ticket.requester
    again = _ask(question, asker_id=asker.pk, name=asker.name, stage=stage, now=now)
    if again is not None:
        scope = Scope(desk_id=stage.desk.pk)
        merge_tickets(scope=scope, number=again.number, other=ticket.number, by=by, now=now)


def _ask(question: Question, *, asker_id: int, name: str, stage: Stage, now: datetime) -> Ticket | None:
    """A ticket of an hour ago; None where the policy sends the question elsewhere."""
    by = Actor(kind="person", id=asker_id, name=name)
    try:
        ticket = open_ticket(question, desk=stage.desk, person_id=asker_id, by=by, now=now - timedelta(hours=1))
    except NotATicketError:
        return None
    return None if ticket.is_first_line else ticket


def _pass_on(stage: Stage, *, now: datetime) -> None:
    """The newest question among colleagues whose contact may bring it to the vendor; the next one is looked at."""
    language, is_passed_on = stage.desk.languages[0], False
    for ticket in _among_colleagues(stage):
        asker = ticket.requester
        contacts = local_contacts(desk_id=stage.desk.pk, organisation_id=ticket.organisation_id)
        contact = next((each for each in contacts if each.person_id != asker.pk), None)
        if contact is None:
            continue
        if is_passed_on:
            _note(ticket, _LOOKED_AT[language], contact=contact, stage=stage, now=now)
            return
        colleague = OnBehalfOf(name=asker.name, phone=asker.phone, email=asker.email)
        question = _question_like(ticket, text=first_words(ticket), on_behalf_of=colleague, passed_on_from=ticket.pk)
        if _ask(question, asker_id=contact.person_id, name=contact.name, stage=stage, now=now) is not None:
            is_passed_on = True
            _note(ticket, _PASSED_ON[language], contact=contact, stage=stage, now=now)


def _note(ticket: Ticket, text: str, *, contact: LocalContact, stage: Stage, now: datetime) -> None:
    """What a contact tells the other contacts, a while after the question came."""
    scope = Scope(desk_id=stage.desk.pk, organisation_id=ticket.organisation_id)
    note_among_contacts(
        reader=Reader(scope=scope, person_id=contact.person_id, sees_organisation=False, is_local_contact=True),
        number=ticket.number,
        text=text,
        by=Actor(kind="person", id=contact.person_id, name=contact.name),
        now=max(now - timedelta(hours=2), ticket.created_at + timedelta(minutes=5)),
    )


def _among_colleagues(stage: Stage) -> Sequence[Ticket]:
    rows = Ticket.unscoped.filter(desk=stage.desk, is_first_line=True, status__in=_OPEN)
    return list(rows.select_related("requester").order_by("-number")[:5])


def _question_like(
    ticket: Ticket, *, text: str, on_behalf_of: OnBehalfOf | None = None, passed_on_from: int | None = None
) -> Question:
    return Question(
        kind=ticket.kind,
        channel="portal",
        subject=ticket.subject,
        text=text,
        product=ticket.product,
        topic=ticket.topic,
        priority=ticket.wished_priority or ticket.priority,
        fields=ticket.fields,
        on_behalf_of=on_behalf_of,
        passed_on_from=passed_on_from,
    )
