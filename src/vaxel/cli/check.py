"""`vaxel check`: the state of every part, in a table; exit code 1 when one of them is not well."""

import sys
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.table import Table

from vaxel.domain.audit.health import Part
from vaxel.insight.reports.health import health_of_parts

check_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@check_app.command()
def check() -> None:
    """Tell the state of every part, and what to do about those that are not well."""
    parts = health_of_parts(now=datetime.now(UTC))
    if sys.stdout.isatty():
        Console().print(_table(parts))
    else:
        for part in parts:
            typer.echo(f"{'ok' if part.well else 'NOT WELL'}\t{part.name}\t{part.detail}")
    if not all(part.well for part in parts):
        raise typer.Exit(code=1)


def _table(parts: list[Part]) -> Table:
    table = Table("Part", "State", "Detail", box=None)
    for part in parts:
        table.add_row(part.name, "[green]well[/]" if part.well else "[bold red]not well[/]", part.detail)
    return table
