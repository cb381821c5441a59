"""The child process: mails come in over one socket, answers go out over it, until it is closed.

`python -m vaxel.channels.mail.reading.child`, started by `vaxel.channels.mail.readers` with the socket as standard
input. It sets its own limits anew for each mail; whoever started it watches the wall clock.
"""

import math
import resource
import socket
from typing import Final

from vaxel.channels.mail.reading import limits
from vaxel.channels.mail.reading.reader import read
from vaxel.channels.mail.reading.wire import LENGTH, frames
from vaxel.kit.mail import Mail

#: It writes no files and needs few: what it may still open are Python's own modules.
_OPEN_FILES: Final = 32
#: Said once everything is loaded.
READY: Final = b"!"


def serve(connection: socket.socket) -> None:
    """Answer mail after mail."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    connection.sendall(READY)
    with connection.makefile("rb") as stream:
        while length := stream.read(LENGTH.size):
            (size,) = LENGTH.unpack(length)
            _arm(size)
            for frame in frames(_read(stream.read(size))):
                connection.sendall(frame)


def _arm(size: int) -> None:
    """Limits for the next mail: processor time counts from the process's start, so what was used is added."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime + limits.SECONDS)
    memory = limits.LARGE_MEMORY if size > limits.LARGE_MAIL else limits.MEMORY
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


def _read(raw: bytes) -> Mail:
    try:
        return read(raw)
    except MemoryError:
        return Mail(kind="unreadable", reason="It needs more memory than one mail may have.")


if __name__ == "__main__":
    serve(socket.socket(fileno=0))
