"""What telling must never do: flood, leak, or say what was said among staff."""

from datetime import timedelta

import pytest
import structlog
from django.db import transaction
from pytest_django import Settings

from tests import factories as world
from tests.domain.notices.conversations import LATER, answer, desk_of, tell_all, write
from tests.jobs_run import run_jobs, waiting_jobs
from vaxel.domain.notices import telling
from vaxel.domain.notices.brakes import MOST_PER_TICKET, MOST_RECEIPTS_BY_ASKER
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.models import Event
from vaxel.domain.tickets.question import OnBehalfOf

pytestmark = pytest.mark.django_db


def test_t15_two_help_desks_that_answer_each_other_stop_at_the_cap(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    ticket.assignee = agent
    ticket.save(update_fields=["assignee"])
    with structlog.testing.capture_logs() as lines:
        for turn in range(50):
            now = world.NOW + timedelta(seconds=turn)
            write(ticket, person, "Automatiskt svar", now=now)
            telling.tell(event_id=Event.unscoped.latest("id").pk, now=now)

    to_agent = OutgoingMail.unscoped.filter(recipient=agent.account.email)
    states = list(to_agent.order_by("id").values_list("state", flat=True))
    assert states == ["queued"] * MOST_PER_TICKET + ["held"] * (50 - MOST_PER_TICKET)
    assert (
        len([line for line in lines if (line["event"], line.get("reason")) == ("mail held", "brake")])
        == 50 - MOST_PER_TICKET
    )
    assert waiting_jobs().count("send_mail") == MOST_PER_TICKET


def test_t15_an_hour_later_mails_go_out_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    ticket.assignee = agent
    ticket.save(update_fields=["assignee"])
    for turn in range(6):
        write(ticket, person, "Hej igen", now=world.NOW + timedelta(seconds=turn))
    tell_all()
    write(ticket, person, "Och igen", now=world.NOW + timedelta(hours=2))

    assert tell_all(now=world.NOW + timedelta(hours=2))[-1].state == "queued"


def test_t15_what_staff_write_themselves_is_never_held(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    for count in range(10):
        answer(ticket, agent, f"Svar {count}")

    states = [mail.state for mail in tell_all(now=LATER) if mail.kind == "answer"]

    assert states == ["queued"] * 10


def test_t19_a_victim_named_as_colleague_gets_one_mail_a_day_without_the_askers_words(person: Person) -> None:
    victim = OnBehalfOf(name="Kim Sand", email="victim@kund.example", copy=True)
    for _ in range(20):
        world.ask(person, subject="Köp billigt nu", text="Köp billigt nu", on_behalf_of=victim)

    mails = [mail for mail in tell_all() if mail.recipient == victim.email]

    assert [mail.state for mail in mails] == ["queued"] + ["held"] * 19
    assert "Köp" not in "".join(mail.subject + mail.text + mail.html for mail in mails)


def test_t19_what_the_asker_writes_later_does_not_go_to_a_colleague_either(person: Person, agent: Staff) -> None:
    victim = OnBehalfOf(name="Kim Sand", email="victim@kund.example", copy=True)
    ticket = world.ask(person, on_behalf_of=victim)
    write(ticket, person, "Köp billigt nu")
    answer(ticket, agent, "Nej tack")

    mails = [mail for mail in tell_all() if mail.recipient == victim.email]

    assert [mail.kind for mail in mails] == ["received", "answer"]
    assert "Köp" not in "".join(mail.subject + mail.text + mail.html for mail in mails)


def test_colleague_who_is_one_of_the_organisations_people_hears_of_each_question(person: Person) -> None:
    colleague = world.make_person(person.organisation, email="kim@kund.example", contact=False)
    for _ in range(3):
        world.ask(person, on_behalf_of=OnBehalfOf(name=colleague.name, email="Kim@kund.example", copy=True))

    mails = [mail for mail in tell_all() if mail.recipient_kind == "colleague"]

    assert [mail.state for mail in mails] == ["queued"] * 3


CANARY = "kanariefågel 7c1f"


def test_t44_an_internal_note_is_in_no_mail(person: Person, agent: Staff) -> None:
    ticket = world.ask(person, on_behalf_of=OnBehalfOf(name="Kim Sand", email="kim@kund.example", copy=True))
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    conversation.note(scope=scope, number=ticket.number, text=CANARY, html=f"<p>{CANARY}</p>", by=by, now=world.NOW)
    answer(ticket, agent)
    conversation.note(scope=scope, number=ticket.number, text=CANARY, by=by, now=LATER)
    lifecycle.solve(scope=scope, number=ticket.number, by=by, now=LATER)
    write(ticket, person, "Det är inte löst", now=LATER + timedelta(minutes=1))
    noted = Event.unscoped.filter(kind=EventKind.NOTED)
    assert noted.count() == 2

    mails = tell_all(now=LATER)

    assert len(mails) > 4
    assert [mail.kind for mail in mails if mail.event_id in set(noted.values_list("pk", flat=True))] == []
    assert [mail.kind for mail in mails if CANARY in mail.subject + mail.text + mail.html] == []


def test_t43_an_answer_reaches_nobody_of_another_organisation(person: Person, agent: Staff) -> None:
    stranger = world.make_person(world.make_organisation(desk_of(person)), may_see_organisation=True)
    neighbour = world.make_staff(world.make_desk("baver"))
    ticket = world.ask(person)
    answer(ticket, agent)
    write(ticket, person, "Tack")

    recipients = {mail.recipient for mail in tell_all(now=LATER)}

    assert recipients == {person.email, agent.account.email}
    assert {stranger.email, neighbour.account.email} & recipients == set()


def test_t44_a_message_that_an_event_names_wrongly_is_not_sent(person: Person, agent: Staff) -> None:
    other = world.ask(world.make_person(world.make_organisation(desk_of(person))), text=CANARY)
    ticket = world.ask(person)
    with transaction.atomic():
        record_event(
            EventKind.REPLIED,
            ticket=ticket,
            by=world.actor(agent),
            now=LATER,
            message=other.messages.get().pk,
        )

    assert [mail.kind for mail in tell_all(now=LATER) if CANARY in mail.text + mail.html] == []


def test_t63_logs_hold_no_words_and_no_addresses(person: Person, agent: Staff, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with structlog.testing.capture_logs() as lines:
        ticket = world.ask(person, subject=CANARY, text=CANARY)
        answer(ticket, agent, CANARY)
        run_jobs()

    assert [line["event"] for line in lines] == ["mail sent", "mail sent"]
    assert [word for word in (CANARY, person.email, person.name) if word in str(lines)] == []


def test_t19_one_askers_colleagues_get_no_more_than_some_receipts_a_day(person: Person) -> None:
    colleagues = [OnBehalfOf(name="Lo", email=f"lo{number}@kund.example", copy=True) for number in range(12)]
    for colleague in colleagues:
        world.ask(person, on_behalf_of=colleague)
    tell_all()

    states = OutgoingMail.unscoped.filter(recipient_kind="colleague").order_by("id").values_list("state", flat=True)

    assert list(states) == ["queued"] * MOST_RECEIPTS_BY_ASKER + ["held"] * (12 - MOST_RECEIPTS_BY_ASKER)
