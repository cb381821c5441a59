"""What becomes of a ticket when its kind, the policy, the hours or the people around it change."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.intake import NotATicketError
from vaxel.domain.tickets.models import Clock, ClockInterval, Ticket
from vaxel.domain.tickets.status import Status

pytestmark = pytest.mark.django_db

#: Two hours before the telephone closes, and an hour after.
AFTERNOON, EVENING = (datetime(2026, 11, 19, hour, 0, tzinfo=UTC) for hour in (14, 17))
SOLVED_WITHIN_TWO_DAYS = """
[[targets]]
name = "solved-in-two-days"
clock = "solved"
destinations = "support"
when = { scope = "in", priority = "critical" }
within = "16h"
calendar = "office"
promise = "goal"
because.sv = "Vårt mål är att det är löst inom två dagar."
because.en = "Our goal is that it is solved within two days."
"""


@pytest.fixture
def person() -> Person:
    organisation = world.make_organisation(world.make_desk(), plan="enterprise", products=("suite", "meetings"))
    return world.make_person(organisation)


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


@pytest.fixture
def manager(agent: Staff) -> Staff:
    manager = world.make_staff(agent.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    return manager


def publish(desk: Desk, source: str) -> None:
    publish_policy(desk=Desk.objects.get(pk=desk.pk), source=source, by=SYSTEM, now=world.NOW)


def publish_another_vendors(desk: Desk) -> None:
    """A policy that has none of the kinds and products that the desk's tickets are about."""
    publish(desk, world.policy_source("baver").replace('prefix = "BAV"', f'prefix = "{desk.prefix}"'))


def reclassify(ticket: Ticket, agent: Staff, *, kind: str, product: str = "suite") -> Ticket:
    return lifecycle.reclassify(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        kind=kind,
        product=product,
        by=world.actor(agent),
        now=world.NOW,
    )


def set_priority(ticket: Ticket, agent: Staff, priority: str, *, now: datetime = world.NOW) -> Ticket:
    return lifecycle.set_priority(
        scope=world.desk_scope(agent.desk), number=ticket.number, priority=priority, by=world.actor(agent), now=now
    )


def solve(ticket: Ticket, agent: Staff) -> None:
    lifecycle.solve(scope=world.desk_scope(agent.desk), number=ticket.number, by=world.actor(agent), now=world.NOW)


# --- whom it reaches ----------------------------------------------------------------------------------------------


def test_question_of_somebody_without_colleagues_to_ask_goes_to_whoever_steps_in(manager: Staff) -> None:
    alone = world.make_person(world.make_organisation(manager.desk), certified=False)

    ticket = world.ask(alone)

    assert (ticket.destination, ticket.is_first_line, ticket.assignee_id) == ("account-manager", False, manager.pk)


def test_question_goes_to_contact_details_where_those_step_in_for_missing_colleagues(person: Person) -> None:
    fallback = 'fallback = "account-manager"'
    publish(person.organisation.desk, world.policy_source("kompass").replace(fallback, 'fallback = "contact-details"'))
    alone = world.make_person(world.make_organisation(person.organisation.desk), certified=False)

    with pytest.raises(NotATicketError):
        world.ask(alone)

    assert Ticket.unscoped.count() == 0


def test_channel_that_is_not_open_to_the_asker_makes_no_ticket(person: Person) -> None:
    with pytest.raises(NotATicketError):
        world.ask(person, channel="phone")

    assert Ticket.unscoped.count() == 0


def test_question_that_becomes_the_local_contacts_reaches_them_and_leaves_the_vendor(
    person: Person, agent: Staff
) -> None:
    user = world.make_person(person.organisation, name="Ove Lind", contact=False, certified=False)
    ticket = world.ask(user, kind="change-request", product="suite")
    assert not ticket.is_first_line

    reclassify(ticket, agent, kind="unexpected-error")

    ticket.refresh_from_db()
    assert (ticket.destination, ticket.is_first_line, ticket.assignee_id) == ("local-contacts", True, None)
    assert list(Ticket.objects.within(world.desk_scope(agent.desk))) == []


# --- what was promised --------------------------------------------------------------------------------------------


def test_call_keeps_its_promise_when_its_priority_changes_after_hours(person: Person, agent: Staff) -> None:
    source = world.policy_source("kompass").replace(
        'when = { channel = ["portal", "widget", "mail", "api"], scope = "in" }', 'when = { scope = "in" }'
    )
    publish(agent.desk, source)
    ticket = world.ask(person, channel="phone", urgent=True, now=AFTERNOON)
    promised = ticket.next_deadline_at

    set_priority(ticket, agent, "high", now=EVENING)

    assert promised is not None
    assert Clock.unscoped.get(ticket=ticket, name="first-answer").state == "running"
    assert Ticket.unscoped.get(pk=ticket.pk).next_deadline_at == promised


def test_promise_that_begins_while_the_customer_has_the_ball_stands_still(person: Person, agent: Staff) -> None:
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS)
    ticket = world.ask(person)
    lifecycle.set_status(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        status=Status.WAITING_CUSTOMER,
        by=world.actor(agent),
        now=world.NOW,
    )

    set_priority(ticket, agent, "critical", now=world.NOW + timedelta(hours=1))

    assert Clock.unscoped.get(ticket=ticket, name="solved").state == "paused"
    assert Ticket.unscoped.get(pk=ticket.pk).next_deadline_at is None


