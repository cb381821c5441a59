"""What mails say to those who are not the vendor's askers: colleagues, and staff who read a customer's reasons."""

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, desk_of, tell_all
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.status import Status

pytestmark = pytest.mark.django_db


def test_a_receipt_says_that_colleagues_have_the_question(person: Person) -> None:
    user = world.make_person(person.organisation, name="Ove Lind", contact=False, certified=False)
    ticket = world.ask(user)

    received, _to_contact = tell_all()

    heading, _empty, _greeting, _empty, words = received.text.splitlines()[:5]
    name = f"{desk_of(person).prefix}-{ticket.number}"
    assert heading == "Din fråga är skickad till dina kollegor"
    assert words == (
        f"Din fråga ”Oväntat fel när jag sparar” har nummer {name}. Du får ett mejl när någon av dina kollegor svarar."
    )


def test_reasons_in_a_mail_to_a_local_contact_say_whom_they_were_told(person: Person) -> None:
    world.ask(world.make_person(person.organisation, name="Ove Lind", contact=False, certified=False))

    to_contact = tell_all()[-1]

    assert (to_contact.kind, "Det här sa vi till Ove Lind" in to_contact.text.splitlines()) == ("first-line", True)


@pytest.mark.parametrize(("then", "said"), [(Status.SOLVED, True), (Status.WAITING_CUSTOMER, False)])
def test_an_answer_that_solves_says_so(person: Person, agent: Staff, then: Status, said: bool) -> None:  # noqa: FBT001  # a parameter of the table
    ticket = world.ask(person)
    conversation.reply(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        text="Uppdatera till 8.9.1.",
        by=world.actor(agent),
        now=LATER,
        then=then,
    )

    (mail,) = [each for each in tell_all() if each.kind == "answer"]

    line = "Ärendet är markerat som löst. Är något kvar? Skriv i ärendet, så öppnas det igen."
    assert (line in mail.text.splitlines()) is said
