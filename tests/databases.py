"""Databases on the run's PostgreSQL: a worker's own, and others that a few tests look at for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from vaxel.domain.desks.policies import policy_version
from vaxel.kit.database import EMBEDDED_NAME, EMBEDDED_USER, embedded_socket
from vaxel.kit.embedded import embedded_is_running, start_embedded


def forget_durability(folder: Path) -> None:
    """Nobody cuts this server's power, and nobody lives with it for long.

    What shall survive a cut is tested with servers of their own.
    """
    with _server(folder) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        server.execute("SELECT pg_reload_conf()")


def stop_server(folder: Path) -> None:
    """End the embedded PostgreSQL of a data folder, if one runs there."""
    if embedded_is_running(folder):
        start_embedded(folder).stop()


def copy_database(folder: Path, name: str, *, of: str = EMBEDDED_NAME) -> None:
    """Make it anew: empty and up to date, or a copy of another one that nobody uses just now."""
    names = sql.Identifier(name), sql.Identifier(of)
    with _server(folder) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        # Tests that really commit are followed by emptying every table, which the audit trail refuses elsewhere.
        server.execute(sql.SQL("ALTER DATABASE {} SET vaxel.audit_door = 'emptying'").format(names[0]))


def use_database(folder: Path, name: str) -> None:
    """From now on Django's connection of this worker is one to it."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(NAME=name, USER=EMBEDDED_USER, HOST=str(embedded_socket(folder)))
    connections.settings["default"].update(NAME=name, USER=EMBEDDED_USER, HOST=str(embedded_socket(folder)))


@contextmanager
def other_database(folder: Path, name: str, *, of: str = EMBEDDED_NAME) -> Iterator[None]:
    """A copy that is used while the block lasts, and stays. What commits within reaches nobody else."""
    own = str(connections["default"].settings_dict["NAME"])
    copy_database(folder, name, of=of)
    _go_over(folder, name)
    yield
    _go_over(folder, own)


def _go_over(folder: Path, name: str) -> None:
    """What this process keeps of versions by their ids is another database's."""
    use_database(folder, name)
    policy_version.cache_clear()


def _server(folder: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(embedded_socket(folder)), user=EMBEDDED_USER, dbname="postgres", autocommit=True)
