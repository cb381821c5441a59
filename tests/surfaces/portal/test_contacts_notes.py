"""Notes among the local contacts on a colleague's question: who reads them, and everybody else who never does (A12)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from tests import factories as world
from tests.jobs_run import run_jobs
from tests.surfaces.portal.walk import Asking, signed_in, text_of
from tests.surfaces.workspace.conftest import signed_in as signed_in_account
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Seat, Staff
from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.among_contacts import note_among_contacts, notes_among_contacts
from vaxel.domain.tickets.contacts_note import ContactsNote
from vaxel.domain.tickets.locking import TicketMissingError
from vaxel.domain.tickets.models import Draft, Event, Ticket
from vaxel.domain.tickets.queries import Reader
from vaxel.insight.transfer.erasing import erase_ticket

pytestmark = pytest.mark.django_db

NOTED = "Kanariefågel: hon har frågat om det här tre gånger."
TRIED = "Vi har bytt skrivare."


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation with two local contacts, a colleague who asks them, and others who have no part in it."""

    ticket: Ticket
    people: dict[str, Person]
    agent: Staff

    def client(self, who: str) -> Client:
        return signed_in_account(self.agent.account) if who == "agent" else signed_in(self.people[who])

    def address(self, part: str = "", *, surface: str = "") -> str:
        desk = self.agent.desk
        return f"/{desk.slug}{surface}/tickets/{desk.prefix}-{self.ticket.number}/{part}"

    def note(self, who: str, text: str = NOTED) -> int:
        return int(self.client(who).post(self.address("notes/"), {"note": text}).status_code)

    def reader(self, who: str) -> Reader:
        """A reader with every right but the ones that their part gives."""
        person = self.people[who]
        return Reader(
            scope=world.customer_scope(person),
            person_id=person.pk,
            sees_organisation=person.may_see_organisation,
            is_local_contact=person.is_local_contact,
        )


@pytest.fixture
def unit() -> Unit:
    desk = world.make_desk("baver")
    organisation = world.make_organisation(desk, plan="support", products=("baver",))
    elsewhere = world.make_organisation(desk, name="Norrtuna stad", plan="support", products=("baver",))
    people = {
        "asker": world.make_person(organisation, name="Ulf Ek", contact=False, certified=False),
        "contact": world.make_person(organisation, name="Lo Kahl", is_local_contact=True),
        "other contact": world.make_person(organisation, name="Ida Berg", is_local_contact=True),
        "support contact": world.make_person(organisation, name="Bo Alm", may_see_organisation=True),
        "colleague": world.make_person(organisation, name="Ove Lind", contact=False, certified=False),
        "contact elsewhere": world.make_person(elsewhere, name="Nils Ros", is_local_contact=True),
    }
    ticket = world.ask(people["asker"], kind="how-to", product="baver", subject="Utskrift", text="Hur skriver jag ut?")
    assert ticket.is_first_line
    return Unit(ticket, people, world.make_staff(desk))


def test_contacts_note_for_each_other(unit: Unit) -> None:
    assert unit.note("contact") == 302

    page = text_of(unit.client("other contact").get(unit.address()))

    assert NOTED in page
    assert "Ulf Ek ser dem aldrig." in page


def everywhere(unit: Unit, who: str) -> str:
    """All that somebody can read who looks for it: the ticket, the lists, the search, the figures."""
    client, desk = unit.client(who), unit.agent.desk
    name = f"{desk.prefix}-{unit.ticket.number}"
    portal = [f"/{desk.slug}/{part}" for part in ("", "tickets/?whose=all", "tickets/?q=kanariefågel", "first-line/")]
    workspace = [f"/{desk.slug}/workspace/{part}" for part in ("", f"?q={NOTED[:12]}", f"tickets/{name}/mails/")]
    pages = [unit.address(), unit.address("take-on/"), *portal, unit.address(surface="/workspace"), *workspace]
    return " ".join(client.get(page, follow=True).content.decode() for page in pages)


READS = {"contact": True, "other contact": True}


@pytest.mark.parametrize("who", ["asker", "contact", "other contact", "support contact", "colleague"])
def test_note_is_read_by_the_contacts_and_nobody_else(unit: Unit, who: str) -> None:
    unit.note("contact")

    assert ("tre gånger" in everywhere(unit, who)) is READS.get(who, False)


@pytest.mark.parametrize("who", ["contact elsewhere", "agent"])
def test_note_is_read_by_nobody_outside_the_organisation(unit: Unit, who: str) -> None:
    unit.note("contact")

    assert "tre gånger" not in everywhere(unit, who)


@pytest.mark.parametrize("who", ["asker", "support contact", "colleague", "contact elsewhere", "agent"])
def test_nobody_else_writes_one(unit: Unit, who: str) -> None:
    assert unit.note(who) == 404
    assert not ContactsNote.unscoped.exists()


@pytest.mark.parametrize("who", ["asker", "support contact", "colleague", "contact elsewhere"])
def test_door_itself_refuses_whoever_is_not_asked(unit: Unit, who: str) -> None:
    unit.note("contact")
    reader, person = unit.reader(who), unit.people[who]

    assert notes_among_contacts(reader, ticket=unit.ticket) == []
    with pytest.raises(TicketMissingError):
        note_among_contacts(reader=reader, number=unit.ticket.number, text=TRIED, by=world.actor(person), now=world.NOW)


