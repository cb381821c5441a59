"""Words taken out of a ticket: a ticket of its own, with files, people and an honest promise."""

from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.intake import open_ticket
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.linking import links_of
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Attachment, Blob, Event, Message, Ticket
from vaxel.domain.tickets.question import OnBehalfOf
from vaxel.domain.tickets.split import NothingChosenError, NotSaidError, Part, Sort, split_ticket

pytestmark = pytest.mark.django_db

TEXT = "Det står att ett fel har inträffat.\n\nEn annan sak: hur byter jag färg på diagrammet?"
SECOND = "En annan sak: hur byter jag färg på diagrammet?"
LATER = world.NOW + timedelta(hours=1)


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.desk)


@pytest.fixture
def ticket(person: Person) -> Ticket:
    colleague = OnBehalfOf(name="Ove Lind", phone="070-111 22 33", email="ove@kund.example", copy=True)
    return world.ask(person, text=TEXT, on_behalf_of=colleague, fields={"version": "8.9.0"})


def split(ticket: Ticket, agent: Staff, *parts: Part, **more: object) -> Ticket:
    sort = Sort(subject="Färg på diagrammet", kind="function-broken", product="suite")
    given = {"scope": world.desk_scope(ticket.desk), "number": ticket.number, "sort": sort, "now": LATER, **more}
    return split_ticket(parts=parts, by=world.actor(agent), **given)  # type: ignore[arg-type]  # a test's shorthand


def message_of(ticket: Ticket) -> Message:
    return Message.unscoped.filter(ticket=ticket).order_by("at", "id")[0]


def attach(ticket: Ticket, name: str) -> Attachment:
    blob = Blob.objects.create(desk=ticket.desk, sha256=name, size=3, key=name)
    return Attachment.objects.create(
        desk=ticket.desk,
        organisation=ticket.organisation,
        message=message_of(ticket),
        blob=blob,
        name=name,
        content_type="image/png",
        created_at=world.NOW,
    )


def test_split_of_a_call_keeps_whose_words_they_are_and_who_wrote_them_down(person: Person, agent: Staff) -> None:
    question = world.make_question(text=TEXT, channel="phone", urgent=True)
    call = open_ticket(question, desk=person.desk, person_id=person.pk, by=world.actor(agent), now=world.NOW)
    new = split(call, world.make_staff(person.desk, name="Sara Norrby"), Part(message_id=message_of(call).pk))
    for message in (message_of(call), message_of(new)):
        assert (message.by_kind, message.by_id) == ("person", person.pk)
        assert message.written_down_by_id == agent.pk


def test_split_takes_words_files_and_people_along(ticket: Ticket, agent: Staff) -> None:
    attach(ticket, "fel.png")
    new = split(ticket, agent, Part(message_id=message_of(ticket).pk))
    message = message_of(new)
    assert (message.text, message.by_kind, message.by_id, message.at) == (
        TEXT,
        "person",
        ticket.requester_id,
        world.NOW,
    )
    assert (new.requester_id, new.on_behalf_of, new.kind) == (
        ticket.requester_id,
        ticket.on_behalf_of,
        "function-broken",
    )
    assert [each.name for each in message.attachments.all()] == ["fel.png"]
    assert [each.name for each in message_of(ticket).attachments.all()] == ["fel.png"]
    assert message_of(ticket).text == TEXT


def test_split_passage_holds_only_what_was_said(ticket: Ticket, agent: Staff) -> None:
    message = message_of(ticket).pk
    assert message_of(split(ticket, agent, Part(message_id=message, passage=SECOND))).text == SECOND
    with pytest.raises(NotSaidError):
        split(ticket, agent, Part(message_id=message, passage="Ta bort allt."))


def test_split_ties_both_tickets_together(ticket: Ticket, agent: Staff) -> None:
    new = split(ticket, agent, Part(message_id=message_of(ticket).pk))
    scope = world.desk_scope(ticket.desk)
    assert [(each.kind, each.forward, each.number) for each in links_of(scope, number=new.number)] == [
        ("split-from", True, ticket.number)
    ]
    assert [(each.kind, each.forward, each.number) for each in links_of(scope, number=ticket.number)] == [
        ("split-from", False, new.number)
    ]
    opened = Event.unscoped.get(ticket=new, kind="opened")
    assert opened.data["split_from"] == ticket.number


def test_split_promises_from_when_it_was_asked(ticket: Ticket, agent: Staff) -> None:
    new = split(ticket, agent, Part(message_id=message_of(ticket).pk))
    assert new.next_deadline_at == ticket.next_deadline_at
    assert new.created_at == LATER


def test_split_promises_from_now_when_the_vendor_has_answered(ticket: Ticket, agent: Staff) -> None:
    conversation.reply(
        scope=world.desk_scope(ticket.desk), number=ticket.number, text="Hej!", by=world.actor(agent), now=LATER
    )
    new = split(ticket, agent, Part(message_id=message_of(ticket).pk))
    assert new.next_deadline_at is not None
    assert ticket.next_deadline_at is not None
    assert new.next_deadline_at > ticket.next_deadline_at


def test_split_leaves_out_what_staff_wrote_first(ticket: Ticket, agent: Staff) -> None:
    answer = conversation.reply(
        scope=world.desk_scope(ticket.desk), number=ticket.number, text="Hej!", by=world.actor(agent), now=LATER
    )
    with pytest.raises(NothingChosenError):
        split(ticket, agent, Part(message_id=answer.pk))
    new = split(ticket, agent, Part(message_id=answer.pk), Part(message_id=message_of(ticket).pk))
    assert list(Message.unscoped.filter(ticket=new).order_by("at", "id").values_list("text", flat=True)) == [
        TEXT,
        "Hej!",
    ]
    assert not Ticket.unscoped.get(pk=new.pk).customer_spoke_last


def test_split_refuses_messages_of_other_tickets(ticket: Ticket, person: Person, agent: Staff) -> None:
    other = world.ask(person)
    with pytest.raises(NothingChosenError):
        split(ticket, agent, Part(message_id=message_of(other).pk))


def test_split_refuses_a_closed_and_an_overtaken_ticket(ticket: Ticket, agent: Staff) -> None:
    part = Part(message_id=message_of(ticket).pk)
    with pytest.raises(ChangedMeanwhileError):
        split(ticket, agent, part, seen_version=ticket.version + 1)
    lifecycle.close(scope=world.desk_scope(ticket.desk), number=ticket.number, by=world.actor(agent), now=LATER)
    with pytest.raises(NotPossibleError):
        split(ticket, agent, part)


def test_split_is_not_for_other_desks(ticket: Ticket, agent: Staff) -> None:
    elsewhere = world.desk_scope(world.make_desk("baver"))
    with pytest.raises(TicketMissingError):
        split(ticket, agent, Part(message_id=message_of(ticket).pk), scope=elsewhere)
