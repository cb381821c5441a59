"""Run what a change has handed to the worker, in the test's own connection: stories can then look at the mails."""

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

import vaxel.jobs.mail_in  # its tasks are known to a worker by the settings
import vaxel.jobs.organisations
import vaxel.jobs.periodic
import vaxel.jobs.privacy  # noqa: F401  # the same


def run_jobs(*, at_most: int = 200) -> list[str]:
    """Run all jobs that are due, oldest first, also those that they defer; the names of the tasks, in order.

    A job's exception is the test's exception: nothing is tried again here.
    """
    ran: list[str] = []
    while (job := _next_job()) is not None:
        assert len(ran) < at_most, f"the jobs do not come to an end: {ran[-5:]}"
        app.tasks[job.task_name](**job.args)
        _finish(job.pk)
        ran.append(job.task_name)
    return ran


def waiting_jobs() -> list[str]:
    """The names of the tasks that wait, also those for later, oldest first."""
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("id").values_list("task_name", flat=True))


def _next_job() -> ProcrastinateJob | None:
    """The schedule's own jobs are left out: they are no consequence of what the test did."""
    scheduled = [name for name, _ in app.periodic_registry.periodic_tasks]
    due = ProcrastinateJob.objects.filter(status="todo").exclude(task_name__in=scheduled)
    return due.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=Now())).order_by("id").first()


def _finish(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
