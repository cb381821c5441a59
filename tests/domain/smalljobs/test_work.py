"""Time on agreed jobs: never before the yes, never beyond what was agreed, never rubbed out."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.smalljobs.jobs_world import NOW, Small, make_small
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.smalljobs import work
from vaxel.domain.smalljobs.entries import spent_on
from vaxel.domain.smalljobs.invoicing import PeriodError, close_period, rows_of_period
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.offers import ClockRunsError, JobNotAgreedError, finish_job
from vaxel.domain.smalljobs.prepaid import balance, buy_hours
from vaxel.domain.smalljobs.queries import jobs_on
from vaxel.domain.tickets.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return make_small()


def start(small: Small, offer: Offer, *, minute: int = 0) -> WorkEntry:
    return work.start_work(
        scope=world.desk_scope(small.desk),
        offer_id=offer.pk,
        by=world.actor(small.agent),
        now=NOW + timedelta(minutes=minute),
    )


def stop(small: Small, offer: Offer, *, minute: int) -> WorkEntry:
    return work.stop_work(
        scope=world.desk_scope(small.desk),
        offer_id=offer.pk,
        note="Klart",
        by=world.actor(small.agent),
        now=NOW + timedelta(minutes=minute),
    )


def log(small: Small, offer: Offer, *, minutes: int, at: int = 0, now: int = 600) -> WorkEntry:
    return work.log_time(
        scope=world.desk_scope(small.desk),
        offer_id=offer.pk,
        minutes=minutes,
        worked_at=NOW + timedelta(minutes=at),
        by=world.actor(small.agent),
        now=NOW + timedelta(minutes=now),
    )


def test_clock_does_not_start_before_the_yes(small: Small) -> None:
    offer = small.offer()

    with pytest.raises(JobNotAgreedError):
        start(small, offer)

    assert WorkEntry.unscoped.count() == 0


def test_time_worked_before_the_yes_cannot_be_logged(small: Small) -> None:
    offer = small.agree(small.offer())

    with pytest.raises(JobNotAgreedError):
        log(small, offer, minutes=5, at=-10)


def test_clock_counts_begun_minutes(small: Small) -> None:
    offer = small.agree(small.offer(minutes=30))
    start(small, offer)

    entry = stop(small, offer, minute=12)

    assert (entry.minutes, entry.beyond, spent_on(offer).left) == (12, 0, 18)


def test_clock_that_runs_on_the_same_job_is_not_started_twice(small: Small) -> None:
    offer = small.agree(small.offer())

    assert start(small, offer).pk == start(small, offer, minute=1).pk


def test_time_beyond_the_agreed_is_noted_and_not_charged(small: Small) -> None:
    offer = small.agree(small.offer(minutes=30))
    start(small, offer)

    entry = stop(small, offer, minute=45)

    assert (entry.minutes, entry.beyond) == (30, 15)
    with pytest.raises(work.SpentError):
        start(small, offer, minute=50)


def test_forgotten_clock_stops_when_the_agreed_time_is_over(small: Small) -> None:
    offer = small.agree(small.offer(minutes=30))
    start(small, offer)

    early = work.stop_if_spent(offer_id=offer.pk, by=SYSTEM, now=NOW + timedelta(minutes=20))
    late = work.stop_if_spent(offer_id=offer.pk, by=SYSTEM, now=NOW + timedelta(minutes=31))

    assert (early, [(entry.minutes, entry.beyond) for entry in late]) == ([], [(30, 1)])


def test_logged_time_beyond_the_agreed_is_refused(small: Small) -> None:
    offer = small.agree(small.offer(minutes=30))
    log(small, offer, minutes=25)

    with pytest.raises(work.SpentError) as caught:
        log(small, offer, minutes=6)

    assert caught.value.left == 5


def test_warning_comes_once_at_eighty_percent(small: Small) -> None:
    offer = small.agree(small.offer(minutes=100))
    for minutes in (79, 1, 10):
        log(small, offer, minutes=minutes)

    warnings = Event.unscoped.filter(ticket=small.ticket, kind="job-nearly-spent")
    assert [event.data for event in warnings] == [{"offer": offer.pk, "left": 20}]


def test_new_offer_that_is_agreed_goes_on_where_the_first_was_spent(small: Small) -> None:
    first = small.agree(small.offer(minutes=30))
    log(small, first, minutes=30)

    second = small.agree(small.offer(minutes=15))

    assert (Offer.unscoped.get(pk=first.pk).state, log(small, second, minutes=15).minutes) == ("done", 15)


def test_correction_is_a_new_row_and_the_old_one_stands(small: Small) -> None:
    offer = small.agree(small.offer(minutes=60))
    wrong = log(small, offer, minutes=50)

    for minutes in (20, 25):
        work.correct_time(
            scope=world.desk_scope(small.desk),
            entry_id=wrong.pk,
            minutes=minutes,
            note="Fel starttid",
            by=world.actor(small.agent),
            now=NOW,
        )

    rows = WorkEntry.unscoped.filter(offer=offer).order_by("pk").values_list("minutes", "corrects")
    assert list(rows) == [(50, None), (-30, wrong.pk), (5, wrong.pk)]
    assert spent_on(offer).used == 25


def test_job_with_a_running_clock_is_not_done(small: Small) -> None:
    offer = small.agree(small.offer())
    start(small, offer)

    with pytest.raises(ClockRunsError):
        finish_job(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=NOW)


def test_closed_period_keeps_its_rows_and_a_later_correction_is_in_the_next(small: Small) -> None:
    offer = small.agree(small.offer(minutes=60))
    entry = log(small, offer, minutes=30, now=60)
    scope, by = world.desk_scope(small.desk), world.actor(small.agent)
    period = close_period(small.desk, until=NOW + timedelta(hours=2), by=by, now=NOW + timedelta(hours=3))
    later = NOW + timedelta(hours=4)
    work.correct_time(scope=scope, entry_id=entry.pk, minutes=20, note="Rast", by=by, now=later)

    closed, waiting = (rows_of_period(scope, period_id=each) for each in (period.pk, None))

    assert [(row.minutes, str(row.amount), row.approved_by, row.is_correction) for row in closed] == [
        (30, "600.00", "Gun Palm", False)
    ]
    assert [(row.minutes, str(row.amount), row.is_correction) for row in waiting] == [(-10, "-200.00", True)]


@pytest.mark.parametrize("hours", [1, 2, 9])
def test_period_ends_after_the_last_and_not_in_the_future(small: Small, hours: int) -> None:
    by = world.actor(small.agent)
    close_period(small.desk, until=NOW + timedelta(hours=2), by=by, now=NOW + timedelta(hours=3))

    with pytest.raises(PeriodError):
        close_period(small.desk, until=NOW + timedelta(hours=hours), by=by, now=NOW + timedelta(hours=5))


@pytest.mark.parametrize("jobs", [1, 3])
def test_jobs_on_a_ticket_take_one_query(
    small: Small, jobs: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(jobs):
        log(small, small.agree(small.offer()), minutes=5)

    with django_assert_num_queries(1):
        found = jobs_on(world.desk_scope(small.desk), ticket_id=small.ticket.pk)

    assert [job.spent.used for job in found] == [5] * jobs


def test_clock_that_runs_when_another_offer_is_agreed_goes_on_there(small: Small) -> None:
    first = small.agree(small.offer(minutes=30))
    start(small, first)

    second = small.agree(small.offer(minutes=20))
    entry = stop(small, second, minute=5)

    assert [row.minutes for row in WorkEntry.unscoped.filter(offer=first)] == [1]
    assert (entry.minutes, Offer.unscoped.get(pk=first.pk).state) == (5, "done")


def test_correction_of_a_finished_job_moves_the_bought_hours(small: Small) -> None:
    scope, by = world.desk_scope(small.desk), world.actor(small.agent)
    buy_hours(small.asker.organisation, minutes=60, by=by, now=NOW)
    offer = small.agree(small.offer(minutes=30, paid_by="prepaid"))
    entry = log(small, offer, minutes=20)
    finish_job(scope=scope, offer_id=offer.pk, by=by, now=NOW)

    def correct(minutes: int) -> int:
        work.correct_time(scope=scope, entry_id=entry.pk, minutes=minutes, note="Rast", by=by, now=NOW)
        return balance(organisation_id=small.asker.organisation_id)

    assert [correct(15), correct(25)] == [45, 35]
