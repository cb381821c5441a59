"""The worker's housekeeping: jobs of dead workers begin anew, and old jobs go."""

import asyncio
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from tests.domain.smalljobs.jobs_world import make_small
from tests.factories import NOW, actor, desk_scope
from vaxel.domain.people.models import Session
from vaxel.domain.smalljobs.models import WorkEntry
from vaxel.domain.smalljobs.work import start_work
from vaxel.jobs import periodic
from vaxel.surfaces.ui.sessions import SessionStore

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    """The queue is no model of Django's, so the test run does not empty it."""
    execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def execute(query: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def make_job(*, silent_for: int) -> int:
    """A job that a worker has begun, which gave its last sign of life so many seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s * interval '1 second') RETURNING id)"
            " INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " SELECT 'mail', 'send_mail', 'doing', id FROM worker RETURNING id",
            [silent_for],
        )
        return int(cursor.fetchone()[0])


def run(task: Callable[..., Coroutine[Any, Any, None]]) -> None:
    """Let a worker's app run one of the tasks."""

    async def work() -> None:
        working = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=1))
        async with working.open_async():
            await task(SimpleNamespace(app=working), timestamp=0)

    asyncio.run(work())
    connections.close_all()


def test_t72_job_of_a_dead_worker_is_queued_anew() -> None:
    dead, alive = make_job(silent_for=periodic.SILENCE + 1), make_job(silent_for=periodic.SILENCE - 5)
    run(periodic.requeue_stalled_jobs.func)
    states = dict(ProcrastinateJob.objects.values_list("id", "status"))
    assert states == {dead: "todo", alive: "doing"}


def test_t72_dead_workers_job_begins_anew_within_a_minute() -> None:
    """The silence, the time between two looks and the time between two signs of life together."""
    (look,) = [
        task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items() if name == "requeue_stalled_jobs"
    ]
    assert look == "* * * * * */15"
    assert periodic.SILENCE + 15 + 5 <= 60


def test_t77_housekeeping_comes_before_ten_thousand_mails() -> None:
    assert periodic.requeue_stalled_jobs.priority > 0


def test_old_failed_jobs_are_removed_and_newer_ones_stay() -> None:
    execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " VALUES ('mail', 'send_mail', 'failed'), ('mail', 'tell', 'failed')"
    )
    execute(
        "INSERT INTO procrastinate_events (job_id, type, at)"
        " SELECT id, 'failed', now() - CASE task_name WHEN 'tell' THEN interval '1 day' ELSE interval '31 days' END"
        " FROM procrastinate_jobs"
    )
    run(periodic.remove_old_jobs.func)
    assert list(ProcrastinateJob.objects.values_list("task_name", flat=True)) == ["tell"]


def test_sessions_that_have_expired_are_removed_and_no_others() -> None:
    stores = {name: SessionStore() for name in ("expired", "alive")}
    for name, store in stores.items():
        store["kept"] = name
        store.set_expiry(-1 if name == "expired" else 60)
        store.save()

    periodic.remove_expired_sessions(timestamp=0)

    assert list(Session.objects.values_list("session_key", flat=True)) == [stores["alive"].session_key]


def test_a_clock_is_stopped_when_the_agreed_time_has_run_out() -> None:
    """The clock began long ago by the wall's time, so all that was agreed is used, and not a minute more (A14)."""
    small = make_small()
    offer = small.agree(small.offer(minutes=30))
    start_work(scope=desk_scope(small.desk), offer_id=offer.pk, by=actor(small.agent), now=NOW)

    periodic.stop_spent_clocks.func(timestamp=0)

    entry = WorkEntry.unscoped.get()
    assert (entry.minutes, entry.ended_at is None) == (30, False)
