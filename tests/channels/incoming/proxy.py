"""A proxy on loopback that breaks a connection after so many bytes of the server's answers (trust 69)."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: What makes closing a reset instead of a goodbye.
_RESET = struct.pack("ii", 1, 0)


@contextmanager
def cutting_proxy(port: int, *, after: int, reset: bool = False) -> Iterator[int]:
    """The port to connect to instead; every connection is cut after `after` bytes from the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        stop = threading.Event()
        accepting = threading.Thread(target=_accept, args=(listener, port, after, reset, stop), daemon=True)
        accepting.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            stop.set()
            accepting.join(timeout=5)


def _accept(listener: socket.socket, port: int, after: int, reset: bool, stop: threading.Event) -> None:  # noqa: FBT001
    while not stop.is_set():
        with suppress(TimeoutError):
            client, _address = listener.accept()
            server = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=_copy, args=(client, server, None, False), daemon=True).start()
            threading.Thread(target=_copy, args=(server, client, after, reset), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket, left: int | None, reset: bool) -> None:  # noqa: FBT001
    with suppress(OSError):
        while data := source.recv(4096):
            target.sendall(data if left is None else data[:left])
            left = None if left is None else left - len(data)
            if left is not None and left <= 0:
                break
    for each in (source, target):
        with suppress(OSError):
            if reset:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            # Somebody else may be reading from it: closing alone would not wake them.
            each.shutdown(socket.SHUT_RDWR)
        each.close()
