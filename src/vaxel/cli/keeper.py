"""Keep the web server's processes running (`python -m vaxel.cli.keeper PID,PID… COMMAND…`).

`vaxel.cli.server` turns into it once its processes have parted from it: what it had loaded to share it with them goes,
and a tenth of a process is left. It imports nothing but what Python has loaded anyway.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn

STOP_SIGNALS: Final = frozenset({signal.SIGTERM, signal.SIGINT})
#: Seconds that processes have to answer what they were asked before they are killed.
_FAREWELL: Final = 5.0
#: Seconds before a process that fell gets a successor; doubles with each that falls soon after its start.
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
_SOON: Final = 30.0


def become_keeper(*, of: Iterable[int], command: Sequence[str]) -> NoReturn:
    """Replace this program by the keeper of these processes, which are its children; `command` makes another one.

    What it is told meanwhile waits until it listens.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    pids = ",".join(str(pid) for pid in of)
    os.execv(sys.executable, [sys.executable, "-m", __name__, pids, *command])  # noqa: S606  # our own command line


class Keeper:
    """Processes, and what makes another one."""

    def __init__(self, pids: Iterable[int], command: list[str]) -> None:
        now = time.monotonic()
        #: When each was started, in seconds of the monotonic clock.
        self._running = dict.fromkeys(pids, now)
        self._command = command
        #: When the successors of those that fell are started.
        self._due: list[float] = []
        self._falls = 0

    def keep(self) -> None:
        """Give each process that falls a successor until told to stop; then end them all."""
        heard = {signal.SIGCHLD, *STOP_SIGNALS}
        signal.pthread_sigmask(signal.SIG_BLOCK, heard)
        while True:
            now = time.monotonic()
            self._bury(now=now)
            self._start_due(now=now)
            told = signal.sigtimedwait(heard, max(0.0, min(self._due, default=now + _LONGEST_PAUSE) - now))
            if told is not None and told.si_signo in STOP_SIGNALS:
                break
        self._end_all()

    def _bury(self, *, now: float) -> None:
        while pid := self._dead():
            started = self._running.pop(pid, now)
            self._falls = self._falls + 1 if now - started < _SOON else 1
            pause = min(_FIRST_PAUSE * 2.0 ** (self._falls - 1), _LONGEST_PAUSE)
            sys.stderr.write(f"A process of the web server ended; another one starts in {pause:g} s.\n")
            self._due.append(now + pause)

    def _dead(self) -> int:
        """A child that has ended, or 0."""
        try:
            return os.waitpid(-1, os.WNOHANG)[0]
        except ChildProcessError:
            return 0

    def _start_due(self, *, now: float) -> None:
        for _ in [at for at in self._due if at <= now]:
            pid = os.posix_spawn(self._command[0], self._command, os.environ, setsigmask=())
            self._running[pid] = now
        self._due = [at for at in self._due if at > now]

    def _end_all(self) -> None:
        self._tell(signal.SIGTERM)
        until = time.monotonic() + _FAREWELL
        while self._running and (left := until - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, left)
            while pid := self._dead():
                self._running.pop(pid, None)
        self._tell(signal.SIGKILL)

    def _tell(self, number: signal.Signals) -> None:
        for pid in self._running:
            os.kill(pid, number)


if __name__ == "__main__":
    Keeper(map(int, sys.argv[1].split(",")), sys.argv[2:]).keep()
