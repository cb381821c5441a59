"""Keep child processes running: start, restart with growing pauses, stop all of them in a few seconds.

A program of its own (`python -m vaxel.cli.supervisor PLAN`) that `vaxel run` turns into once everything is prepared:
with the standard library alone it needs a quarter of the memory.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from vaxel.kit.processes import LEAN, PARENT_VARIABLE

#: Seconds between two looks at the children.
_TICK: Final = 0.1
#: Seconds between two looks at the database.
_DATABASE_TICK: Final = 2.0
#: Seconds that children have to finish what they are doing before they are killed.
_FAREWELL: Final = 8.0
#: Seconds that the database has to write everything out.
_DATABASE_FAREWELL: Final = 20.0
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
#: A child that ran this many seconds is well again: its next fall pauses as shortly as its first.
_WELL_AFTER: Final = 30.0


@dataclass(slots=True)
class Child:
    """One program that shall run, and how it has fared."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    start_again_at: float = 0.0

    def pause(self) -> float:
        """Seconds to wait before the next start; doubles with each fall in a row."""
        return min(_FIRST_PAUSE * 2.0 ** max(0, self.falls - 1), _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs, when it counts as ready, and what is stopped with it."""

    #: Command lines by the name that people know the program by.
    commands: dict[str, list[str]]
    #: Where the web server listens, and the name that it answers to.
    host: str
    port: int
    name: str
    #: Printed once the server answers.
    when_ready: list[str]
    #: The lock file of the embedded database, which ends last, and what starts it again when it was killed;
    #: empty for a database that is not ours.
    database_lock: str = ""
    database_start: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Supervisor:
    """Carries out a plan until a signal to stop arrives."""

    plan: Plan
    _children: list[Child] = field(default_factory=list)
    _stopping: bool = False
    _look_at_database_at: float = 0.0

    def run(self) -> None:
        """Start everything, say when it is ready, and return when everything has stopped."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self._children = [Child(name, command) for name, command in self.plan.commands.items()]
        told = False
        while not self._stopping:
            now = time.monotonic()
            self._look_after_database(now=now)
            for child in self._children:
                self._look_after(child, now=now)
            if not told and _answers(self.plan):
                told = True
                _say(*self.plan.when_ready)
            time.sleep(_TICK)
        _say("Stopping …")
        self._end_all()
        if self.plan.database_lock:
            _stop_database(Path(self.plan.database_lock))

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _look_after(self, child: Child, *, now: float) -> None:
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return
            child.process = None
            child.falls = 1 if now - child.started_at > _WELL_AFTER else child.falls + 1
            child.start_again_at = now + child.pause()
            _say(f"{child.name} ended ({_ending(code)}); it starts again in {child.pause():g} s.")
        if now >= child.start_again_at:
            child.process = _start(child.command)
            child.started_at = now

    def _look_after_database(self, *, now: float) -> None:
        """A database that was killed is started again; web and worker come back to it by themselves."""
        if not self.plan.database_lock or now < self._look_at_database_at:
            return
        self._look_at_database_at = now + _DATABASE_TICK
        if not _database_lives(Path(self.plan.database_lock)):
            _say("The database ended; it starts again.")
            subprocess.run(self.plan.database_start, env=child_environment(), check=False)  # noqa: S603  # our own

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _FAREWELL
        for process in running:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(process)


def become_supervisor(plan: Plan) -> NoReturn:
    """Replace this program by the supervisor; open files that may be inherited stay open."""
    os.execv(  # noqa: S606  # our own command line
        sys.executable, [sys.executable, "-m", __name__, json.dumps(asdict(plan))]
    )


def own_command(*arguments: str) -> list[str]:
    """The command line of another `vaxel …` with this Python."""
    return [sys.executable, "-m", "vaxel.cli.main", *arguments]


def child_environment() -> dict[str, str]:
    """Our environment; and children end with us, and are lean."""
    return {**LEAN, **os.environ, PARENT_VARIABLE: str(os.getpid())}


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches only us, and we end the children in order."""
    return subprocess.Popen(  # noqa: S603  # our own command line
        list(command), env=child_environment(), stdin=subprocess.DEVNULL, start_new_session=True
    )


def _answers(plan: Plan) -> bool:
    """True when the server answers about its health, well or not."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(plan.host, plan.host)  # noqa: S104  # compared, not bound
    connection = http.client.HTTPConnection(host, plan.port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": plan.name})
        return connection.getresponse().status in {200, 503}
    except OSError:
        return False
    finally:
        connection.close()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _database_lives(lock: Path) -> bool:
    """Whether the process that the lock file names is there, and no mere entry of a dead one."""
    try:
        process = int(lock.read_text().split()[0])
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ValueError, IndexError):
        return False
    return state != "Z"


def _stop_database(lock: Path) -> None:
    """PostgreSQL's fast shutdown: open transactions are undone, what was committed is on the disk."""
    with suppress(OSError, ValueError, IndexError):
        os.kill(int(lock.read_text().split()[0]), signal.SIGINT)
    deadline = time.monotonic() + _DATABASE_FAREWELL
    while lock.exists() and time.monotonic() < deadline:
        time.sleep(_TICK)


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    Supervisor(Plan(**json.loads(sys.argv[1]))).run()
