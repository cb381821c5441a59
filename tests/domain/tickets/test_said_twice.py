"""An answer that is sent twice from one page is one answer; the same words on purpose later are another."""

from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.locking import ChangedMeanwhileError
from vaxel.domain.tickets.models import Attachment, Event, Message, ReplyDraft, Ticket
from vaxel.domain.tickets.status import Status

pytestmark = pytest.mark.django_db
LATER = world.NOW + timedelta(seconds=2)


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


def say(ticket: Ticket, who: Person | Staff, text: str, *, seen: int | None, then: Status | None = None) -> Message:
    scope = world.customer_scope(who) if isinstance(who, Person) else world.desk_scope(ticket.desk)
    return conversation.reply(
        scope=scope, number=ticket.number, text=text, by=world.actor(who), now=LATER, seen_version=seen, then=then
    )


def attach(ticket: Ticket, who: Person, content: bytes) -> None:
    draft = conversation.save_reply_draft(
        scope=world.customer_scope(who), number=ticket.number, text="", by=world.actor(who), now=LATER
    )
    incoming = Incoming(name="bild.png", content_type="image/png", size=len(content), chunks=[content])
    store_for_draft(incoming, draft=draft, organisation_id=ticket.organisation_id, now=LATER)


def words_on(ticket: Ticket) -> list[str]:
    return list(Message.unscoped.filter(ticket=ticket).order_by("id").values_list("text", flat=True)[1:])


def test_answer_sent_twice_from_one_page_is_one(person: Person) -> None:
    ticket = world.ask(person)

    first, second = (say(ticket, person, "Det gäller alla.", seen=1) for _ in range(2))

    assert (first.pk, words_on(ticket)) == (second.pk, ["Det gäller alla."])
    assert Event.unscoped.filter(ticket=ticket, kind="replied").count() == 1


def test_staffs_answer_sent_twice_from_one_page_is_one_and_no_conflict(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)

    first, second = (say(ticket, agent, "Prova nu.", seen=1, then=Status.SOLVED) for _ in range(2))

    assert (first.pk, words_on(ticket)) == (second.pk, ["Prova nu."])


def test_note_sent_twice_from_one_page_is_one_and_from_a_newer_page_another(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)

    def keep(seen: int | None, text: str = "Ring dem.") -> int:
        scope, by = world.desk_scope(ticket.desk), world.actor(agent)
        note = conversation.note(scope=scope, number=ticket.number, text=text, by=by, now=LATER, seen_version=seen)
        return int(note.pk)

    first = keep(1)
    assert keep(1) == first
    assert len({first, keep(2), keep(None), keep(1, "Ring dem nu.")}) == 4
    assert Event.unscoped.filter(ticket=ticket, kind="noted").count() == 4


def test_answer_before_the_ticket_was_closed_may_be_sent_twice(person: Person) -> None:
    ticket = world.ask(person)
    first = say(ticket, person, "Det löste sig.", seen=1)
    lifecycle.close(scope=world.customer_scope(person), number=ticket.number, by=world.actor(person), now=LATER)

    assert say(ticket, person, "Det löste sig.", seen=1).pk == first.pk


@pytest.mark.parametrize(
    ("text", "seen"), [("Det gäller alla.", 2), ("Det gäller alla.", None), ("Det gäller alla utom mig.", 1)]
)
def test_same_words_from_a_newer_page_and_other_words_are_another_answer(
    person: Person, text: str, seen: int | None
) -> None:
    ticket = world.ask(person)
    say(ticket, person, "Det gäller alla.", seen=1)

    say(ticket, person, text, seen=seen)

    assert words_on(ticket) == ["Det gäller alla.", text]


def test_same_words_by_another_are_another_answer(person: Person) -> None:
    ticket = world.ask(person)
    colleague = world.make_person(person.organisation, name="Siv Ahl", may_see_organisation=True)

    for who in (person, colleague):
        say(ticket, who, "Det gäller alla.", seen=1)

    assert words_on(ticket) == ["Det gäller alla.", "Det gäller alla."]


def test_customers_answer_from_an_old_page_is_taken(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    say(ticket, agent, "Prova nu.", seen=1)

    say(ticket, person, "Tack.", seen=1)

    assert words_on(ticket) == ["Prova nu.", "Tack."]


def test_staffs_other_words_from_an_old_page_are_a_conflict(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    say(ticket, agent, "Prova nu.", seen=1)

    with pytest.raises(ChangedMeanwhileError):
        say(ticket, agent, "Eller så här.", seen=1)


def test_files_that_come_twice_are_kept_once(person: Person) -> None:
    ticket = world.ask(person)

    for _ in range(2):
        attach(ticket, person, b"en bild")
        say(ticket, person, "Se bilden.", seen=1)

    assert (words_on(ticket), Attachment.unscoped.count(), ReplyDraft.unscoped.count()) == (["Se bilden."], 1, 0)


def test_other_files_with_the_same_words_are_another_answer(person: Person) -> None:
    ticket = world.ask(person)

    for content in (b"en bild", b"en annan bild"):
        attach(ticket, person, content)
        say(ticket, person, "Se bilden.", seen=1)

    assert (words_on(ticket), Attachment.unscoped.count()) == (["Se bilden.", "Se bilden."], 2)
