"""A question by mail that lacks details: asked back, given by the customer, filled in or waived by staff."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM, Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.details import Details, give_details, waive_details
from vaxel.domain.tickets.intake import NotATicketError, open_ticket
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.models import Clock, Event, Message, Note, ReplyDraft, Ticket
from vaxel.domain.tickets.question import Question
from vaxel.domain.tickets.status import Status
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy.facts import FactsError

pytestmark = pytest.mark.django_db

#: A quarter of an hour after the question.
LATER = world.NOW + timedelta(minutes=15)
CHECKLIST = ("restarted-baver", "restarted-computer", "asked-own-it")
ANSWERS = {"case-reference": "BYGG.2026.17", "version": "8.9.0", "what-before": "Jag öppnade mallen."}


def contact_at(policy: str, *, clock: str = "", **terms: object) -> Person:
    """A support contact at a desk like the example, with another rule for the clock if one is given."""
    desk = world.make_desk(policy)
    if clock:
        source = world.policy_source(policy)
        before = next(line for line in source.splitlines() if line.startswith("clock_while_details_missing"))
        changed = source.replace(before, f'clock_while_details_missing = "{clock}"')
        publish_policy(desk=desk, source=changed, by=SYSTEM, now=world.NOW)
    return world.make_person(world.make_organisation(desk, **terms))  # type: ignore[arg-type]  # plan and products


@pytest.fixture
def baver() -> Callable[..., Person]:
    return lambda clock="": contact_at("baver", clock=clock, plan="support", products=("baver",))


def mail(person: Person, **more: object) -> Ticket:
    """A fault in Bäver by mail, whose kind nobody has said."""
    asked = {"kind": "fault", "product": "baver", "channel": "mail", "guessed": frozenset({"kind"}), **more}
    return world.ask(person, **asked)  # type: ignore[arg-type]  # the values of a test


def tell(ticket: Ticket, *, by: Actor, text: str = "", **more: object) -> Ticket:
    told = {"kind": "fault", "product": "baver", "topic": "template", "fields": ANSWERS, "checked": CHECKLIST, **more}
    return give_details(
        scope=Scope(desk_id=ticket.desk_id),
        number=ticket.number,
        details=Details(**told),  # type: ignore[arg-type]  # the values of a test
        text=text,
        by=by,
        now=LATER,
    )


def first_answer(ticket: Ticket) -> Clock:
    return Clock.unscoped.get(ticket=ticket, name="first-answer")


def events(ticket: Ticket) -> list[str]:
    return list(Event.unscoped.filter(ticket=ticket).order_by("id").values_list("kind", flat=True))


# --- opening --------------------------------------------------------------------------------------------------------


def test_mail_opens_a_ticket_that_names_what_the_form_would_have_asked(baver: Callable[..., Person]) -> None:
    ticket = mail(baver())

    ticket.refresh_from_db()
    assert (ticket.status, ticket.destination) == (Status.NEEDS_DETAILS, "support")
    assert ticket.details_missing == ["kind", "field-version", "field-what-before", "checklist"]
    assert [message.channel for message in Message.unscoped.filter(ticket=ticket)] == ["mail"]


def test_mail_that_tells_everything_is_as_a_question_by_the_portal(baver: Callable[..., Person]) -> None:
    ticket = mail(
        baver(), guessed=frozenset(), topic="other", fields={**ANSWERS, "_checked": list(CHECKLIST)}, pictures=1
    )

    assert (ticket.status, ticket.details_missing) == (Status.NEW, [])


def test_mail_has_the_decision_and_promise_of_the_portal() -> None:
    person = contact_at("kompass")

    by_mail, by_form = world.ask(person, channel="mail"), world.ask(person)

    assert by_mail.decision["targets"] == by_form.decision["targets"]
    assert (by_mail.destination, by_mail.details_missing) == (by_form.destination, ["checklist"])
    assert first_answer(by_mail).due_at == first_answer(by_form).due_at


def test_question_that_staff_note_from_a_mail_lacks_nothing(baver: Callable[..., Person]) -> None:
    person = baver()
    agent = world.make_staff(person.organisation.desk)

    question = Question(kind="fault", product="baver", channel="mail", subject="Fel", text="Det blev fel.")

    ticket = open_ticket(question, desk=agent.desk, person_id=person.pk, by=world.actor(agent), now=world.NOW)

    assert (ticket.status, ticket.details_missing) == (Status.NEW, [])


@pytest.mark.parametrize(("clock", "state"), [("runs", "running"), ("waits", "paused")])
def test_policy_says_whether_promises_run_while_details_are_missing(
    baver: Callable[..., Person], clock: str, state: str
) -> None:
    ticket = mail(baver(clock))

    assert first_answer(ticket).state == state
    assert (Ticket.unscoped.get(pk=ticket.pk).next_deadline_at is None) is (clock == "waits")


def test_waiting_promise_counts_from_the_details(baver: Callable[..., Person]) -> None:
    """The goal of the same day has its cut-off at 15: details after it mean the next working day."""
    person = baver("waits")
    ticket = mail(person)

    after = give_details(
        scope=Scope(desk_id=person.desk_id),
        number=ticket.number,
        details=Details(kind="fault", product="baver", topic="template", fields=ANSWERS, checked=CHECKLIST),
        by=world.actor(person),
        now=world.NOW + timedelta(hours=7),
    )

    due = first_answer(ticket).due_at
    assert due is not None
    assert due.date() == (world.NOW + timedelta(days=1)).date()
    assert after.next_deadline_at == due


def test_running_promise_keeps_its_time_when_the_details_come(baver: Callable[..., Person]) -> None:
    person = baver("runs")
    ticket = mail(person)
    due = first_answer(ticket).due_at

    tell(ticket, by=world.actor(person))

    assert first_answer(ticket).due_at == due


def test_reason_for_waiting_stands_with_the_decision_until_the_details_come(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)
    rules = [reason["rule"] for reason in ticket.decision["because"]]

    after = tell(ticket, by=world.actor(person))

    assert rules[-1] == "mail.clock_while_details_missing"
    assert "mail.clock_while_details_missing" not in [reason["rule"] for reason in after.decision["because"]]


# --- giving ---------------------------------------------------------------------------------------------------------


def test_give_details_makes_it_a_new_question_with_the_answers(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)

    tell(ticket, by=world.actor(person), text="Version: 8.9.0")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.details_missing, ticket.topic) == (Status.NEW, [], "template")
    assert ticket.fields == {**ANSWERS, "_checked": list(CHECKLIST)}
    assert ticket.case_reference == "BYGG.2026.17"
    assert [message.text for message in Message.unscoped.filter(ticket=ticket).order_by("id")][1:] == ["Version: 8.9.0"]
    assert events(ticket) == ["opened", "details-given", "replied"]


def test_give_details_pressed_twice_is_done_once(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)

    for _ in range(2):
        tell(ticket, by=world.actor(person), text="Version: 8.9.0")

    assert Message.unscoped.filter(ticket=ticket).count() == 2
    assert events(ticket).count("details-given") == 1


def test_give_details_of_some_leaves_the_others_missing(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)

    after = tell(ticket, by=world.actor(person), topic="protocol", fields={"version": "8.9.0"})

    assert after.status == Status.NEEDS_DETAILS
    assert after.details_missing == ["field-case-reference", "field-what-before"]


def test_another_kind_may_lack_other_things(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)

    after = tell(ticket, by=world.actor(person), kind="how-to", topic="other", fields={"version": "8.9.0"})

    assert (after.kind, after.details_missing, after.status) == ("how-to", [], Status.NEW)
    assert events(ticket) == ["opened", "details-given", "decided-again"]


def test_another_kind_may_belong_elsewhere() -> None:
    person = contact_at("kompass")
    manager = world.make_staff(person.organisation.desk, roles=("account-manager",))
    world.hold_role(manager, "account-manager", organisation=person.organisation)
    ticket = world.ask(person, channel="mail", guessed=frozenset({"kind"}))

    after = tell(ticket, by=world.actor(person), kind="agreement", product="", topic="", fields={}, checked=())

    assert (after.destination, after.assignee_id) == ("account-manager", manager.pk)
    assert after.decision["targets"] == []
    assert first_answer(ticket).state == Clock.State.CANCELLED


def test_customers_kind_that_leads_to_contact_details_changes_nothing(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)

    with pytest.raises(NotATicketError) as refused:
        tell(ticket, by=world.actor(person), kind="invoice", topic="", fields={}, checked=())

    ticket.refresh_from_db()
    assert refused.value.decision.destination == "contact-details"
    assert (ticket.kind, ticket.status, events(ticket)) == ("fault", Status.NEEDS_DETAILS, ["opened"])


def test_kind_and_product_that_do_not_go_together_change_nothing() -> None:
    person = contact_at("kompass")
    ticket = world.ask(person, channel="mail", guessed=frozenset({"kind"}))

    with pytest.raises(FactsError):
        tell(ticket, by=world.actor(person), kind="unexpected-error", product="", fields={}, checked=())

    assert events(ticket) == ["opened"]


def test_t45_details_claim_nothing_that_the_agreement_says(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)
    before = dict(ticket.facts["declared"])

    after = tell(ticket, by=world.actor(person), declared={"plan": "enterprise", "add-on": "bought"})

    assert after.facts["declared"] == before


def test_details_leave_the_words_that_somebody_has_begun_to_write(baver: Callable[..., Person]) -> None:
    person = baver()
    ticket = mail(person)
    scope = Scope(desk_id=person.desk_id)
    conversation.save_reply_draft(
        scope=scope, number=ticket.number, text="Jag glömde säga", by=world.actor(person), now=world.NOW
    )

    tell(ticket, by=world.actor(person), text="Version: 8.9.0")

    assert ReplyDraft.unscoped.get(ticket=ticket).text == "Jag glömde säga"


# --- staff ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(baver: Callable[..., Person]) -> tuple[Ticket, Staff, Person]:
    person = baver("waits")
    return mail(person), world.make_staff(Desk.objects.get(pk=person.desk_id)), person


def test_staff_fill_details_in_without_a_message(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, _ = asked

    after = tell(ticket, by=world.actor(agent), text="seen in the picture")

    assert (after.status, after.details_missing) == (Status.NEW, [])
    assert Message.unscoped.filter(ticket=ticket).count() == 1
    assert events(ticket) == ["opened", "details-given"]


def test_staff_waive_details_with_a_reason(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, person = asked

    after = waive_details(
        scope=Scope(desk_id=person.desk_id),
        number=ticket.number,
        reason="Versionen står i bilden.",
        by=world.actor(agent),
        now=LATER,
    )

    assert (after.status, after.details_missing) == (Status.NEW, [])
    assert first_answer(ticket).state == Clock.State.RUNNING
    assert Note.unscoped.get(ticket=ticket).text == "Versionen står i bilden."
    assert events(ticket) == ["opened", "details-waived"]


def test_agent_who_says_the_kind_leaves_only_what_it_lacks(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, person = asked

    after = lifecycle.reclassify(
        scope=Scope(desk_id=person.desk_id),
        number=ticket.number,
        kind="fault",
        product="baver",
        topic="other",
        by=world.actor(agent),
        now=LATER,
    )

    assert after.details_missing == ["field-version", "field-what-before", "checklist"]
    assert (after.status, first_answer(ticket).state) == (Status.NEEDS_DETAILS, Clock.State.PAUSED)


def test_another_priority_makes_no_guess_a_fact(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, person = asked

    after = lifecycle.set_priority(
        scope=Scope(desk_id=person.desk_id), number=ticket.number, priority="high", by=world.actor(agent), now=LATER
    )

    assert after.details_missing[0] == "kind"
    assert first_answer(ticket).state == Clock.State.PAUSED


def test_customers_words_bring_it_to_staff_with_what_is_missing(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, _, person = asked

    conversation.reply(
        scope=Scope(desk_id=person.desk_id),
        number=ticket.number,
        text="Det är version 8.9.0",
        by=world.actor(person),
        now=LATER,
        channel="mail",
    )

    ticket.refresh_from_db()
    assert (ticket.status, first_answer(ticket).state) == (Status.NEW, Clock.State.RUNNING)
    assert "field-version" in ticket.details_missing


def test_staffs_answer_meets_the_promise_that_waited(asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, person = asked

    conversation.reply(
        scope=Scope(desk_id=person.desk_id), number=ticket.number, text="Prova igen.", by=world.actor(agent), now=LATER
    )

    ticket.refresh_from_db()
    assert (ticket.status, first_answer(ticket).state) == (Status.OPEN, Clock.State.MET)


@pytest.mark.parametrize("finish", [lifecycle.solve, lifecycle.close])
def test_finished_ticket_takes_no_details(finish: Callable[..., Ticket], asked: tuple[Ticket, Staff, Person]) -> None:
    ticket, agent, person = asked
    finish(scope=Scope(desk_id=person.desk_id), number=ticket.number, by=world.actor(agent), now=LATER)

    with pytest.raises(NotPossibleError):
        tell(ticket, by=world.actor(person))
    with pytest.raises(NotPossibleError):
        waive_details(
            scope=Scope(desk_id=person.desk_id), number=ticket.number, reason="", by=world.actor(agent), now=LATER
        )
