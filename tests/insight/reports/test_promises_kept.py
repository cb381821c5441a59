"""How an organisation's promises were kept: which count, in which month, and the median of first answers."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.insight.reports.promises_kept import Period, PromisesKept, percent, promises_kept

pytestmark = pytest.mark.django_db
#: Thursday at ten in Stockholm; Kompass promises a first answer within four open hours.
ASKED = world.NOW
HOUR = timedelta(hours=1)
NOVEMBER = date(2026, 11, 1)
AUTUMN = Period(date(2026, 10, 1), date(2026, 11, 30), ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def person() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


def answered(person: Person, agent: Staff, *, after: timedelta) -> None:
    number = world.ask(person, now=ASKED).number
    scope, by = world.desk_scope(agent.desk), world.actor(agent)
    conversation.reply(scope=scope, number=number, text="Hej!", by=by, now=ASKED + after)


def kept(person: Person, *, at: timedelta, period: Period = AUTUMN) -> PromisesKept:
    scope = world.desk_scope(person.organisation.desk)
    return promises_kept(scope, organisation_id=person.organisation_id, period=period, now=ASKED + at)


def test_promise_is_kept_until_its_instant_and_broken_after_it(person: Person, agent: Staff) -> None:
    answered(person, agent, after=4 * HOUR)
    answered(person, agent, after=5 * HOUR)

    found = kept(person, at=30 * HOUR)

    assert (found.given, found.kept, found.share, found.median) == (2, 1, 50, 4 * HOUR)
    assert [(month.month, month.given, month.kept) for month in found.months] == [
        (date(2026, 10, 1), 0, 0),
        (NOVEMBER, 2, 1),
    ]


def test_promise_that_is_still_owed_counts_once_its_time_has_passed(person: Person) -> None:
    world.ask(person, now=ASKED)

    assert (kept(person, at=3 * HOUR).given, kept(person, at=5 * HOUR).given) == (0, 1)
    assert kept(person, at=5 * HOUR).kept == 0


def test_promise_that_was_given_up_does_not_count(person: Person) -> None:
    number = world.ask(person, now=ASKED).number
    lifecycle.close(scope=world.customer_scope(person), number=number, by=world.actor(person), now=ASKED + HOUR)

    assert kept(person, at=9 * HOUR).given == 0


def test_promise_outside_the_period_or_of_others_does_not_count(person: Person, agent: Staff) -> None:
    answered(world.make_person(world.make_organisation(agent.desk)), agent, after=HOUR)
    answered(person, agent, after=HOUR)
    october = Period(date(2026, 10, 1), date(2026, 10, 31), AUTUMN.zone)

    assert (kept(person, at=9 * HOUR).given, kept(person, at=9 * HOUR, period=october).given) == (1, 0)


@pytest.mark.parametrize("many", [1, 3])
def test_promises_are_read_in_two_queries(
    person: Person, agent: Staff, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        answered(person, agent, after=HOUR)

    with django_assert_num_queries(2):
        kept(person, at=9 * HOUR)


def test_period_holds_both_its_days_by_the_desks_clock() -> None:
    period = Period(date(2026, 3, 29), date(2026, 3, 29), AUTUMN.zone)

    # The clocks go forward on this day: it has 23 hours.
    assert period.ends.timestamp() - period.begins.timestamp() == 23 * 3600


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(0, 0, None), (0, 3, 0), (2, 3, 66), (999, 1000, 99), (3, 3, 100)]
)
def test_share_is_rounded_down_so_that_all_means_all(part: int, whole: int, share: int | None) -> None:
    assert percent(part, whole) == share
