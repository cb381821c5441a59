"""Hand work to the worker inside the transaction of the change that asks for it.

Jobs are named, not imported: the domain does not know the code that will run. A test proves that every name used
here is registered in `vaxel.jobs.tasks`.
"""

from typing import Any

from procrastinate.contrib.django import app


def defer(task: str, /, *, queue: str = "default", lock: str | None = None, **arguments: Any) -> None:
    """Enqueue `task` with `arguments` (ids, never contents); it commits or rolls back with the caller."""
    app.configure_task(task, queue=queue, lock=lock).defer(**arguments)
