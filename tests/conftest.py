"""One embedded PostgreSQL per test run, begun as a copy of one that is up to date, and a database for each worker."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from filelock import FileLock
from psycopg import sql

from tests.prepared import copy_prepared_database
from tests.settings import RUN
from vaxel.kit.database import EMBEDDED_NAME, EMBEDDED_USER, embedded_socket
from vaxel.kit.embedded import embedded_is_running, start_embedded

#: Folders whose files take minutes: begun last, one of them would keep a worker when the others have nothing left.
_LONG = ("access", "faults", "cli", "jobs", "insight/transfer", "stories")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; otherwise the order stays."""
    here = Path(__file__).parent
    items.sort(key=lambda item: not any(item.path.is_relative_to(here / folder) for folder in _LONG))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever began the run stops its server and takes its folder away; workers leave both alone."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ[RUN])
    if embedded_is_running(folder):
        start_embedded(folder).stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run_server() -> Path:
    """The data folder below which the run's PostgreSQL runs; its own database is an empty one that is up to date."""
    folder = Path(os.environ[RUN])
    with FileLock(folder / "lock"):
        if not embedded_is_running(folder):
            copy_prepared_database(folder)
            start_embedded(folder)
            _forget_durability(folder)
    return folder


@pytest.fixture(scope="session")
def django_db_setup(run_server: Path, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Give this worker a database of its own."""
    name = f"vaxel_{worker_id}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with FileLock(run_server / "lock"):
            _copy_database(run_server, name)
        _use(run_server, name)
    yield
    connections.close_all()


def _forget_durability(folder: Path) -> None:
    """Nobody cuts this server's power: what shall survive a cut is tested with servers of their own."""
    with _server(folder) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        server.execute("SELECT pg_reload_conf()")


def _copy_database(folder: Path, name: str) -> None:
    names = sql.Identifier(name), sql.Identifier(EMBEDDED_NAME)
    with _server(folder) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        # Tests that really commit are followed by emptying every table, which the audit trail refuses elsewhere.
        server.execute(sql.SQL("ALTER DATABASE {} SET vaxel.audit_door = 'emptying'").format(names[0]))


def _server(folder: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(embedded_socket(folder)), user=EMBEDDED_USER, dbname="postgres", autocommit=True)


def _use(folder: Path, name: str) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(NAME=name, USER=EMBEDDED_USER, HOST=str(embedded_socket(folder)))
    connections.settings["default"].update(NAME=name, USER=EMBEDDED_USER, HOST=str(embedded_socket(folder)))


@pytest.fixture(autouse=True)
def _no_jobs_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue after a test that really commits: Django's own emptying knows only the tables it manages."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    if commits or "transactional_db" in request.fixturenames:
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
