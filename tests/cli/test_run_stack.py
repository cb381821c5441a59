"""`vaxel run` for real: it comes up, survives the death of each part, and leaves nothing behind."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.programs import Run, kill, lives, vaxel, wait_until
from tests.prepared import copy_folder, copy_prepared_database

Start = Callable[[], Run]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an empty installation that is up to date."""
    data = tmp_path_factory.mktemp("prepared") / "var"
    copy_prepared_database(data)
    return data


@pytest.fixture
def start(prepared: Path, tmp_path: Path) -> Iterator[Start]:
    """Start the installation of this test's own folder; whatever is left of it ends with the test."""
    copy_folder(prepared, tmp_path / "var")
    runs: list[Run] = []

    def begin() -> Run:
        run = Run(tmp_path / "var")
        runs.append(run)
        run.wait_until_ready()
        return run

    yield begin
    for run in runs:
        run.clean_up()


def test_run_tells_its_state_and_stops_all_that_it_started(start: Start, tmp_path: Path) -> None:
    run = start()
    wait_until(lambda: run.get("/health/")[0] == 200)
    parts = json.loads(run.get("/health/")[1])["parts"]
    checked = vaxel("check", data=tmp_path / "var")
    everything = [*run.children(), run.database()]

    began = time.monotonic()
    run.end()

    assert time.monotonic() - began < 30
    assert run.process.returncode == 0
    assert [one for one in everything if lives(one)] == []
    assert set(parts.values()) == {True}
    assert (checked.returncode, [line.split("\t")[1] for line in checked.stdout.splitlines()]) == (0, list(parts))


def test_t66_run_starts_again_after_kill_of_everything(start: Start) -> None:
    run = start()
    database = run.database()
    assert database is not None
    kill(database, *database.children(), psutil.Process(run.process.pid), *run.children())
    run.process.wait(60)

    again = start()
    assert again.get("/health/web/") == (200, '{"well": true}')
    again.end()


def test_t66_run_takes_over_what_a_killed_run_left(start: Start) -> None:
    run = start()
    children, database = run.children(), run.database()
    kill(psutil.Process(run.process.pid))
    run.process.wait(60)
    wait_until(lambda: not any(lives(one) for one in children))

    again = start()
    assert again.database() == database
    again.end()
    assert again.database() is None


def test_t72_each_killed_child_is_started_again(start: Start) -> None:
    run = start()
    (server_process,) = run.child("web").children()
    kill(server_process)
    wait_until(lambda: run.answers() and server_process not in run.child("web").children())

    for name in ("worker", "web"):
        killed = run.child(name)
        inner = killed.children()
        kill(killed)
        wait_until(lambda inner=inner: not any(lives(one) for one in inner))  # type: ignore[misc]  # its own default
        wait_until(lambda name=name, killed=killed: run.is_back(name, killed=killed))  # type: ignore[misc]  # the same
        wait_until(run.is_whole)
    assert run.said.count("ended (signal SIGKILL); it starts again in 0.5 s.") == 2
    run.end()


def test_t71_everything_comes_back_when_the_database_was_killed(start: Start) -> None:
    run = start()
    wait_until(lambda: run.get("/health/")[0] == 200)
    killed = run.database()
    assert killed is not None
    kill(killed)
    wait_until(lambda: run.database() not in {None, killed})
    wait_until(lambda: run.get("/health/")[0] == 200)
    run.end()
    assert run.database() is None
