"""How long first answers take: counted in open time, told only when it is clearly more than was promised."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.insight.reports.answer_pace import FEWEST, Pace, measure_paces, paces, slow_teams

pytestmark = pytest.mark.django_db
#: Thursday at ten in Stockholm; Kompass promises a first answer within four open hours.
ASKED = world.NOW
HOUR = timedelta(hours=1)


@pytest.fixture
def person() -> Person:
    cache.clear()
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


def asked_and_answered(person: Person, agent: Staff, *, after: timedelta) -> None:
    ticket = world.ask(person, now=ASKED)
    conversation.reply(
        scope=world.desk_scope(agent.desk), number=ticket.number, text="Hej!", by=world.actor(agent), now=ASKED + after
    )


def test_pace_is_the_median_in_open_time(person: Person, agent: Staff) -> None:
    for hours in (1, 2, 26):
        asked_and_answered(person, agent, after=hours * HOUR)

    (pace,) = paces(person.desk_id, now=ASKED + 30 * HOUR)

    assert (pace.taken, pace.promised, pace.answers) == (2 * HOUR, 4 * HOUR, 3)


def test_overdue_question_counts_with_its_time_so_far(person: Person) -> None:
    world.ask(person, now=ASKED)

    assert paces(person.desk_id, now=ASKED + 3 * HOUR) == []
    (pace,) = paces(person.desk_id, now=ASKED + 5 * HOUR)
    assert (pace.taken, pace.promised) == (5 * HOUR, 4 * HOUR)


def test_answers_of_last_week_are_forgotten(person: Person, agent: Staff) -> None:
    asked_and_answered(person, agent, after=HOUR)

    assert paces(person.desk_id, now=ASKED + timedelta(days=8)) == []


@pytest.mark.parametrize(
    ("taken", "answers", "is_slow"), [(6, FEWEST, True), (6, FEWEST - 1, False), (5, FEWEST, False), (2, FEWEST, False)]
)
def test_slow_is_clearly_more_than_promised_and_often(taken: int, answers: int, is_slow: bool) -> None:  # noqa: FBT001  # a parameter of the table
    assert Pace("support", taken * HOUR, 4 * HOUR, answers).is_slow is is_slow


def test_slow_team_is_told_until_it_is_faster(person: Person) -> None:
    for _ in range(FEWEST):
        world.ask(person, now=ASKED)
    measure_paces(now=ASKED + 3 * HOUR)
    assert slow_teams(person.desk_id) == ()

    measure_paces(now=ASKED + 6 * HOUR)

    assert [(pace.taken, pace.answers) for pace in slow_teams(person.desk_id)] == [(6 * HOUR, FEWEST)]
