"""From an event to the rows of the outbox, through the real doors."""

from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from pytest_django import Settings

from tests import factories as world
from tests.jobs_run import run_jobs, waiting_jobs
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import telling
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db

LATER = world.NOW + timedelta(hours=1)


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk(), name="Åsklinge kommun"))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(desk_of(person))


def desk_of(person: Person) -> Desk:
    return Desk.objects.get(pk=person.desk_id)


def tell_all(now: datetime = world.NOW) -> list[OutgoingMail]:
    """Tell every event that nobody has been told about; all mails, oldest first."""
    for event in Event.unscoped.order_by("id"):
        telling.tell(event_id=event.pk, now=now)
    return list(OutgoingMail.unscoped.order_by("id"))


def answer(ticket: Ticket, agent: Staff, text: str = "Hej Maj! Nu är felet rättat.", html: str = "") -> None:
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text=text, by=world.actor(agent), now=LATER, html=html
    )


def test_a_question_is_confirmed_with_number_promise_and_reason(person: Person) -> None:
    ticket = world.ask(person)
    prefix = desk_of(person).prefix

    (mail,) = tell_all()

    assert (mail.kind, mail.recipient, mail.is_automatic, mail.state) == ("received", person.email, True, "queued")
    assert mail.subject == f"[{prefix}-{ticket.number}] Vi har fått din fråga: Oväntat fel när jag sparar"


def test_an_answer_leaves_through_the_outbox_once(person: Person, agent: Staff, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    ticket = world.ask(person)
    answer(ticket, agent)

    ran = run_jobs()

    assert ran == ["tell_about_event", "tell_about_event", "send_mail", "send_mail"]
    assert [mail.to for mail in django_mail.outbox] == [[f"{person.name} <{person.email}>"]] * 2
    assert waiting_jobs() == []
    assert {mail.state for mail in OutgoingMail.unscoped.all()} == {"sent"}
