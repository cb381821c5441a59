"""`vaxel check`: the state of every part, in a table; exit code 1 when one of them is not well."""

import sys
from dataclasses import replace
from datetime import UTC, datetime

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table

from vaxel.cli.installation import read_settings
from vaxel.domain.audit.health import Part
from vaxel.insight.reports.health import health_of_parts
from vaxel.kit.database import DatabaseAddressError, embedded_socket, require_usable

check_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@check_app.command()
def check() -> None:
    """Tell the state of every part, and what to do about those that are not well."""
    parts = [_with_cause(part) for part in health_of_parts(now=datetime.now(UTC))]
    if sys.stdout.isatty():
        Console().print(_table(parts))
    else:
        for part in parts:
            typer.echo(f"{'ok' if part.well else 'NOT WELL'}\t{part.name}\t{part.detail}")
    if not all(part.well for part in parts):
        raise typer.Exit(code=1)


def _with_cause(part: Part) -> Part:
    """Why the database does not answer, in the sentence that a start says; nobody who asks over the net is told."""
    if part.well or part.name != "database":
        return part
    url = read_settings().database_url.get_secret_value()
    if not url and embedded_socket(settings.DATA) is None:
        return replace(part, detail="Växel does not run with this data folder. Start it: vaxel run")
    try:
        if url:
            require_usable(url)
    except DatabaseAddressError as error:
        return replace(part, detail=str(error))
    return part


def _table(parts: list[Part]) -> Table:
    table = Table("Part", "State", "Detail", box=None)
    for part in parts:
        table.add_row(part.name, "[green]well[/]" if part.well else "[bold red]not well[/]", part.detail)
    return table
