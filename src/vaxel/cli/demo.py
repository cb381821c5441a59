"""`vaxel demo`: fill an installation with the example desks, or throw everything away and fill anew."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from vaxel.channels.mail.reading.reader import read
from vaxel.cli.installation import usable_database
from vaxel.cli.setup import bring_up_to_date
from vaxel.cli.start_error import StartError
from vaxel.insight.transfer.demo import (
    NotADemoError,
    NotEmptyError,
    Summary,
    ensure_demo,
    fill_demo,
    reset_demo,
)
from vaxel.insight.transfer.demo.files import ExamplesMissingError

demo_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)


@demo_app.command()
def fill(
    *,
    if_empty: Annotated[bool, typer.Option(help="Leave a database that holds something alone.")] = False,
) -> None:
    """Make the example desks with their people and ninety days of tickets."""
    with _ready(), _progress() as progress:
        _tell((ensure_demo if if_empty else fill_demo)(read=read, now=datetime.now(UTC), progress=progress))


@demo_app.command()
def reset() -> None:
    """Throw everything away, and make the demonstration anew."""
    with _ready(), _progress() as progress:
        _tell(reset_demo(read=read, now=datetime.now(UTC), progress=progress))


@contextmanager
def _ready() -> Iterator[None]:
    with usable_database():
        bring_up_to_date(typer.echo)
        try:
            yield
        except (NotADemoError, NotEmptyError, ExamplesMissingError) as error:
            raise StartError(str(error)) from error


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, and nothing in a log."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=not sys.stdout.isatty()) as bar:
        task = bar.add_task("Making the demo data: tickets", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(summary: Summary | None) -> None:
    if summary is not None:
        typer.echo(
            f"Made {summary.desks} desks, {summary.organisations} organisations, {summary.people} people, "
            f"{summary.tickets} tickets with {summary.messages} messages."
        )
