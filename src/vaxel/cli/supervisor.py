"""Keep child processes running: start, restart with growing pauses, stop all of them in a few seconds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

from vaxel.kit.processes import PARENT_VARIABLE

#: Seconds between two looks at the children.
_TICK: Final = 0.1
#: Seconds that children have to finish what they are doing before they are killed.
_FAREWELL: Final = 8.0
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


@dataclass(slots=True)
class Supervisor:
    """Runs `commands` until a signal to stop arrives. `say` takes a line for the person at the terminal."""

    commands: Mapping[str, Sequence[str]]
    say: Callable[[str], None]
    _children: list[Child] = field(default_factory=list)
    _stopping: bool = False

    def run(self, *, ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        """Start everything, call `on_ready` once `ready` says so, and return when told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self._children = [Child(name, command) for name, command in self.commands.items()]
        try:
            told = False
            while not self._stopping:
                for child in self._children:
                    self._look_after(child, now=time.monotonic())
                if not told and ready():
                    told = True
                    on_ready()
                time.sleep(_TICK)
        finally:
            self._end_all()

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
            self.say(f"{child.name} ended ({_ending(code)}); it starts again in {child.pause():g} s.")
        if now >= child.start_again_at:
            child.process = _start(child.command)
            child.started_at = now

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


def own_command(*arguments: str) -> list[str]:
    """The command line of another `vaxel …` with this Python."""
    return [sys.executable, "-m", "vaxel.cli.main", *arguments]


def child_environment() -> dict[str, str]:
    """Our environment; and children end with us, and keep few of glibc's memory pools (one per thread otherwise)."""
    return {**os.environ, PARENT_VARIABLE: str(os.getpid()), "MALLOC_ARENA_MAX": "2"}


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches only us, and we end the children in order."""
    return subprocess.Popen(  # noqa: S603  # our own command line
        list(command), env=child_environment(), stdin=subprocess.DEVNULL, start_new_session=True
    )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
