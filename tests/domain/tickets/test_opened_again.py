"""A finished ticket that is open again owes what it owed: solving what nobody has answered rids nobody of a promise."""

from datetime import timedelta

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.models import Clock, Ticket
from vaxel.domain.tickets.status import Status

pytestmark = pytest.mark.django_db

#: Inside Kompass's opening hours, as is an hour more.
HALF_AN_HOUR = timedelta(minutes=30)
_WORKAROUND = """
[[targets]]
name = "around-it"
clock = "workaround"
destinations = "support"
when = { scope = "in" }
within = "16h"
calendar = "office"
promise = "goal"
because.sv = "Vårt mål är att du kan arbeta vidare inom två dagar."
because.en = "Our goal is that you can work on within two days."
"""


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


def finish(ticket: Ticket, agent: Staff, *, by_closing: bool = False) -> None:
    door = lifecycle.close if by_closing else lifecycle.solve
    by, now = world.actor(agent), world.NOW + HALF_AN_HOUR
    door(scope=world.desk_scope(agent.desk), number=ticket.number, by=by, now=now)


def reopen(ticket: Ticket, agent: Staff, *, after: timedelta = timedelta(minutes=10)) -> Ticket:
    by, now = world.actor(agent), world.NOW + HALF_AN_HOUR + after
    return lifecycle.reopen(scope=world.desk_scope(agent.desk), number=ticket.number, by=by, now=now)


def answer(ticket: Ticket, agent: Staff, *, then: Status | None = None) -> None:
    by, now = world.actor(agent), world.NOW + HALF_AN_HOUR
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Nu går det.", by=by, now=now, then=then
    )


def write(ticket: Ticket, person: Person) -> None:
    by, now = world.actor(person), world.NOW + 2 * HALF_AN_HOUR
    conversation.reply(
        scope=world.customer_scope(person), number=ticket.number, text="Nej, det går inte.", by=by, now=now
    )


def first_answer(ticket: Ticket) -> Clock:
    return Clock.unscoped.get(ticket=ticket, name="first-answer")


@pytest.mark.parametrize("by_closing", [False, True])
def test_an_answer_that_was_owed_is_owed_again_with_the_time_that_was_left(
    person: Person, agent: Staff, *, by_closing: bool
) -> None:
    ticket = world.ask(person)
    due = first_answer(ticket).due_at
    assert due is not None
    finish(ticket, agent, by_closing=by_closing)
    reopened = reopen(ticket, agent)

    clock = first_answer(ticket)
    assert (clock.state, clock.due_at, clock.ended_at) == ("running", due + timedelta(minutes=10), None)
    assert reopened.next_deadline_at == clock.due_at


def test_an_answer_that_is_owed_may_be_late_when_the_ticket_opens_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    late = world.NOW + timedelta(days=3)
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    lifecycle.solve(scope=scope, number=ticket.number, by=by, now=late)
    before = first_answer(ticket).due_at
    lifecycle.reopen(scope=scope, number=ticket.number, by=by, now=late + timedelta(hours=1))

    assert first_answer(ticket).due_at == before


def test_the_customer_who_says_that_it_is_not_solved_is_owed_the_first_answer(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    finish(ticket, agent)
    write(ticket, person)

    assert first_answer(ticket).state == "running"
    assert Ticket.unscoped.get(pk=ticket.pk).next_deadline_at == first_answer(ticket).due_at


def test_an_answer_that_was_given_is_not_owed_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    answer(ticket, agent, then=Status.SOLVED)
    reopened = reopen(ticket, agent)

    assert (first_answer(ticket).state, reopened.next_deadline_at) == ("met", None)


def test_an_answer_that_was_no_longer_promised_before_is_not_promised_again(person: Person, agent: Staff) -> None:
    ticket = world.ask(person)
    scope, by, now = world.desk_scope(agent.desk), world.actor(agent), world.NOW
    lifecycle.reclassify(scope=scope, number=ticket.number, kind="change-request", product="suite", by=by, now=now)
    finish(ticket, agent)
    reopen(ticket, agent)

    assert first_answer(ticket).state == "cancelled"


def test_a_way_around_it_that_was_met_by_solving_is_owed_again(person: Person, agent: Staff) -> None:
    desk = Desk.objects.get(pk=agent.desk_id)
    source = world.policy_source("kompass").replace('prefix = "KOM"', f'prefix = "{desk.prefix}"')
    publish_policy(desk=desk, source=source + _WORKAROUND, by=SYSTEM, now=world.NOW)
    ticket = world.ask(person)
    answer(ticket, agent, then=Status.SOLVED)
    reopened = reopen(ticket, agent)

    clock = Clock.unscoped.get(ticket=ticket, name="workaround")
    assert (clock.state, reopened.next_deadline_at) == ("running", clock.due_at)
