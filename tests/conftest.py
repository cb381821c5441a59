"""One embedded PostgreSQL per test run, one migrated template, and a copy of it for each worker."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from filelock import FileLock
from psycopg import sql

from tests.settings import RUN
from vaxel.kit.database import EMBEDDED_USER, embedded_socket
from vaxel.kit.embedded import embedded_is_running, start_embedded

_TEMPLATE = "vaxel_template"
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
def django_db_setup(django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Give this worker a database of its own, copied from the template."""
    folder = Path(os.environ[RUN])
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with FileLock(folder / "lock"):
            start_embedded(folder)
            _ensure_template(folder)
            name = f"vaxel_{worker_id}"
            _copy_template(folder, name)
        _use(folder, name)
    yield
    connections.close_all()


def _ensure_template(folder: Path) -> None:
    with _server(folder) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        _forget_durability(server)
    _use(folder, _TEMPLATE)
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()


def _forget_durability(server: psycopg.Connection[tuple[object, ...]]) -> None:
    """Nobody cuts this server's power: what shall survive a cut is tested with servers of their own."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
    server.execute("SELECT pg_reload_conf()")


def _copy_template(folder: Path, name: str) -> None:
    with _server(folder) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(_TEMPLATE))
        )


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
