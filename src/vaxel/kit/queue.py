"""Hand work to the worker inside the transaction of the change that asks for it.

Jobs are named, not imported: the domain does not know the code that will run, and the program that hands work over
does not load it. A test proves that every name used here is registered in `vaxel.jobs.tasks`.
"""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import configure_task


def defer(task: str, /, *, queue: str = "default", lock: str | None = None, **arguments: Any) -> None:
    """Enqueue `task` with `arguments` (ids, never contents); it commits or rolls back with the caller."""
    configure_task(name=task, job_manager=app.job_manager, queue=queue, lock=lock).defer(**arguments)
