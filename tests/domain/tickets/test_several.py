"""Several tickets at once: one door for each, and a reason for each that was refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, desk_scope, make_desk, make_organisation, make_person, make_staff
from vaxel.domain.audit.actor import Actor
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.lifecycle import assign, close, set_status, solve
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.domain.tickets.several import (
    Chosen,
    Outcome,
    Refused,
    assign_each,
    close_each,
    reopen_each,
    set_priority_of_each,
    set_status_of_each,
    solve_each,
)
from vaxel.domain.tickets.status import Status
from vaxel.kit.tenancy import Scope

LATER = NOW + timedelta(minutes=5)


class Work:
    """A desk with one agent and tickets in every state."""

    def __init__(self) -> None:
        self.desk = make_desk()
        self.agent = make_staff(self.desk)
        self.person = make_person(make_organisation(self.desk))

    @property
    def scope(self) -> Scope:
        return desk_scope(self.desk)

    @property
    def by(self) -> Actor:
        return actor(self.agent)

    def ask(self, *, solved: bool = False, closed: bool = False) -> Ticket:
        ticket = ask(self.person)
        if solved or closed:
            solve(scope=self.scope, number=ticket.number, by=self.by, now=NOW)
        if closed:
            close(scope=self.scope, number=ticket.number, by=self.by, now=NOW)
        return Ticket.unscoped.get(pk=ticket.pk)

    def do(self, what: Callable[..., Outcome], *tickets: Ticket | Chosen, **more: object) -> Outcome:
        chosen = [each if isinstance(each, Chosen) else Chosen(each.number, each.version) for each in tickets]
        return what(chosen, scope=self.scope, by=self.by, now=LATER, **more)


@pytest.fixture
def work(db: None) -> Work:
    return Work()


def test_each_ticket_goes_by_its_own_door(work: Work) -> None:
    first, second = work.ask(), work.ask()
    outcome = work.do(assign_each, first, second, staff_id=work.agent.pk)
    assert outcome == Outcome((first.number, second.number), (), {})
    told = Event.unscoped.filter(kind=EventKind.ASSIGNED).order_by("ticket_id").values_list("ticket_id", "data", "at")
    assert list(told) == [(each.pk, {"before": None, "after": work.agent.pk}, LATER) for each in (first, second)]


def test_what_was_so_already_is_told_apart_and_writes_nothing(work: Work) -> None:
    mine, other = work.ask(), work.ask()
    assign(scope=work.scope, number=mine.number, staff_id=work.agent.pk, by=work.by, now=NOW)
    mine.refresh_from_db()
    outcome = work.do(assign_each, mine, other, staff_id=work.agent.pk)
    assert outcome == Outcome((other.number,), (mine.number,), {})
    assert Event.unscoped.filter(ticket=mine, kind=EventKind.ASSIGNED).count() == 1


def test_t75_what_somebody_has_changed_meanwhile_stays_and_the_rest_is_done(work: Work) -> None:
    answered, untouched = work.ask(), work.ask()
    reply(scope=work.scope, number=answered.number, text="Och nu då?", by=actor(work.person), now=NOW)
    outcome = work.do(solve_each, answered, untouched)
    assert outcome == Outcome((untouched.number,), (), {answered.number: Refused.CHANGED})
    assert Ticket.unscoped.get(pk=answered.pk).status == Status.NEW


@pytest.mark.parametrize(
    ("what", "more", "expected"),
    [
        (assign_each, {"staff_id": None}, {"open": "already", "solved": "finished", "closed": "finished"}),
        (
            set_status_of_each,
            {"status": Status.WAITING_CUSTOMER},
            {"open": "done", "solved": "finished", "closed": "finished"},
        ),
        (set_priority_of_each, {"priority": "high"}, {"open": "done", "solved": "done", "closed": "finished"}),
        (solve_each, {}, {"open": "done", "solved": "already", "closed": "finished"}),
        (close_each, {}, {"open": "unsolved", "solved": "done", "closed": "already"}),
    ],
)
def test_what_is_done_to_several_is_what_a_tickets_own_page_offers(
    work: Work, what: Callable[..., Outcome], more: dict[str, object], expected: dict[str, str]
) -> None:
    tickets = {"open": work.ask(), "solved": work.ask(solved=True), "closed": work.ask(closed=True)}
    outcome = work.do(what, *tickets.values(), **more)
    became = {
        **dict.fromkeys(outcome.done, "done"),
        **dict.fromkeys(outcome.already, "already"),
        **{number: why.value for number, why in outcome.refused.items()},
    }
    assert {state: became[ticket.number] for state, ticket in tickets.items()} == expected


def test_t42_ticket_that_is_not_the_desks_is_told_as_one_that_never_was(work: Work) -> None:
    own, among_contacts = work.ask(), work.ask()
    other = make_desk("baver")
    far = make_person(make_organisation(other, plan="support", products=("baver",)))
    foreign = [ask(far, kind="fault", product="baver", topic="other") for _ in range(3)][-1]
    Ticket.unscoped.filter(pk=among_contacts.pk).update(is_first_line=True)
    never = Chosen(10**12, 1)
    outcome = work.do(solve_each, own, foreign, among_contacts, never)
    missing = {foreign.number, among_contacts.number, never.number}
    assert outcome == Outcome((own.number,), (), dict.fromkeys(sorted(missing), Refused.MISSING))
    assert Ticket.unscoped.filter(pk__in=[foreign.pk, among_contacts.pk], status=Status.NEW).count() == 2


def test_colleague_who_is_not_here_gets_nothing(work: Work) -> None:
    ticket, stranger = work.ask(), make_staff(make_desk("baver"))
    outcome = work.do(assign_each, ticket, staff_id=stranger.pk)
    assert outcome.refused == {ticket.number: Refused.NO_COLLEAGUE}


def test_priority_that_the_policy_does_not_have_is_refused(work: Work) -> None:
    ticket = work.ask()
    assert work.do(set_priority_of_each, ticket, priority="tomorrow").refused == {ticket.number: Refused.NO_PRIORITY}


def test_what_was_solved_and_closed_is_opened_again(work: Work) -> None:
    solved, just_closed, open_still = work.ask(solved=True), work.ask(closed=True), work.ask()
    numbers = [solved.number, just_closed.number, open_still.number]
    outcome = reopen_each(numbers, scope=work.scope, by=work.by, now=LATER)
    assert outcome == Outcome((solved.number, just_closed.number), (), {open_still.number: Refused.STANDS})


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_several_costs_one_query(
    work: Work, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tickets = [work.ask(solved=True) for _ in range(count)]
    with django_assert_num_queries(1):
        work.do(set_status_of_each, *tickets, status=Status.OPEN)


def test_promises_follow_as_they_do_for_one(work: Work) -> None:
    tickets = [work.ask(), work.ask()]
    work.do(set_status_of_each, *tickets, status=Status.WAITING_CUSTOMER)
    alone = work.ask()
    set_status(scope=work.scope, number=alone.number, status=Status.WAITING_CUSTOMER, by=work.by, now=LATER)
    found = Ticket.unscoped.filter(pk__in=[each.pk for each in (*tickets, alone)])
    assert set(found.values_list("status", "next_deadline_at")) == {(Status.WAITING_CUSTOMER.value, None)}
