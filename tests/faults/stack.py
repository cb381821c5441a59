"""Web, worker, database and, where asked for, `vaxel mail listen`, kept running and killed at will: a supervisor
without patience.

`vaxel run` waits longer and longer before it starts again what dies again and again. A test that kills two hundred
times cannot wait, so here everything starts again at once.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from tests.cli.programs import environment, free_port, kill, lives, wait_until
from tests.faults.visitors import NotAcknowledgedError, Visitor

_TICK: Final = 0.05
#: Seconds; about as long as a request takes, so that its middle is hit.
_MOMENT: Final = 0.03


class Stack:
    """Everything below one data folder; `more` is added to the environment of web and worker, and at `lmtp_port` mails
    are taken.
    """

    def __init__(self, data: Path, *, lmtp_port: int = 0, **more: str) -> None:
        self.data, self.port = data, free_port()
        self._environment = environment(data, VAXEL_BASE_URL=f"http://127.0.0.1:{self.port}", **more)
        self._commands = {
            "database": [sys.executable, "-m", "vaxel.kit.embedded", str(data)],
            "web": [sys.executable, "-m", "vaxel.cli.server", "127.0.0.1", str(self.port), "1"],
            "worker": [sys.executable, "-m", "vaxel.cli.main", "worker"],
        }
        if lmtp_port:
            listening = ["mail", "listen", "--lmtp", "--port", str(lmtp_port)]
            self._commands["listener"] = [sys.executable, "-m", "vaxel.cli.main", *listening]
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._log = data.parent / "stack.log"
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @property
    def parts(self) -> Sequence[str]:
        """What can be killed, in the order in which it starts."""
        return tuple(self._commands)

    def start(self) -> None:
        """Start everything, and go on starting what dies."""
        self._keeper.start()
        wait_until(lambda: all(self.is_up(part) for part in self.parts), seconds=240)

    def is_up(self, part: str) -> bool:
        """Whether it lives; and for the web server, whether it listens."""
        if part == "database":
            return lives(self.database())
        process = self._processes.get(part)
        return process is not None and process.poll() is None and (part != "web" or self._listens())

    def serves(self) -> bool:
        """Whether everything is up, and a page that needs the database is served."""
        if not all(self.is_up(part) for part in self.parts):
            return False
        try:
            return '"well": true' in Visitor(self.port, patience=5).get("/health/web/")
        except NotAcknowledgedError:
            return False

    def kill(self, part: str) -> None:
        """With kill -9, and all that belongs to it."""
        if part == "database":
            server = self.database()
            kill(*([*server.children(), server] if server is not None else []))
            return
        process = self._processes[part]
        with suppress(psutil.NoSuchProcess):
            own = psutil.Process(process.pid)
            kill(*own.children(recursive=True), own)

    def end(self) -> None:
        """Stop everything in good order: nothing is started again."""
        self._ending.set()
        self._keeper.join(60)
        for part in self.parts[1:]:
            process = self._processes.get(part)
            if process is not None and process.poll() is None:
                process.terminate()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()
            process.wait()
        server = self.database()
        if server is not None:
            os.kill(server.pid, signal.SIGINT)
            wait_until(lambda: not lives(server))

    def database(self) -> psutil.Process | None:
        """The embedded server's outermost process."""
        try:
            found = psutil.Process(int((self.data / "postgres" / "postmaster.pid").read_text().split()[0]))
        except (OSError, IndexError, ValueError, psutil.NoSuchProcess):
            return None
        return found if lives(found) else None

    def _keep(self) -> None:
        while not self._ending.wait(_TICK):
            for part in self.parts:
                process = self._processes.get(part)
                starting = process is not None and process.poll() is None
                if not starting and not (part == "database" and lives(self.database())):
                    self._start(part)

    def _start(self, part: str) -> None:
        with self._log.open("ab") as log:
            self._processes[part] = subprocess.Popen(  # noqa: S603  # our own commands
                self._commands[part], env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def kill_at_random(
    stack: Stack, *, times: int, chance: random.Random, progress: Callable[[], int], most: int
) -> dict[str, int]:
    """Kill one part after another while pages are served: each after a random number of steps, `most` at most.

    Gives how often each was killed.
    """
    killed = dict.fromkeys(stack.parts, 0)
    for _ in range(times):
        part = chance.choice(stack.parts)
        wait_until(stack.serves, seconds=240)
        goal = progress() + chance.randint(0, most)
        wait_until(lambda goal=goal: progress() >= goal)  # type: ignore[misc]  # its own default
        threading.Event().wait(chance.uniform(0, _MOMENT))
        stack.kill(part)
        killed[part] += 1
    return killed
