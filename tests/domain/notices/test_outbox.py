"""The states of a mail as staff see them, and sending again by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories as world
from tests.jobs_run import waiting_jobs
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.notices import outbox, telling
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.queries import _REASONS, _STATES, mail_states
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


def answered(person: Person, agent: Staff, ticket: Ticket | None = None) -> OutgoingMail:
    """The mail of an answer to a question of this person; to a new one unless told otherwise."""
    ticket = ticket or world.ask(person)
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Hej!", by=world.actor(agent), now=world.NOW
    )
    telling.tell(event_id=Event.unscoped.filter(kind="replied").latest("id").pk, now=world.NOW)
    return OutgoingMail.unscoped.latest("id")


def set_state(mail: OutgoingMail, state: str, reason: str = "") -> None:
    OutgoingMail.unscoped.filter(pk=mail.pk).update(state=state, reason=reason)


@pytest.mark.parametrize("count", [1, 3])
def test_mail_states_tell_every_message_in_one_query(person: Person, agent: Staff, count: int) -> None:
    ticket = world.ask(person)
    mails = [answered(person, agent, ticket) for _ in range(count)]

    with CaptureQueriesContext(connection) as queries:
        states = mail_states(world.desk_scope(agent.desk), ticket_id=ticket.pk).alone()

    assert len(queries) == 1
    assert [[state.mail_id for state in states[mail.message_id or 0]] for mail in mails] == [
        [mail.pk] for mail in mails
    ]


def test_t67_staff_read_that_a_mail_is_uncertain_and_what_to_do(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    set_state(mail, "uncertain", "broken")

    with translation.override("sv"):
        (state,) = mail_states(world.desk_scope(agent.desk), ticket_id=mail.ticket_id or 0).alone()[
            mail.message_id or 0
        ]

    assert (state.text, state.needs_a_look) == ("Kanske skickat", True)
    assert state.reason == "Anslutningen bröts när mejlet lämnades över. Fråga mottagaren eller skicka igen."


def test_a_refusal_keeps_the_servers_words(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    set_state(mail, "failed", "refused: 550 5.1.1 no such person: x")

    (state,) = mail_states(world.desk_scope(agent.desk), ticket_id=mail.ticket_id or 0).alone()[mail.message_id or 0]

    assert state.detail == "550 5.1.1 no such person: x"


def test_t43_customers_and_other_desks_read_no_states(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    other = world.make_desk("baver")

    assert mail_states(world.customer_scope(person), ticket_id=mail.ticket_id or 0).alone() == {}
    assert mail_states(world.desk_scope(other), ticket_id=mail.ticket_id or 0).alone() == {}


@pytest.mark.parametrize(
    ("state", "shown"), [("sent", 0), ("queued", 0), ("uncertain", 1), ("failed", 1), ("held", 1), ("bounced", 1)]
)
def test_a_ticket_shows_the_mails_that_need_a_look(person: Person, agent: Staff, state: str, shown: int) -> None:
    mail = answered(person, agent)
    set_state(mail, state)

    states = mail_states(world.desk_scope(agent.desk), ticket_id=mail.ticket_id or 0).alone()
    assert sum(each.needs_a_look for found in states.values() for each in found) == shown


def test_every_state_and_every_reason_has_words() -> None:
    assert set(_STATES) == set(OutgoingMail.State.values)
    assert set(_REASONS) == set(outbox.Reason)


@pytest.mark.parametrize("state", ["uncertain", "failed", "bounced", "held"])
def test_staff_can_send_again_what_stopped(person: Person, agent: Staff, state: str) -> None:
    mail = answered(person, agent)
    set_state(mail, state, "broken")
    before = waiting_jobs().count("send_mail")

    outbox.send_again(scope=world.desk_scope(agent.desk), mail_id=mail.pk, by=world.actor(agent), now=world.NOW)

    again = OutgoingMail.unscoped.get(pk=mail.pk)
    assert (again.state, again.reason, again.header_id) == ("queued", "", mail.header_id)
    assert waiting_jobs().count("send_mail") == before + 1
    assert [entry.by_name for entry in AuditEntry.unscoped.filter(kind="mail-sent-again")] == [agent.name]


@pytest.mark.parametrize("state", ["queued", "sending", "sent"])
def test_what_is_under_way_or_sent_is_not_sent_again(person: Person, agent: Staff, state: str) -> None:
    mail = answered(person, agent)
    set_state(mail, state)

    with pytest.raises(outbox.NotSendableError):
        outbox.send_again(scope=world.desk_scope(agent.desk), mail_id=mail.pk, by=world.actor(agent), now=world.NOW)


def test_t43_nobody_sends_mails_of_another_desk(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    set_state(mail, "failed")
    stranger = world.make_staff(world.make_desk("baver"))

    with pytest.raises(OutgoingMail.DoesNotExist):
        outbox.send_again(
            scope=world.desk_scope(stranger.desk), mail_id=mail.pk, by=world.actor(stranger), now=world.NOW
        )


def test_t72_the_sweep_leaves_what_is_young(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    outbox.claim(mail_id=mail.pk, now=world.NOW)

    outbox.sweep(now=world.NOW + outbox.PATIENCE)

    assert OutgoingMail.unscoped.get(pk=mail.pk).state == "sending"


def test_t72_a_mail_that_kills_every_worker_ends_as_uncertain(person: Person, agent: Staff) -> None:
    mail = answered(person, agent)
    now = world.NOW
    for _ in range(outbox.MOST_ATTEMPTS):
        assert outbox.claim(mail_id=mail.pk, now=now) is not None
        now += timedelta(minutes=3)
        outbox.sweep(now=now)

    assert OutgoingMail.unscoped.get(pk=mail.pk).state == "uncertain"
    assert outbox.claim(mail_id=mail.pk, now=now) is None
