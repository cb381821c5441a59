"""What whoever asked is told when a question is taken out of a ticket, and when two tickets become one."""

import pytest

from tests import factories as world
from tests.domain.notices.conversations import LATER, desk_of, tell_all
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.merging import merge_tickets
from vaxel.domain.tickets.models import Message
from vaxel.domain.tickets.split import Part, Sort, split_ticket

pytestmark = pytest.mark.django_db


def _asked(mails: list[OutgoingMail], person: Person) -> list[OutgoingMail]:
    return [mail for mail in mails if mail.recipient == person.email]


def test_split_is_told_with_where_the_question_comes_from(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    tell_all()
    new = split_ticket(
        scope=world.desk_scope(desk_of(person)),
        number=ticket.number,
        parts=[Part(message_id=Message.unscoped.get(ticket=ticket).pk)],
        sort=Sort(subject="Diagrammet är tomt", kind="function-broken", product="suite"),
        by=world.actor(agent),
        now=LATER,
    )
    mail = _asked(tell_all(), person)[-1]
    prefix = desk_of(person).prefix
    assert mail.kind == "received"
    assert mail.text.splitlines()[4] == (
        f"Du skrev om flera saker i {prefix}-{ticket.number}. ”Diagrammet är tomt” har nu ett eget ärende med nummer "
        f"{prefix}-{new.number}, och du får svar om den för sig."
    )


def test_merge_is_told_with_where_the_answer_comes(person: Person, agent: Staff) -> None:
    older, younger = world.ask(person), world.ask(person)
    tell_all()
    scope = world.desk_scope(desk_of(person))
    merge_tickets(scope=scope, number=younger.number, other=older.number, by=world.actor(agent), now=LATER)
    mail = _asked(tell_all(), person)[-1]
    prefix = desk_of(person).prefix
    assert (mail.kind, mail.ticket_id) == ("joined", younger.pk)
    assert mail.text.splitlines()[4] == (
        f"Sven Berg har slagit ihop {prefix}-{younger.number}, ”{younger.subject}”, med {prefix}-{older.number}. "
        f"Det är samma fråga, och svaret kommer i {prefix}-{older.number}."
    )
