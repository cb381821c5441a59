"""The one mail that confirms a question by mail and asks back what it lacked."""

import pytest
from django.urls import reverse

from tests import factories as world
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.telling import tell
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


def told(person: Person, **question: object) -> tuple[Ticket, list[OutgoingMail]]:
    ticket = world.ask(person, channel="mail", **question)  # type: ignore[arg-type]  # the values of a test
    event = Event.unscoped.get(ticket=ticket, kind="opened")
    return ticket, list(tell(event_id=event.pk, now=world.NOW))


@pytest.fixture
def bo() -> Person:
    desk = world.make_desk("baver")
    return world.make_person(world.make_organisation(desk, plan="support", products=("baver",)), name="Bo Ahl")


def test_question_that_lacks_details_is_confirmed_and_asked_back_in_one_mail(bo: Person) -> None:
    ticket, mails = told(bo, kind="fault", product="baver", guessed=frozenset({"kind"}))

    name = f"{bo.organisation.desk.prefix}-{ticket.number}"
    page = reverse("portal:ticket_details", kwargs={"desk": bo.organisation.desk.slug, "name": name})
    assert [mail.kind for mail in mails] == ["details-wanted"]
    assert page in mails[0].text
    wanted = [line[2:] for line in mails[0].text.splitlines() if line.startswith("- ")]
    assert wanted[:3] == ["Vilken typ av fråga det är", "Version av Bäver", "Vad gjorde du strax innan?"]
    assert "Jag har startat om Bäver" in wanted


def test_promise_that_waits_is_not_shown_and_its_reason_is(bo: Person) -> None:
    _, mails = told(bo, kind="fault", product="baver")

    assert "svara senast" not in mails[0].text
    assert "Vi börjar räkna tiden när vi har fått uppgifterna" in mails[0].text


def test_promise_that_runs_is_shown() -> None:
    _, mails = told(world.make_person(world.make_organisation(world.make_desk())))

    assert [mail.kind for mail in mails] == ["details-wanted"]
    assert "Vi räknar med att svara senast: torsdag 19 november kl. 14.00" in mails[0].text
