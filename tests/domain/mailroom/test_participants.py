"""People whom mails bring along: nothing until staff let them in, then the desk's answers and no more (trust 2, 6)."""

import pytest

from tests.domain.mailroom.conftest import World, words
from tests.domain.mailroom.mails import deliver, mail_from
from tests.factories import NOW, actor, desk_scope, make_desk
from tests.jobs_run import run_jobs
from vaxel.domain.mailroom.models import ReceivedMail
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.notices.outbox import recipient_left
from vaxel.domain.notices.participants import ParticipantMissingError, leave_out, let_in, participants_of
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.tickets.conversation import note, reply
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Event
from vaxel.kit.mail import MailAddress
from vaxel.kit.tenancy import Scope

pytestmark = pytest.mark.django_db

KIM = MailAddress("Kim@Annan.example", "Kim Ek")


def came_along(world: World) -> Participant:
    """Kim stood in the copy of the asker's answer."""
    deliver(world.answer(world.person, cc=(KIM,), text="Vi väntar fortfarande."), world.mailbox)
    return Participant.unscoped.get(ticket=world.ticket)


def choose(world: World, participant: Participant, door: object) -> None:
    door(  # type: ignore[operator]  # one of the two doors
        scope=desk_scope(world.desk),
        number=world.ticket.number,
        participant_id=participant.pk,
        by=actor(world.agent),
        now=NOW,
    )


def answer(world: World, text: str) -> None:
    reply(scope=desk_scope(world.desk), number=world.ticket.number, text=text, by=actor(world.agent), now=NOW)
    run_jobs()


def told(address: str = "kim@annan.example") -> list[OutgoingMail]:
    return list(OutgoingMail.unscoped.filter(recipient__iexact=address).order_by("id"))


def test_t02_whoever_is_let_in_gets_later_answers_and_nothing_of_before(world: World) -> None:
    kim = came_along(world)
    answer(world, "Ett tidigt svar.")
    choose(world, kim, let_in)
    run_jobs()
    note(scope=desk_scope(world.desk), number=world.ticket.number, text="Bara vi", by=actor(world.agent), now=NOW)
    answer(world, "Ett sent svar.")

    (mail,) = told()
    assert (mail.kind, mail.recipient_kind, mail.references) == ("answer", "colleague", "")
    assert "Ett sent svar." in mail.text
    for earlier in ("Ett tidigt svar.", "Bara vi", *words(world.ticket)[:1], "https://", "http://"):
        assert earlier not in mail.text + mail.html.replace("<!doctype html>", "")


def test_t06_whoever_is_let_in_may_answer_and_the_asker_hears_it(world: World) -> None:
    kim = came_along(world)
    choose(world, kim, let_in)
    answer(world, "Hur ser det ut nu?")
    (mail,) = told()
    to = (MailAddress(reply_address(mail)),)
    came = deliver(mail_from("kim@annan.example", to=to, text="Det går bra."), world.mailbox)
    run_jobs()

    assert (came.state, came.ticket_id) == ("reply", world.ticket.pk)
    assert words(world.ticket)[-1] == "Det går bra."
    assert OutgoingMail.unscoped.filter(recipient=world.person.email, kind="colleague-wrote").exists()


@pytest.mark.parametrize("sender", ["lo@annan.example", "kim@annan.example.evil.example"])
def test_t06_the_address_made_for_one_participant_is_no_others(world: World, sender: str) -> None:
    kim = came_along(world)
    choose(world, kim, let_in)
    answer(world, "Hur ser det ut nu?")
    to = (MailAddress(reply_address(told()[0])),)
    came = deliver(mail_from(sender, to=to), world.mailbox)

    assert (came.state, came.reason) == ("quarantine", "not-their-ticket")


def test_whoever_is_left_out_gets_nothing_and_answers_nothing(world: World) -> None:
    kim = came_along(world)
    choose(world, kim, let_in)
    answer(world, "Hur ser det ut nu?")
    (mail,) = told()
    choose(world, kim, leave_out)
    answer(world, "Ännu ett svar.")
    came = deliver(mail_from("kim@annan.example", to=(MailAddress(reply_address(mail)),)), world.mailbox)

    assert told() == [mail]
    assert (came.state, came.reason) == ("quarantine", "not-their-ticket")


def test_t47_a_mail_on_its_way_stays_here_when_its_reader_is_left_out(world: World) -> None:
    kim = came_along(world)
    choose(world, kim, let_in)
    answer(world, "Hur ser det ut nu?")
    (mail,) = told()
    before = recipient_left(mail)
    choose(world, kim, leave_out)

    assert (before, recipient_left(mail)) == (False, True)


def test_whoever_was_left_out_is_not_asked_about_again(world: World) -> None:
    kim = came_along(world)
    choose(world, kim, leave_out)
    deliver(world.answer(world.person, cc=(KIM,), text="Igen."), world.mailbox)

    (seen,) = participants_of(desk_scope(world.desk), ticket_id=world.ticket.pk)
    named = Event.unscoped.filter(ticket=world.ticket, kind=EventKind.PARTICIPANTS_NAMED)
    assert (seen.state, named.count()) == ("left-out", 1)


def test_a_mail_that_waits_is_told_in_the_tickets_history(world: World) -> None:
    mail = deliver(world.answer("lo@annan.example"), world.mailbox)

    told_of = Event.unscoped.filter(ticket=world.ticket, kind=EventKind.MAIL_HELD).values_list("data", flat=True)
    assert (mail.state, list(told_of)) == (ReceivedMail.State.QUARANTINE, [{"mail": mail.pk}])


def test_t43_nobody_outside_the_desk_lets_anybody_in(world: World) -> None:
    kim = came_along(world)
    customer = Scope(desk_id=world.desk.pk, organisation_id=world.organisation.pk)
    number, by = world.ticket.number, actor(world.agent)

    with pytest.raises(ParticipantMissingError):
        let_in(scope=customer, number=number, participant_id=kim.pk, by=by, now=NOW)
    with pytest.raises(TicketMissingError):
        let_in(scope=desk_scope(make_desk("baver")), number=number, participant_id=kim.pk, by=by, now=NOW)
    assert participants_of(customer, ticket_id=world.ticket.pk) == ()
