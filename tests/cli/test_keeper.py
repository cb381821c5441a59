"""The keeper of the web server's processes, with processes that do nothing."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.cli.programs import kill, lives, wait_until

_IDLE = "import time; time.sleep(600)"
#: Begins with a child, says its id, and becomes the child's keeper.
_BEGIN = """
import os
import signal
import sys
import time

from vaxel.cli.keeper import become_keeper

before, idle = sys.argv[1:]
child = os.fork()
if child == 0:
    exec(before)
    print("ready", flush=True)
    time.sleep(600)
    os._exit(0)
become_keeper(of=[child], command=[sys.executable, "-c", idle])
"""


@pytest.fixture
def keepers() -> Iterator[list[subprocess.Popen[str]]]:
    """Whatever is left of these ends with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for one in started:
        if one.poll() is None:
            own = psutil.Process(one.pid)
            kill(*own.children(), own)
        one.communicate()


def _keeper(keepers: list[subprocess.Popen[str]], *, child_does: str = "") -> psutil.Process:
    """A keeper whose first child is ready."""
    begun = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", _BEGIN, child_does, _IDLE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    keepers.append(begun)
    assert begun.stdout is not None
    assert begun.stdout.readline() == "ready\n"
    own = psutil.Process(begun.pid)
    wait_until(lambda: "vaxel.cli.keeper" in own.cmdline())
    return own


def test_t72_process_of_the_web_server_that_fell_gets_a_successor(keepers: list[subprocess.Popen[str]]) -> None:
    keeper = _keeper(keepers)
    for _ in range(2):
        (fell,) = keeper.children()
        kill(fell)
        wait_until(lambda fell=fell: [one for one in keeper.children() if one != fell and lives(one)] != [])  # type: ignore[misc]  # its own default
    keeper.terminate()

    assert keepers[0].communicate(timeout=30)[1].splitlines() == [
        "A process of the web server ended; another one starts in 0.5 s.",
        "A process of the web server ended; another one starts in 1 s.",
    ]
    assert keepers[0].returncode == 0


def test_keeper_that_is_told_to_stop_ends_its_processes(keepers: list[subprocess.Popen[str]]) -> None:
    keeper = _keeper(keepers)
    (child,) = keeper.children()
    keeper.terminate()

    assert keepers[0].wait(30) == 0
    assert not lives(child)


def test_keeper_kills_what_does_not_end_when_it_is_told_to(keepers: list[subprocess.Popen[str]]) -> None:
    keeper = _keeper(keepers, child_does="signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    (child,) = keeper.children()
    keeper.terminate()

    assert keepers[0].wait(30) == 0
    assert not lives(child)
