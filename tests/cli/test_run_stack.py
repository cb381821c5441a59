"""`vaxel run` for real: it comes up, survives the death of each part, and leaves nothing behind."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.cli.programs import Run, vaxel, wait_until


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start installations of one data folder; whatever is left of them ends with the test."""
    runs: list[Run] = []

    def begin(**more: str) -> Run:
        runs.append(Run(tmp_path / "var", **more))
        return runs[-1]

    yield begin
    for run in runs:
        run.clean_up()


def test_run_starts_tells_its_state_and_stops_all_that_it_started(start: Callable[..., Run], tmp_path: Path) -> None:
    run = start()
    run.wait_until_ready()
    wait_until(lambda: run.get("/health/")[0] == 200)
    parts = json.loads(run.get("/health/")[1])["parts"]
    checked = vaxel("check", data=tmp_path / "var")
    everything = [*run.children(), run.database()]

    began = time.monotonic()
    run.end()

    assert time.monotonic() - began < 10
    assert run.process.returncode == 0
    assert [one for one in everything if one is not None and one.is_running()] == []
    assert set(parts.values()) == {True}
    assert (checked.returncode, [line.split("\t")[1] for line in checked.stdout.splitlines()]) == (0, list(parts))


def test_t66_run_starts_again_after_kill_of_everything(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_until_ready()
    database = run.database()
    assert database is not None
    for one in [*run.children(), psutil.Process(run.process.pid), *database.children(), database]:
        one.kill()
    run.process.wait(10)

    again = start()
    again.wait_until_ready()
    assert again.get("/health/web/") == (200, '{"well": true}')
    again.end()


def test_t66_run_takes_over_what_a_killed_run_left(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_until_ready()
    children, database = run.children(), run.database()
    run.process.kill()
    run.process.wait(10)
    psutil.wait_procs(children, timeout=15)
    assert [one for one in children if one.is_running()] == []

    again = start()
    again.wait_until_ready()
    assert again.database() == database
    again.end()
    assert again.database() is None


@pytest.mark.parametrize("name", ["web", "worker"])
def test_t72_killed_child_is_started_again(start: Callable[..., Run], name: str) -> None:
    run = start()
    run.wait_until_ready()
    killed = run.child(name)
    inner = killed.children()
    killed.kill()
    wait_until(lambda: not any(one.is_running() for one in inner))
    wait_until(lambda: name in {part for one in run.children() for part in one.cmdline()} and run.answers())
    assert run.child(name).pid != killed.pid
    assert "ended (signal SIGKILL); it starts again in 0.5 s." in run.said
    run.end()


def test_killed_server_process_is_started_again(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_until_ready()
    (killed,) = run.child("web").children()
    killed.kill()
    wait_until(lambda: run.answers() and killed not in run.child("web").children())
    run.end()


def test_t71_pages_and_worker_come_back_after_a_restart_of_the_database(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_until_ready()
    wait_until(lambda: run.get("/health/")[0] == 200)
    database = run.database()
    assert database is not None
    for one in psutil.process_iter():
        if (
            one.ppid() == database.pid
            and "client backend" not in " ".join(one.cmdline())
            and "[local]" in " ".join(one.cmdline())
        ):
            one.terminate()
    wait_until(lambda: run.get("/health/")[0] == 200, seconds=30)
    run.end()
