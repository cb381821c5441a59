"""A line between the program and its database that can go dead without either end being told (trust 71)."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Line:
    """Passes bytes on until it is cut; what comes after a cut gets a line of its own, which works."""

    def __init__(self, to: Path) -> None:
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._dead: set[threading.Event] = set()
        self._alive: set[threading.Event] = set()
        self._ending = threading.Event()

    @property
    def port(self) -> int:
        """Where to connect instead."""
        port: int = self._listener.getsockname()[1]
        return port

    def cut(self) -> int:
        """Every connection goes silent and stays open, as when a firewall forgets it; how many there were."""
        cut, self._alive = self._alive, set()
        for each in cut:
            each.set()
        return len(cut)

    def serve(self) -> None:
        """Until closed."""
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            dead = threading.Event()
            self._alive.add(dead)
            threading.Thread(target=self._pass_on, args=[near, dead], daemon=True).start()

    def close(self) -> None:
        """The end of the test: everything is closed."""
        self._ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _pass_on(self, near: socket.socket, dead: threading.Event) -> None:
        with near, socket.socket(socket.AF_UNIX) as far:
            far.connect(str(self._to))
            other = {near: far, far: near}
            while not self._ending.is_set() and not dead.is_set():
                readable, _, _ = select.select([near, far], [], [], 0.1)
                for end in readable:
                    if dead.is_set() or not self._hand_over(end, other[end]):
                        break
                else:
                    continue
                if not dead.is_set():
                    return
            # Silent: nothing is read any more, nothing is closed. The far end is let go of, as a server that
            # was replaced would be.
            far.close()
            self._ending.wait()

    def _hand_over(self, end: socket.socket, other: socket.socket) -> bool:
        try:
            piece = end.recv(65536)
            other.sendall(piece)
        except OSError:
            return False
        return bool(piece)


@contextmanager
def line_to(to: Path) -> Iterator[Line]:
    """A line to the socket of a server for as long as the block lasts."""
    line = Line(to)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.close()
        thread.join(5)
