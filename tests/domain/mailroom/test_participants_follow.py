"""What staff have decided about somebody in copy holds for the whole question, also when tickets are merged or split
(B12, trust 2, 6).
"""

import pytest

from tests.domain.mailroom.conftest import World, words
from tests.domain.mailroom.mails import deliver, mail_from
from tests.factories import NOW, actor, ask, desk_scope
from tests.jobs_run import run_jobs
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.notices.participants import leave_out, let_in, participants_of
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.merging import merge_tickets, unmerge_tickets
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.domain.tickets.split import Part, Sort, split_ticket
from vaxel.kit.mail import MailAddress

pytestmark = pytest.mark.django_db
KIM = MailAddress("kim@annan.example", "Kim Ek")


def decide(world: World, ticket: Ticket, *, is_in: bool) -> Participant:
    """Kim stood in the copy of an answer, and the agent has decided."""
    deliver(world.answer(world.person, cc=(KIM,), text="Vi väntar fortfarande."), world.mailbox)
    kim = Participant.unscoped.get(ticket=ticket)
    door = let_in if is_in else leave_out
    return door(
        scope=desk_scope(world.desk), number=ticket.number, participant_id=kim.pk, by=actor(world.agent), now=NOW
    )


def answer(world: World, ticket: Ticket, text: str) -> None:
    reply(scope=desk_scope(world.desk), number=ticket.number, text=text, by=actor(world.agent), now=NOW)
    run_jobs()


def told_kim() -> list[OutgoingMail]:
    return list(OutgoingMail.unscoped.filter(recipient=KIM.address).order_by("id"))


def states(world: World, ticket: Ticket) -> list[tuple[str, str]]:
    seen = participants_of(desk_scope(world.desk), ticket_id=ticket.pk)
    return [(each.address, each.state.value) for each in seen]


def put_into_an_older_one(world: World) -> Ticket:
    """The younger ticket is the world's; the older one goes on."""
    younger, older = world.ticket, Ticket.unscoped.exclude(pk=world.ticket.pk).get()
    by = actor(world.agent)
    merge_tickets(scope=desk_scope(world.desk), number=younger.number, other=older.number, by=by, now=NOW)
    run_jobs()
    return older


@pytest.fixture
def younger(world: World) -> World:
    """The same world, its ticket now a younger one."""
    world.ticket = ask(world.person, text="Det händer igen.")
    run_jobs()
    return world


def test_t06_whoever_was_let_in_answers_into_the_ticket_that_goes_on(younger: World) -> None:
    decide(younger, younger.ticket, is_in=True)
    answer(younger, younger.ticket, "Hur ser det ut nu?")
    to = (MailAddress(reply_address(told_kim()[0])),)
    older = put_into_an_older_one(younger)

    came = deliver(mail_from(KIM.address, to=to, text="Det går bra."), younger.mailbox)
    answer(younger, older, "Vad bra.")

    assert (came.state, came.ticket_id, words(older)[-2]) == ("reply", older.pk, "Det går bra.")
    assert "Vad bra." in told_kim()[-1].text
    assert states(younger, older) == [(KIM.address, "let-in")]


def test_nobody_is_asked_about_again_in_the_ticket_that_goes_on(younger: World) -> None:
    decide(younger, younger.ticket, is_in=False)
    older = put_into_an_older_one(younger)

    deliver(younger.answer(younger.person, cc=(KIM,), text="Igen."), younger.mailbox)

    assert states(younger, older) == [(KIM.address, "left-out")]


def test_t06_taken_apart_again_each_ticket_has_its_own_people(younger: World) -> None:
    decide(younger, younger.ticket, is_in=True)
    older = put_into_an_older_one(younger)
    number, by = younger.ticket.number, actor(younger.agent)
    unmerge_tickets(scope=desk_scope(younger.desk), number=number, by=by, now=NOW)

    answer(younger, older, "Bara till den äldre.")

    assert (told_kim(), states(younger, older)) == ([], [])


@pytest.mark.parametrize("is_in", [True, False])
def test_people_follow_into_a_ticket_that_is_taken_out(world: World, *, is_in: bool) -> None:
    decide(world, world.ticket, is_in=is_in)
    message = Message.unscoped.filter(ticket=world.ticket).earliest("id")
    new = split_ticket(
        scope=desk_scope(world.desk),
        number=world.ticket.number,
        parts=[Part(message_id=message.pk)],
        sort=Sort(subject="Tomt diagram", kind="function-broken", product="suite"),
        by=actor(world.agent),
        now=NOW,
    )
    run_jobs()

    answer(world, new, "Nu är det lagat.")

    assert states(world, new) == [(KIM.address, "let-in" if is_in else "left-out")]
    assert [mail.ticket_id for mail in told_kim()] == ([new.pk] if is_in else [])
