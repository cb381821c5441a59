"""`vaxel worker`: work off the queue. Any number of machines may run any number of workers."""

from typing import Annotated, Final

import typer

from vaxel.cli.installation import read_settings, tell_of_unknown
from vaxel.cli.worker_program import become_worker
from vaxel.kit.processes import be_lean

worker_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

#: Jobs that `vaxel run` has done at the same time.
CONCURRENCY: Final = 2


@worker_app.command()
def worker(*, concurrency: Annotated[int, typer.Option(min=1, help="Jobs at the same time.")] = CONCURRENCY) -> None:
    """Send mails, look into mailboxes, and do everything else that pages leave for later."""
    tell_of_unknown(read_settings())
    be_lean()
    become_worker(concurrency=concurrency)
