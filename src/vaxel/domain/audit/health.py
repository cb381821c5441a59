"""The state of the parts that every installation has: database, its steps, worker and queue.

`vaxel.insight.reports.health` adds the parts that need to know the rest of the domain.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection

from vaxel.kit.steps import steps_of

#: Seconds without a sign of life after which a worker counts as gone; it gives one every five.
_SILENCE: Final = 30
#: Seconds that a job may wait for its turn.
_LONG_WAIT: Final = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is well, and a sentence that says what to do when it is not."""

    name: str
    well: bool
    detail: str


def database() -> Part:
    """Does it answer? Its version, size and connections."""
    try:
        version, size, used, most = _row(
            "SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())),"
            " (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections')::int"
        )
    except DatabaseError:
        return Part("database", well=False, detail="Does not answer. Is it running, and is its address right?")
    told = f"PostgreSQL {version.split()[0]}, {size}, {used} of {most} connections"
    return Part("database", well=used < most * 0.9, detail=told)


def steps() -> Part:
    """Is the database as new as the program?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations")
        recorded = Counter(name for (name,) in cursor.fetchall())
    missing = (_steps_of_this_version() - recorded).total()
    if missing:
        return Part("steps", well=False, detail=f"{missing} steps are missing. Run: vaxel setup")
    return Part("steps", well=True, detail="up to date")


def worker() -> Part:
    """Does somebody work off the queue?"""
    alive, silent_for = _row(
        "SELECT count(*) FILTER (WHERE last_heartbeat > now() - %s * interval '1 second'),"
        " extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers",
        _SILENCE,
    )
    if alive:
        return Part("worker", well=True, detail=f"{alive} at work")
    last = "" if silent_for is None else f" The last sign of life is {silent_for} s old."
    return Part("worker", well=False, detail=f"None is at work.{last} Start one: vaxel worker")


def queue() -> Part:
    """Is the work done in time?"""
    waiting, oldest, failed = _row(
        "SELECT count(*) FILTER (WHERE job.status = 'todo'),"
        " coalesce(extract(epoch FROM now() - min(greatest(deferred.at, job.scheduled_at))"
        " FILTER (WHERE job.status = 'todo')), 0)::int,"
        " count(*) FILTER (WHERE job.status = 'failed')"
        " FROM procrastinate_jobs job LEFT JOIN procrastinate_events deferred"
        " ON deferred.job_id = job.id AND deferred.type = 'deferred'"
        " WHERE job.status = 'failed'"
        " OR (job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now()))"
    )
    told = f"{waiting} waiting, the oldest for {oldest} s; {failed} given up"
    return Part("queue", well=oldest <= _LONG_WAIT, detail=told)


@cache
def _steps_of_this_version() -> Counter[str]:
    return steps_of(settings.INSTALLED_APPS)


def _row(query: str, *values: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