def test_promise_that_is_withdrawn_and_given_again_runs_on_with_what_it_had_consumed(
    person: Person, agent: Staff
) -> None:
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS)
    ticket = world.ask(person, priority="critical")
    first = Clock.unscoped.get(ticket=ticket, name="solved")
    set_priority(ticket, agent, "low", now=world.NOW + timedelta(minutes=20))
    set_priority(ticket, agent, "critical", now=world.NOW + timedelta(minutes=50))

    again = Clock.unscoped.get(ticket=ticket, name="solved")
    assert (again.pk, again.state, again.ended_at) == (first.pk, "running", None)
    # Half an hour later than Friday at five.
    assert again.due_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert not Clock.unscoped.filter(ticket=ticket).exclude(state="running").exists()


def test_answer_that_came_while_its_promise_was_withdrawn_is_not_promised_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person, kind="unexpected-error", product="suite")
    reclassify(ticket, agent, kind="change-request")
    assert Clock.unscoped.get(ticket=ticket, name="first-answer").state == "cancelled"
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Prova så.", by=world.actor(agent), now=world.NOW
    )
    reclassify(ticket, agent, kind="unexpected-error")

    assert Clock.unscoped.get(ticket=ticket, name="first-answer").state == "cancelled"
    assert Ticket.unscoped.get(pk=ticket.pk).next_deadline_at is None


def test_promise_withdrawn_and_given_again_stands_still_for_the_customer(person: Person, agent: Staff) -> None:
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS)
    ticket = world.ask(person, priority="critical")
    set_priority(ticket, agent, "low")
    lifecycle.set_status(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        status=Status.WAITING_CUSTOMER,
        by=world.actor(agent),
        now=world.NOW,
    )
    set_priority(ticket, agent, "critical", now=world.NOW + timedelta(hours=1))

    assert Clock.unscoped.get(ticket=ticket, name="solved").state == "paused"
    assert Ticket.unscoped.get(pk=ticket.pk).next_deadline_at is None


def test_solved_ticket_opens_again_under_a_policy_that_knows_no_such_question(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    solve(ticket, agent)
    publish_another_vendors(agent.desk)

    lifecycle.reopen(scope=world.customer_scope(person), number=ticket.number, by=world.actor(person), now=world.NOW)

    assert Ticket.unscoped.get(pk=ticket.pk).status == "open"


def test_reopened_ticket_is_promised_what_its_own_policy_promises(person: Person, agent: Staff) -> None:
    ticket = world.ask(person, priority="critical")
    solve(ticket, agent)
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS)

    lifecycle.reopen(scope=world.customer_scope(person), number=ticket.number, by=world.actor(person), now=world.NOW)

    assert list(Clock.unscoped.filter(ticket=ticket, name="solved")) == []
    solve(ticket, agent)
    assert ClockInterval.objects.filter(clock__ticket=ticket, ended_at=None).count() == 0


def test_promise_that_was_taken_back_does_not_return_with_the_ticket(person: Person, agent: Staff) -> None:
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS)
    ticket = world.ask(person, priority="critical")
    set_priority(ticket, agent, "low")
    solve(ticket, agent)

    lifecycle.reopen(scope=world.customer_scope(person), number=ticket.number, by=world.actor(person), now=world.NOW)

    assert Clock.unscoped.get(ticket=ticket, name="solved").state == "cancelled"


def test_priority_raised_on_a_solved_ticket_counts_when_it_is_opened_again(person: Person, agent: Staff) -> None:
    slower = SOLVED_WITHIN_TWO_DAYS.replace("solved-in-two", "solved-in-five").replace("16h", "40h")
    slower = slower.replace('priority = "critical"', 'priority = "high"')
    publish(agent.desk, world.policy_source("kompass") + SOLVED_WITHIN_TWO_DAYS + slower)
    ticket = world.ask(person, priority="high")
    solve(ticket, agent)
    set_priority(ticket, agent, "critical")

    lifecycle.reopen(scope=world.customer_scope(person), number=ticket.number, by=world.actor(person), now=world.NOW)

    clock = Clock.unscoped.get(ticket=ticket, name="solved")
    assert (clock.state, clock.target["rule"]) == ("running", "solved-in-two-days")
    # Nobody has answered yet, and that is promised before.
    answer = Clock.unscoped.get(ticket=ticket, name="first-answer")
    assert answer.due_at == Ticket.unscoped.get(pk=ticket.pk).next_deadline_at


def test_priority_of_an_old_question_changes_by_the_policy_that_decided_it(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    decided_by = ticket.policy_id
    publish_another_vendors(agent.desk)

    set_priority(ticket, agent, "high")

    ticket.refresh_from_db()
    assert (ticket.priority, ticket.policy_id) == ("high", decided_by)
    with pytest.raises(lifecycle.NotHereError):
        set_priority(ticket, agent, "sometime")


def test_answers_go_on_under_a_policy_that_knows_no_such_question(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    publish_another_vendors(agent.desk)

    for who in (agent, person):
        conversation.reply(
            scope=world.desk_scope(agent.desk), number=ticket.number, text="Hej", by=world.actor(who), now=world.NOW
        )

    assert ticket.messages.count() == 3
