"""The doors of a ticket: each is one step that commits whole, with its event, its clocks and its job."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.intake import DraftGoneError, NotATicketError, one_line, open_ticket
from vaxel.domain.tickets.locking import ChangedMeanwhileError, TicketMissingError
from vaxel.domain.tickets.models import Clock, Draft, Event, Message, Note, Ticket
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.rules.policy.decision import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


def kinds_of_events(ticket: Ticket) -> list[str]:
    return list(Event.unscoped.filter(ticket=ticket).order_by("id").values_list("kind", flat=True))


def clock(ticket: Ticket, name: str) -> Clock:
    return Clock.unscoped.get(ticket=ticket, name=name)


# --- opening ------------------------------------------------------------------------------------------------------


def test_open_ticket_stores_decision_promise_message_event_and_job(person: Person) -> None:
    ticket = world.ask(person)

    stored = Ticket.unscoped.get(pk=ticket.pk)
    decision = Decision.from_json(stored.decision)
    assert (stored.destination, stored.status, decision.destination) == ("support", "new", "support")
    assert stored.next_deadline_at == clock(ticket, "first-answer").due_at == decision.targets[0].due
    assert [message.text for message in stored.messages.all()] == ["Det står att ett oväntat fel har inträffat."]
    assert kinds_of_events(ticket) == ["opened"]
    assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["tell_about_event"]


def test_open_ticket_promises_four_business_hours_from_ten_oclock(person: Person) -> None:
    ticket = world.ask(person)

    assert ticket.next_deadline_at == world.NOW + timedelta(hours=4)


def test_open_ticket_numbers_tickets_of_a_desk_in_order(person: Person) -> None:
    numbers = [world.ask(person).number for _ in range(3)]

    assert numbers == [1001, 1002, 1003]


def test_open_ticket_for_a_role_goes_to_its_holder(person: Person) -> None:
    manager = world.make_staff(person.organisation.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=person.organisation)

    ticket = world.ask(person, kind="agreement", product="")

    assert (ticket.destination, ticket.assignee_id) == ("account-manager", manager.pk)


def test_open_ticket_makes_none_where_the_policy_names_contact_details() -> None:
    organisation = world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",))
    contact = world.make_person(organisation)

    with pytest.raises(NotATicketError) as refusal:
        world.ask(contact, kind="invoice", product="baver")

    assert refusal.value.decision.destination == "contact-details"
    assert (Ticket.unscoped.count(), Message.unscoped.count(), Event.unscoped.count()) == (0, 0, 0)


def test_a_users_question_goes_to_the_local_contacts_and_the_vendor_does_not_see_it(person: Person) -> None:
    user = world.make_person(person.organisation, name="Ove Lind", contact=False, certified=False)

    ticket = world.ask(user)

    assert (ticket.destination, ticket.is_first_line) == ("local-contacts", True)
    assert list(Ticket.objects.within(world.desk_scope(person.organisation.desk))) == []
    assert list(Ticket.objects.within(world.customer_scope(person))) == [ticket]


def test_sending_the_same_draft_twice_gives_one_ticket(person: Person) -> None:
    draft = new_draft(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=person.pk,
        data={"text": "Hej"},
        now=world.NOW,
    )

    first = world.ask(person, draft_id=draft.pk)
    second = world.ask(person, draft_id=draft.pk)

    assert first.pk == second.pk
    assert Ticket.unscoped.count() == 1
    assert Draft.unscoped.get(pk=draft.pk).sent_id == first.pk


def test_a_draft_of_somebody_else_cannot_be_sent(person: Person) -> None:
    colleague = world.make_person(person.organisation, name="Ove Lind")
    draft = new_draft(
        desk_id=person.desk_id,
        organisation_id=person.organisation_id,
        person_id=colleague.pk,
        data={},
        now=world.NOW,
    )

    with pytest.raises(DraftGoneError):
        world.ask(person, draft_id=draft.pk)


def test_opening_costs_at_most_sixteen_queries(
    person: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    world.ask(person)  # the policy is compiled now, as in any process that has answered once
    desk = person.organisation.desk
    desk.refresh_from_db()
    question = Question(
        kind="unexpected-error", channel="portal", subject="Fel", text="Fel", product="suite", priority="normal"
    )

    with django_assert_max_num_queries(16):
        open_ticket(question, desk=desk, person_id=person.pk, by=world.actor(person), now=world.NOW)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Fel\r\nBcc: alla@kund.example ", "Fel Bcc: alla@kund.example"),
        ("noll\x00tecken", "noll tecken"),
        ("å" * 300, "å" * 199 + "…"),
        ("", ""),
    ],
)
def test_t20_subject_is_one_bounded_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


# --- answers and promises -------------------------------------------------------------------------------------------


def test_staffs_answer_meets_the_first_promise_and_takes_the_ticket(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    answered = world.NOW + timedelta(minutes=30)

    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Hej!", by=world.actor(agent), now=answered
    )

    ticket.refresh_from_db()
    first = clock(ticket, "first-answer")
    assert (first.state, first.ended_at, ticket.next_deadline_at) == ("met", answered, None)
    assert (ticket.status, ticket.assignee_id, ticket.customer_spoke_last) == ("open", agent.pk, False)


def test_customers_answer_opens_a_solved_ticket_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    conversation.reply(scope=scope, number=ticket.number, text="Så här.", by=by, now=world.NOW)
    lifecycle.solve(scope=scope, number=ticket.number, by=by, now=world.NOW)

    conversation.reply(
        scope=world.customer_scope(person),
        number=ticket.number,
        text="Det hjälpte inte.",
        by=world.actor(person),
        now=world.NOW + timedelta(hours=1),
    )

    ticket.refresh_from_db()
    assert (ticket.status, ticket.solved_at, ticket.customer_spoke_last) == ("open", None, True)
    assert kinds_of_events(ticket) == ["opened", "replied", "solved", "reopened", "replied"]


def test_a_closed_ticket_takes_no_answer(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    lifecycle.close(scope=world.desk_scope(agent.desk), number=ticket.number, by=world.actor(agent), now=world.NOW)

    with pytest.raises(conversation.TicketClosedError):
        conversation.reply(
            scope=world.customer_scope(person),
            number=ticket.number,
            text="Vänta!",
            by=world.actor(person),
            now=world.NOW,
        )

    assert Message.unscoped.filter(ticket=ticket).count() == 1


def test_waiting_for_the_customer_stops_the_clock_and_the_answer_starts_it(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    asked = world.NOW + timedelta(hours=1)
    back = world.NOW + timedelta(hours=3)

    lifecycle.set_status(scope=scope, number=ticket.number, status=Status.WAITING_CUSTOMER, by=by, now=asked)
    ticket.refresh_from_db()
    assert (ticket.next_deadline_at, clock(ticket, "first-answer").state) == (None, "paused")

    lifecycle.set_status(scope=scope, number=ticket.number, status=Status.OPEN, by=by, now=back)
    ticket.refresh_from_db()
    # Four business hours from ten, of which two stood still: due at 16, which is when the office still is open.
    assert ticket.next_deadline_at == world.NOW + timedelta(hours=6)


def test_note_meets_no_promise_and_is_no_message(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)

    conversation.note(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Hm.", by=world.actor(agent), now=world.NOW
    )

    assert clock(ticket, "first-answer").state == "running"
    assert (Message.unscoped.count(), Note.unscoped.count()) == (1, 1)


# --- two at once and foreign tickets ----------------------------------------------------------------------------------


def test_t75_second_writer_is_told_and_nothing_is_written(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    conversation.reply(scope=scope, number=ticket.number, text="Först.", by=by, now=world.NOW, seen_version=1)

    with pytest.raises(ChangedMeanwhileError):
        conversation.reply(scope=scope, number=ticket.number, text="Sedan.", by=by, now=world.NOW, seen_version=1)

    assert [message.text for message in Message.unscoped.filter(ticket=ticket).order_by("id")][1:] == ["Först."]


def test_t42_no_door_opens_for_another_organisation(person: Person) -> None:
    ticket = world.ask(person)
    stranger = world.make_person(world.make_organisation(person.organisation.desk), name="Ove Lind")
    scope, by = world.customer_scope(stranger), world.actor(stranger)

    with pytest.raises(TicketMissingError):
        conversation.reply(scope=scope, number=ticket.number, text="Hej", by=by, now=world.NOW)
    with pytest.raises(TicketMissingError):
        lifecycle.close(scope=scope, number=ticket.number, by=by, now=world.NOW)


# --- deciding anew ----------------------------------------------------------------------------------------------------


def test_reclassify_moves_the_ticket_and_keeps_why(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    manager = world.make_staff(agent.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager")

    lifecycle.reclassify(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        kind="change-request",
        product="suite",
        by=world.actor(agent),
        now=world.NOW,
    )

    ticket.refresh_from_db()
    event = Event.unscoped.get(ticket=ticket, kind="decided-again")
    assert (ticket.destination, ticket.assignee_id) == ("account-manager", manager.pk)
    assert event.data["before"] == {"kind": "unexpected-error", "product": "suite", "destination": "support"}
    assert event.data["because"] == [reason["rule"] for reason in ticket.decision["because"]]


def test_a_failed_door_leaves_nothing_behind(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tickets_event ADD CONSTRAINT refuse CHECK (kind <> 'opened')")

    with pytest.raises(Exception, match="refuse"):
        world.ask(person)

    desk = person.organisation.desk
    desk.refresh_from_db()
    assert (Ticket.unscoped.count(), ProcrastinateJob.objects.count(), desk.last_number) == (0, 0, 1000)


def test_a_shorter_promise_is_never_due_before_it_was_made(person: Person, agent: Staff) -> None:
    baver = world.make_desk("baver")
    organisation = world.make_organisation(baver, plan="support", products=("baver",))
    contact = world.make_person(organisation, name="Ulla Ek")
    ticket = world.ask(contact, kind="fault", product="baver", topic="other", priority="normal")
    staff = world.make_staff(baver)
    later = world.NOW + timedelta(hours=6)

    lifecycle.set_priority(
        scope=world.desk_scope(baver), number=ticket.number, priority="critical", by=world.actor(staff), now=later
    )

    ticket.refresh_from_db()
    assert ticket.next_deadline_at is not None
    assert ticket.next_deadline_at >= later
