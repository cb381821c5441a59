"""`vaxel …` as people start it: a process of its own with a data folder of its own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

#: A word of the command line of each program once it is ready.
PROGRAMS: Final = {"web": "vaxel.cli.keeper", "worker": "vaxel.cli.worker_program"}


def environment(data: Path, **more: str) -> dict[str, str]:
    """What the shell would have: nothing of the test's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VAXEL_", "DJANGO_"))}
    path = os.pathsep.join(each for each in sys.path if each)
    return {**kept, "VAXEL_DATA": str(data), "PYTHONPATH": path, **more}


def vaxel(*arguments: str, data: Path, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with `typed` on its standard input."""
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "vaxel.cli.main", *arguments],
        env=environment(data, **more),
        input=typed,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def wait_until(what: Callable[[], bool], *, seconds: float = 120) -> None:
    """Look until it is true; fail when it does not become so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def lives(process: psutil.Process | None) -> bool:
    """Whether it runs; an entry that nobody has cleared away does not."""
    try:
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def kill(*processes: psutil.Process | None) -> None:
    """With kill -9; what ended by itself in the meantime is as good."""
    for one in processes:
        if one is not None:
            with suppress(psutil.NoSuchProcess):
                one.kill()


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


class Run:
    """A `vaxel run` in the background, with all that it started."""

    def __init__(self, data: Path, **more: str) -> None:
        self.data, self.port = data, free_port()
        self._log = data.parent / f"run-{self.port}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                [sys.executable, "-m", "vaxel.cli.main", "run", "--port", str(self.port), "--processes", "1"],
                env=environment(data, **more),
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        """All that stands on the terminal."""
        return self._log.read_text()

    def wait_until_ready(self) -> None:
        """Wait for the line that says so."""
        wait_until(lambda: self.process.poll() is not None or "Ready: " in self.said, seconds=240)
        assert self.process.poll() is None, self.said

    def get(self, address: str) -> tuple[int, str]:
        """Open a page: status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether pages are served now."""
        try:
            return self.get("/health/web/")[0] == 200
        except OSError:
            return False

    def is_whole(self) -> bool:
        """Whether web and worker run, and pages are served."""
        running = {word for one in self.children() for word in _command(one)}
        return set(PROGRAMS.values()) <= running and self.answers()

    def children(self) -> list[psutil.Process]:
        """Web and worker, and the processes of the web server."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process:
        """The outermost process of `vaxel web` or `vaxel worker`."""
        own = psutil.Process(self.process.pid).children()
        return next(one for one in own if PROGRAMS[name] in _command(one))

    def is_back(self, name: str, *, killed: psutil.Process) -> bool:
        """Whether another process has taken the place of the one that was killed."""
        own = psutil.Process(self.process.pid).children()
        return any(one != killed and PROGRAMS[name] in _command(one) for one in own)

    def database(self) -> psutil.Process | None:
        """The embedded server, whoever started it."""
        lock = self.data / "postgres" / "postmaster.pid"
        try:
            process = psutil.Process(int(lock.read_text().split()[0]))
        except (OSError, IndexError, psutil.NoSuchProcess):
            return None
        return process if lives(process) else None

    def end(self) -> None:
        """Ctrl-C, as a terminal or systemd does it."""
        self.process.terminate()
        self.process.wait(60)

    def clean_up(self) -> None:
        """After a test that killed parts: nothing of it is left."""
        if self.process.poll() is None:
            kill(psutil.Process(self.process.pid), *self.children())
        kill(self.database())
        self.process.wait()
