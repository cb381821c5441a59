"""The child process: mails come in over one socket, answers go out over it, until it is closed.

`python -m vaxel.channels.mail.reading.child`, started by `vaxel.channels.mail.readers` with the socket as standard
input. It sets its own limits anew for each mail; whoever started it watches the wall clock.
"""

import resource
import signal
import socket
from typing import Final

from vaxel.channels.mail.reading import limits
from vaxel.channels.mail.reading.reader import read
from vaxel.channels.mail.reading.wire import LENGTH, frames

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
            for frame in frames(read(stream.read(size))):
                connection.sendall(frame)


def _arm(size: int) -> None:
    """Limits for the next mail: the kernel ends this process by SIGPROF when its processor time is over."""
    signal.setitimer(signal.ITIMER_PROF, limits.SECONDS)
    memory = limits.LARGE_MEMORY if size > limits.LARGE_MAIL else limits.MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


if __name__ == "__main__":
    serve(socket.socket(fileno=0))