def test_contact_who_asks_reads_no_note_on_their_own_question(unit: Unit) -> None:
    asked = world.ask(unit.people["contact"], kind="how-to", product="baver")
    Ticket.unscoped.filter(pk=asked.pk).update(is_first_line=True)
    own = Unit(Ticket.unscoped.get(pk=asked.pk), unit.people, unit.agent)

    assert own.note("other contact") == 302
    assert own.note("contact") == 404
    assert NOTED not in everywhere(own, "contact")
    assert NOTED in everywhere(own, "other contact")


def test_no_scope_of_the_vendors_finds_a_note(unit: Unit) -> None:
    unit.note("contact")
    Ticket.unscoped.update(is_first_line=False)

    assert list(ContactsNote.objects.within(world.desk_scope(unit.agent.desk))) == []


def test_note_leaves_no_trace_that_others_read(unit: Unit) -> None:
    def traces() -> tuple[object, ...]:
        run_jobs()
        ticket = Ticket.unscoped.filter(pk=unit.ticket.pk).values_list("version", "updated_at", "last_message_at")
        return Event.unscoped.count(), OutgoingMail.unscoped.count(), ticket.get()

    before = traces()
    unit.note("contact")

    assert traces() == before


def passed_on_by_choice(unit: Unit, **more: str) -> str:
    """The words with which the vendor's question begins."""
    first = unit.ticket.messages.get()
    begun = unit.client("contact").post(unit.address("take-on/"), {"message": str(first.pk), "answer": "me", **more})
    asking = Asking(unit.client("contact"), unit.agent.desk.slug, begun.headers["Location"].split("/")[3])
    return str(Draft.unscoped.get(public_id=asking.draft).data)


def test_note_stays_behind_unless_it_is_chosen(unit: Unit) -> None:
    unit.note("contact")
    unit.note("other contact", TRIED)
    chosen = ContactsNote.unscoped.get(text=TRIED)
    foreign = str(ContactsNote.unscoped.get(text=NOTED).pk + 1000)

    assert [each in passed_on_by_choice(unit, tried="Startat om.") for each in (NOTED, TRIED)] == [False, False]
    assert [each in passed_on_by_choice(unit, note=foreign) for each in (NOTED, TRIED)] == [False, False]
    begun = passed_on_by_choice(unit, note=str(chosen.pk), tried="Startat om.")
    assert [each in begun for each in (NOTED, TRIED, "Startat om.")] == [False, True, True]


def leave_alone(unit: Unit) -> None:
    """All whom the asker could ask go, so that the question is theirs to send on."""
    left = [each for name, each in unit.people.items() if name != "asker"]
    Seat.unscoped.filter(person__in=left).delete()
    Person.unscoped.filter(pk__in=[each.pk for each in left]).update(is_active=False)


def test_note_stays_behind_when_the_asker_sends_the_question_on(unit: Unit) -> None:
    unit.note("contact")
    leave_alone(unit)
    Ticket.unscoped.filter(pk=unit.ticket.pk).update(is_first_line=False, destination="support")

    shown = unit.client("agent").get(unit.address(surface="/workspace"))

    assert (shown.status_code, "Hur skriver jag ut?" in text_of(shown)) == (200, True)
    assert "tre gånger" not in everywhere(unit, "agent")
    assert "tre gånger" not in everywhere(unit, "asker")


def test_note_goes_with_the_words_of_an_erased_ticket(unit: Unit) -> None:
    unit.note("contact")
    Ticket.unscoped.filter(pk=unit.ticket.pk).update(is_first_line=False, status="solved")

    by = world.actor(unit.agent)
    erase_ticket(scope=world.desk_scope(unit.agent.desk), number=unit.ticket.number, by=by, now=world.NOW)

    assert not ContactsNote.unscoped.exists()


@pytest.mark.parametrize(("text", "said"), [("  ", "Skriv din anteckning"), ("x" * 20_001, "Korta anteckningen")])
def test_fault_keeps_what_was_written(unit: Unit, text: str, said: str) -> None:
    answer = unit.client("contact").post(unit.address("notes/"), {"note": text})

    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert text.strip()[:40] in answer.content.decode()
    assert not ContactsNote.unscoped.exists()


def test_second_press_writes_nothing_more(unit: Unit) -> None:
    for _ in range(2):
        unit.note("contact")

    assert ContactsNote.unscoped.count() == 1


def test_closed_ticket_takes_no_note(unit: Unit) -> None:
    asker = unit.people["asker"]
    lifecycle.close(scope=world.customer_scope(asker), number=unit.ticket.number, by=world.actor(asker), now=world.NOW)

    unit.note("contact")

    assert not ContactsNote.unscoped.exists()
    assert "Skriv en anteckning" not in text_of(unit.client("contact").get(unit.address()))


@pytest.mark.parametrize("number", [1, 3])
def test_notes_cost_one_query(unit: Unit, number: int, django_assert_num_queries: Callable[..., object]) -> None:
    for each in range(number):
        unit.note("contact", f"{NOTED} {each}")
    reader = unit.reader("contact")

    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # pytest-django's fixture has no public type
        assert len(notes_among_contacts(reader, ticket=unit.ticket)) == number
