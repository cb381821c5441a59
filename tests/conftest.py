"""One embedded PostgreSQL per test run, begun as a copy of one that is up to date, and a database for each worker."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.db import connections
from filelock import FileLock

from tests.databases import copy_database, forget_durability, stop_server, use_database
from tests.prepared import copy_prepared_database
from tests.settings import RUN
from vaxel.kit.embedded import embedded_is_running, start_embedded

#: Folders whose files take minutes: begun last, one of them would keep a worker when the others have nothing left.
_LONG = ("faults", "access", "insight/transfer", "stories")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is read of the tests stays to the end: looking for garbage among it was a third of the reading."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        # A page makes as much as this and leaves nothing behind: looking for garbage as often as Python does by itself
        # takes a tenth of the time.
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; otherwise the order stays."""
    long = tuple(f"{Path(__file__).parent / folder}{os.sep}" for folder in _LONG)
    items.sort(key=lambda item: not str(item.path).startswith(long))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever began the run stops its server and takes its folder away; workers leave both alone."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ[RUN])
    stop_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run_server() -> Path:
    """The data folder below which the run's PostgreSQL runs; its own database is an empty one that is up to date."""
    folder = Path(os.environ[RUN])
    with FileLock(folder / "lock"):
        if not embedded_is_running(folder):
            copy_prepared_database(folder)
            start_embedded(folder)
            forget_durability(folder)
    return folder


@pytest.fixture(scope="session")
def django_db_setup(run_server: Path, django_db_blocker: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Give this worker a database of its own."""
    name = f"vaxel_{worker_id}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with FileLock(run_server / "lock"):
            copy_database(run_server, name)
        use_database(run_server, name)
    yield
    connections.close_all()


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
