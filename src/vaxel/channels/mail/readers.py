"""A pool of child processes that read mails, each with limits on time and memory (trust 21 to 25).

A mail that hangs, crashes or fills its child costs only itself: it comes back `unreadable` with a reason, and the child
is replaced. Children stay alive between mails, so that reading costs one hop and not one start.
"""

import os
import queue
import signal
import socket
import subprocess
import sys
import time
from types import TracebackType
from typing import Final, Self

from vaxel.channels.mail.reading import limits, wire
from vaxel.kit.mail import Mail

_CHILD: Final = "vaxel.channels.mail.reading.child"
#: Seconds for a new child to be there; the mail's own time begins after it.
_START: Final = 20.0
#: A child is replaced after so many mails, and after a large one: memory in pieces is not given back.
_MAILS_PER_CHILD: Final = 2_000


class Readers:
    """Reads mails in `processes` children; safe to call from many threads at once.

    with Readers() as readers:
        mail = readers.read(raw)

    Children start when they are first needed and end with `close`, or when this process ends.
    """

    def __init__(self, *, processes: int = 2) -> None:
        #: A place for each child; None where none has been started yet. The last one used is taken first.
        self._places: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._processes = processes
        for _ in range(processes):
            self._places.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, raw: bytes) -> Mail:
        """What the mail says. Never raises for a mail: the worst case is `unreadable`, with its reason."""
        if len(raw) > limits.LONGEST_MAIL:
            return too_long(len(raw))
        child = self._places.get()
        try:
            if child is not None and not child.is_alive():
                child.end()
                child = None
            child = child or _Child()
            mail = child.read(raw)
            if child.is_worn:
                child.end()
        except _LostError as lost:
            mail = Mail(kind="unreadable", reason=str(lost))
        finally:
            self._places.put(child)
        return mail

    def close(self) -> None:
        """End the children; one that is still reading is waited for, which its limits bound."""
        for _ in range(self._processes):
            child = self._places.get()
            if child is not None:
                child.end()
        for _ in range(self._processes):
            self._places.put(None)


def too_long(size: int) -> Mail:
    """A mail that is not even looked at."""
    most = limits.LONGEST_MAIL // 1_000_000
    return Mail(kind="unreadable", reason=f"It is {size / 1_000_000:.0f} MB long; at most {most} MB are read.")


class _LostError(RuntimeError):
    """The child did not answer; the message says why."""


class _Child:
    """One child process and the socket to it. Used by one thread at a time."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        # Nothing of our surroundings goes along: no secrets, no settings, no open files.
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own command line
                [sys.executable, "-I", "-m", _CHILD],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
                cwd=os.sep,
                start_new_session=True,
            )
        self._deadline = 0.0
        self._mails = 0
        self._is_worn = False
        self._is_ready = False

    def is_alive(self) -> bool:
        """False once it was ended, or died by itself between two mails."""
        return self._process.poll() is None

    @property
    def is_worn(self) -> bool:
        """True when a fresh one is better for the next mail."""
        return self._is_worn or self._mails >= _MAILS_PER_CHILD

    def read(self, raw: bytes) -> Mail:
        """Let it read; raises `_LostError` and ends it when it does not answer in time, or with nonsense."""
        self._mails += 1
        self._is_worn = len(raw) > limits.LARGE_MAIL
        try:
            self._wait_until_ready()
            self._deadline = time.monotonic() + limits.WALL_SECONDS
            self._send(wire.LENGTH.pack(len(raw)))
            self._send(raw)
            return wire.mail_from(self._receive, most=len(raw))
        except TimeoutError:
            self.end()
            raise _LostError(f"Reading it took more than {limits.WALL_SECONDS:g} seconds.") from None
        except (OSError, EOFError):
            self.end()
            raise _LostError(self._how_it_died()) from None
        except wire.WireError as error:
            self.end()
            raise _LostError(f"The reader gave a wrong answer: {error}.") from error

    def end(self) -> None:
        """Stop it at once; nothing is lost, for it holds nothing."""
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        """A child says one byte when it has loaded everything: the mail's own time begins then."""
        if not self._is_ready:
            self._deadline = time.monotonic() + _START
            self._receive(1)
            self._is_ready = True

    def _send(self, data: bytes) -> None:
        self._socket.settimeout(self._seconds_left())
        self._socket.sendall(data)

    def _receive(self, size: int) -> bytes:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            self._socket.settimeout(self._seconds_left())
            count = self._socket.recv_into(view)
            if count == 0:
                raise EOFError
            view = view[count:]
        return bytes(data)

    def _seconds_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _how_it_died(self) -> str:
        code = self._process.returncode
        if code == -signal.SIGPROF:
            return f"Reading it took more than {limits.SECONDS:g} seconds of processor time."
        return f"The reader broke while reading it ({code})."
