"""`vaxel setup`: bring the database up to date. Safe to run at any time and by several machines at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from vaxel.cli.installation import read_settings, tell_of_unknown, usable_database

setup_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

#: Any number that nobody else takes: two starts at once bring the database up to date one after the other.
_LOCK: Final = 861_203_541


@setup_app.command()
def setup(*, quiet: Annotated[bool, typer.Option(help="Say nothing when there is nothing to do.")] = False) -> None:
    """Make the tables and texts of this version; what is there already stays."""
    if not quiet:
        tell_of_unknown(read_settings())
    with usable_database():
        if not bring_up_to_date(typer.echo) and not quiet:
            typer.echo("The database is up to date.")


def bring_up_to_date(say: Callable[[str], None]) -> bool:
    """Apply what this version adds to the database; False when there was nothing to do."""
    with _alone():
        executor = MigrationExecutor(connection)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not steps:
            return False
        say(f"Bringing the database up to date: {len(steps)} steps …")
        call_command("migrate", interactive=False, verbosity=0)
        if any(isinstance(cache, BaseDatabaseCache) for cache in caches.all(initialized_only=False)):
            call_command("createcachetable", verbosity=0)
        return True


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
