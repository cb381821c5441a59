"""Run what a change has handed to the worker, in the test's own connection: stories can then look at the mails."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


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
    due = "scheduled_at IS NULL OR scheduled_at <= now()"
    return ProcrastinateJob.objects.filter(status="todo").extra(where=[due]).order_by("id").first()  # noqa: S610  # a constant; the database's clock decides, as for the worker


def _finish(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])
