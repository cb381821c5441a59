"""A mail server that breaks where it is told to: at each phase of a delivery it can hang up, fall silent or say no."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from io import BufferedRWPair
from typing import Final

#: Where a delivery can break, in order. After "end" the whole mail is here, only our word for it is missing.
PHASES: Final = ("connect", "ehlo", "mail", "rcpt", "data", "end", "quit")
#: The server cannot have taken the mail before this one.
BEFORE_WORDS: Final = PHASES[: PHASES.index("end")]
_REPLIES: Final = {
    "connect": "220 stub.example",
    "ehlo": "250 stub.example",
    "mail": "250 sender fine",
    "rcpt": "250 recipient fine",
    "data": "354 go ahead",
    "end": "250 taken",
    "quit": "221 good bye",
}


class _HangUpError(Exception):
    pass


class SmtpStub:
    """`plan` maps a phase to "drop", "hang", or the reply to give there instead of the good one."""

    def __init__(self) -> None:
        self.plan: dict[str, str] = {}
        #: The Message-ID of every mail whose words came here whole.
        self.taken: list[str] = []
        #: Set when a delivery hangs at its phase.
        self.hanging = threading.Event()
        self._release = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._ends.append(connection)
            threading.Thread(target=self._deliver, args=[connection], daemon=True).start()

    def close(self) -> None:
        self._release.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for end in [self._listener, *self._ends]:
            end.close()

    def _deliver(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as line:
            try:
                self._reply("connect", line)
                while verb := line.readline().decode().strip().upper():
                    self._answer(verb, line)
            except (_HangUpError, OSError):
                return

    def _answer(self, verb: str, line: BufferedRWPair) -> None:
        phase = verb.split(maxsplit=1)[0].lower()
        if phase not in PHASES:
            self._say("250 fine", line)
            return
        self._reply(phase, line)
        if phase == "data" and "data" not in self.plan:
            self._take_words(line)

    def _take_words(self, line: BufferedRWPair) -> None:
        words = b""
        while (read := line.readline()) != b".\r\n":
            if not read:
                raise _HangUpError
            words += read
        refused = self.plan.get("end", "250")[0] in "45"
        if not refused:
            self.taken.append(message_from_bytes(words)["Message-ID"].strip())
        self._reply("end", line)

    def _reply(self, phase: str, line: BufferedRWPair) -> None:
        plan = self.plan.get(phase, _REPLIES[phase])
        if plan == "hang":
            self.hanging.set()
            self._release.wait(60)
            raise _HangUpError
        if plan == "drop":
            raise _HangUpError
        self._say(plan, line)

    def _say(self, words: str, line: BufferedRWPair) -> None:
        line.write(words.encode() + b"\r\n")
        line.flush()


@contextmanager
def smtp_stub() -> Iterator[SmtpStub]:
    """A running stub on a port of its own."""
    stub = SmtpStub()
    thread = threading.Thread(target=stub.serve, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.close()
        thread.join(5)
