"""What a mail refers to: what its recipient has got and sent, so that mail programs show one conversation."""

from datetime import datetime, timedelta

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, desk_of, tell_all
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


def mailed_in(ticket: Ticket, person: Person, header_id: str, *, at: datetime) -> None:
    """A message of this person that came by a mail with this id."""
    said = conversation.reply(
        scope=world.customer_scope(person), number=ticket.number, text="Hej!", by=world.actor(person), now=at
    )
    Message.unscoped.filter(pk=said.pk).update(header_id=header_id)


def answer_to(person: Person, agent: Staff, ticket: Ticket) -> OutgoingMail:
    answer(ticket, agent)
    mails = [mail for mail in tell_all(LATER) if mail.kind == "answer" and mail.recipient == person.email]
    return mails[-1]


def test_an_answer_refers_to_the_mail_that_the_customer_sent(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    Message.unscoped.filter(ticket=ticket).update(header_id="question@mail.kund.example")

    mail = answer_to(person, agent, ticket)

    first, *rest = mail.references.split()
    assert first == "<question@mail.kund.example>"
    assert len(rest) == 1
    assert mail.subject == "Re: [KOMPAS-1001] Oväntat fel när jag sparar".replace("KOMPAS", desk_of(person).prefix)


def test_references_stand_in_the_order_of_time(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    (receipt,) = [mail for mail in tell_all() if mail.kind == "received"]
    mailed_in(ticket, person, "later@mail.kund.example", at=world.NOW + timedelta(minutes=9))

    mail = answer_to(person, agent, ticket)

    assert mail.references == f"{receipt.header_id} <later@mail.kund.example>"


def test_t06_nobody_is_told_the_id_of_a_mail_that_they_neither_got_nor_sent(person: Person, agent: Staff) -> None:
    colleague = world.make_person(person.organisation, name="Olle Ström", contact=False, may_see_organisation=True)
    ticket = world.ask(person)
    mailed_in(ticket, colleague, "colleague@mail.kund.example", at=world.NOW + timedelta(minutes=9))

    assert "colleague@" not in answer_to(person, agent, ticket).references


@pytest.mark.parametrize("nasty", ["a b@kund.example", "a>@kund.example", "å@kund.example", "a\r\nBcc: x@y", "x" * 201])
def test_t20_an_id_that_cannot_stand_in_a_header_is_left_out(person: Person, agent: Staff, nasty: str) -> None:
    ticket = world.ask(person)
    Message.unscoped.filter(ticket=ticket).update(header_id=nasty)

    (receipt,) = [mail for mail in tell_all() if mail.kind == "received"]

    assert answer_to(person, agent, ticket).references == receipt.header_id
