"""A local contact passes a question on: the vendor gets what was chosen, and the answer finds its way back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests import factories as world
from tests.stories.portal.asked import ANSWERS
from tests.surfaces.portal.walk import Asking, signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as signed_in_account
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.models import Event, Message, Ticket
from vaxel.insight.reports.first_line import Asked, AskedInMonth, asked_by_month, asked_locally

pytestmark = pytest.mark.django_db

SECRET = "Chefen får inte veta att jag har glömt hur man gör."
WORDS = "Hur låser jag protokollet?"


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation with a local contact and a colleague who has asked them."""

    local: Person
    user: Person
    agent: Staff
    ticket: Ticket
    client: Client

    def page(self, ticket: Ticket, part: str = "") -> str:
        return f"/{self.local.desk.slug}/tickets/{self.local.desk.prefix}-{ticket.number}/{part}"

    def at_the_desk(self, ticket: Ticket, client: Client) -> int:
        address = f"/{self.local.desk.slug}/workspace/tickets/{self.local.desk.prefix}-{ticket.number}/"
        return int(client.get(address).status_code)


@pytest.fixture
def unit() -> Unit:
    organisation = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    local = world.make_person(organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(
        organisation, name="Ulf Ek", phone="0555-12", contact=False, certified=False, email="ulf@kund.example"
    )
    ticket = world.ask(user, kind="how-to", product="baver", text=WORDS)
    assert ticket.is_first_line
    say(ticket, user, SECRET)
    say(ticket, local, "Har du provat att starta om?")
    return Unit(local, user, world.make_staff(organisation.desk), ticket, signed_in(local))


def say(ticket: Ticket, who: Person | Staff, text: str) -> None:
    scope = world.customer_scope(who) if isinstance(who, Person) else world.desk_scope(who.desk)
    conversation.reply(scope=scope, number=ticket.number, text=text, by=world.actor(who), now=world.NOW)


def pass_on(unit: Unit, *, answer: str = "me", tried: str = "Vi har startat om.") -> Ticket:
    first = Message.unscoped.get(ticket=unit.ticket, text=WORDS)
    given = {"message": str(first.pk), "tried": tried, "answer": answer}
    response = unit.client.post(unit.page(unit.ticket, "take-on/"), given)
    asking = Asking(unit.client, unit.local.desk.slug, response.headers["Location"].split("/")[3])
    colleague = {"colleague_name": "Ulf Ek", "colleague_phone": "0555-12", "colleague_email": "ulf@kund.example"}
    words = f"{WORDS}\n\nDet här har vi provat:\n{tried}"
    more = {**ANSWERS, "words": words, "field-what-wanted": words}
    if answer == "both":
        more["colleague_copy"] = "yes"
    asking.post("kind", kind="how-to", product="baver", topic="other")
    asking.post("details", **more, **colleague)
    answered = asking.post("review")
    assert answered.headers.get("Location") == asking.at("sent"), text_of(answered)
    return Ticket.unscoped.exclude(pk=unit.ticket.pk).get()


def test_passing_on_begins_with_the_askers_words_and_nobody_elses(unit: Unit) -> None:
    page = unit.client.get(unit.page(unit.ticket, "take-on/")).content.decode()
    assert [part.split('"')[0] for part in page.split('name="message" value="')[1:]] == [
        str(pk) for pk in Message.unscoped.filter(ticket=unit.ticket).order_by("at", "id").values_list("pk", flat=True)
    ]
    assert page.count(" checked") == 3  # the asker's two, and where the answer goes


def test_question_that_is_answered_whole_is_one_press_from_the_vendor(unit: Unit) -> None:
    asked = world.ask(
        unit.user,
        kind="fault",
        product="baver",
        priority="high",
        text=f"{WORDS}\n\nVad gjorde du strax innan?\nSkrev ut.",
        fields={
            "what-happened": WORDS,
            "what-before": "Skrev ut.",
            "version": "8.9.0",
            "_checked": ["restarted-baver", "restarted-computer", "asked-own-it"],
        },
    )
    first = Message.unscoped.get(ticket=asked)
    answer = unit.client.post(unit.page(asked, "take-on/"), {"message": str(first.pk), "tried": "", "answer": "me"})
    asking = Asking(unit.client, unit.local.desk.slug, answer.headers["Location"].split("/")[3])
    assert answer.headers["Location"] == asking.at("review")
    asking.post("review")
    passed = Ticket.unscoped.latest("pk")
    assert (passed.priority, passed.is_first_line, passed.fields) == ("high", False, asked.fields)
    assert Message.unscoped.get(ticket=passed).text == first.text


def test_answers_stay_behind_with_a_question_that_is_not_chosen(unit: Unit) -> None:
    fields = {"what-happened": WORDS, "what-before": SECRET, "version": "8.9.0"}
    asked = world.ask(unit.user, kind="fault", product="baver", priority="high", text=WORDS, fields=fields)
    say(asked, unit.user, "Det händer varje gång.")
    later = Message.unscoped.filter(ticket=asked).latest("pk")
    answer = unit.client.post(unit.page(asked, "take-on/"), {"message": str(later.pk), "tried": "", "answer": "me"})
    asking = Asking(unit.client, unit.local.desk.slug, answer.headers["Location"].split("/")[3])
    assert answer.headers["Location"] == asking.at("details")
    shown = asking.get("details").content.decode()
    assert ("8.9.0" in shown, SECRET in shown, WORDS in shown) == (True, False, False)


def test_vendor_sees_only_what_was_passed_on(unit: Unit) -> None:
    passed = pass_on(unit)
    agent = signed_in_account(unit.agent.account)
    assert (unit.at_the_desk(passed, agent), unit.at_the_desk(unit.ticket, agent)) == (200, 404)
    shown = text_of(agent.get(f"/{unit.local.desk.slug}/workspace/tickets/{unit.local.desk.prefix}-{passed.number}/"))
    assert WORDS in shown
    assert "Vi har startat om." in shown
    assert "Ulf Ek" in shown
    assert SECRET not in shown
    assert f"{unit.local.desk.prefix}-{unit.ticket.number}" not in shown
    together = f"/{unit.local.desk.slug}/workspace/tickets/{unit.local.desk.prefix}-{passed.number}/together/"
    assert f"{unit.local.desk.prefix}-{unit.ticket.number}" not in text_of(agent.get(together))


def test_colleague_and_wish_for_a_copy_go_with_it(unit: Unit) -> None:
    passed = pass_on(unit, answer="both")
    assert passed.on_behalf_of == {
        "name": "Ulf Ek",
        "phone": "0555-12",
        "email": "ulf@kund.example",
        "copy": True,
    }


def test_question_waits_for_the_answer_and_says_where_it_is(unit: Unit) -> None:
    passed = pass_on(unit)
    behind = Ticket.unscoped.get(pk=unit.ticket.pk)
    assert (behind.status, behind.is_first_line) == ("waiting-third-party", True)
    assert Event.unscoped.filter(ticket=behind, kind="passed-on").count() == 1
    shown = text_of(unit.client.get(unit.page(unit.ticket)))
    assert f"Skickat vidare till oss som {unit.local.desk.prefix}-{passed.number}" in shown
    assert f"-{passed.number}" not in text_of(signed_in(unit.user).get(unit.page(unit.ticket)))
    assert "Ta frågan vidare igen" in shown


def test_reasons_that_speak_to_the_asker_say_so_to_the_contact(unit: Unit) -> None:
    said = "Det här sa vi till Ulf Ek:"
    assert said in text_of(unit.client.get(unit.page(unit.ticket)))
    assert said not in text_of(signed_in(unit.user).get(unit.page(unit.ticket)))


def test_several_contacts_have_got_the_question_in_english(unit: Unit) -> None:
    pass_on(unit)
    shown = text_of(signed_in(unit.user, language="en").get(unit.page(unit.ticket)))
    assert "have passed the question on to us." in shown


def test_contact_uses_the_vendors_answer(unit: Unit) -> None:
    passed = pass_on(unit)
    say(passed, unit.agent, "Tryck på hänglåset.")
    name = f"{unit.local.desk.prefix}-{passed.number}"
    page = unit.client.get(unit.page(unit.ticket), {"use": name}).content.decode()
    assert "Tryck på hänglåset.</textarea>" in page
    assert signed_in(unit.user).get(unit.page(unit.ticket), {"use": name}).status_code == 404


def test_nothing_chosen_is_said(unit: Unit) -> None:
    answer = unit.client.post(unit.page(unit.ticket, "take-on/"), {"tried": "Allt"})
    assert answer.status_code == 422
    assert "Välj minst ett meddelande" in text_of(answer)


def test_only_contacts_pass_on(unit: Unit) -> None:
    stranger = world.make_person(world.make_organisation(unit.local.desk, plan="support", products=("baver",)))
    for person in (unit.user, stranger):
        assert signed_in(person).get(unit.page(unit.ticket, "take-on/")).status_code == 404


def test_figures_count_what_became_of_questions(unit: Unit) -> None:
    pass_on(unit)
    world.ask(unit.user, kind="fault", product="baver")
    scope = world.customer_scope(unit.local)
    assert asked_locally(scope, destinations=["local-contacts"], since=world.NOW) == [
        Asked(kind="fault", asked=1, solved=0, passed_on=0),
        Asked(kind="how-to", asked=1, solved=0, passed_on=1),
    ]
    page = text_of(unit.client.get(f"/{unit.local.desk.slug}/first-line/"))
    assert "Tillsammans 2 0 1 1" in page
    assert signed_in(unit.user).get(f"/{unit.local.desk.slug}/first-line/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_figures_cost_the_same_for_one_and_three(unit: Unit, number: int, django_assert_num_queries: object) -> None:
    for kind in ("fault", "how-to", "invoice")[:number]:
        if kind != "invoice":
            world.ask(unit.user, kind=kind, product="baver")
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture has no public type
        asked_locally(world.customer_scope(unit.local), destinations=["local-contacts"], since=world.NOW)


def test_figures_by_month_follow_the_desks_calendar(unit: Unit) -> None:
    """An hour before midnight in Stockholm is a month's last hour there, whatever it is elsewhere."""
    pass_on(unit)
    late = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
    world.ask(unit.user, kind="how-to", product="baver", now=late)
    after = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    world.ask(unit.user, kind="how-to", product="baver", now=after)

    zone, since = ZoneInfo("Europe/Stockholm"), datetime(2026, 1, 1, tzinfo=UTC)
    scope = world.customer_scope(unit.local)

    assert asked_by_month(scope, destinations=["local-contacts"], since=since, zone=zone) == [
        AskedInMonth(month=date(2026, 11, 1), asked=2, solved=0, passed_on=1),
        AskedInMonth(month=date(2026, 10, 1), asked=1, solved=0, passed_on=0),
    ]
    shown = text_of(unit.client.get(f"/{unit.local.desk.slug}/first-line/"))
    assert "november 2026 2 0 1 1 oktober 2026 1 0 0 1" in shown
