"""The web server's own program (`python -m vaxel.cli.server HOST PORT PROCESSES`).

`vaxel web` turns into it once its options are read: reading them takes 12 MB that serving does not need.
"""

import gc
import os
import signal
import sys
from importlib import import_module
from typing import Final, NoReturn

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from vaxel.kit.processes import PARENT_VARIABLE, end_with_parent

#: By its name: it stands above the commands and knows all that the pages need.
_PAGES: Final = "vaxel.project.asgi"
_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def become_server(*, host: str, port: int, processes: int) -> NoReturn:
    """Replace this program by the web server.

    Its threads share one heap, unless the installation says otherwise: a heap for each holds 3 MB more in each
    process, and only one thread of Python's takes memory at a time anyway.
    """
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")
    os.execv(  # noqa: S606  # our own command line
        sys.executable, [sys.executable, "-m", __name__, host, str(port), str(processes)]
    )


def serve(*, host: str, port: int, processes: int) -> None:
    """Serve the pages until told to stop."""
    end_with_parent(signal.SIGTERM)
    # The server's own processes end with this one, however it ends: `vaxel.project.asgi` asks for it.
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    _load_pages()
    end_when_told_before_ready()
    Granian(
        f"{_PAGES}:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=processes,
        http=HTTPModes.http1,
        websockets=False,
        runtime_blocking_threads=2,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()


def end_when_told_before_ready() -> None:
    """Let the server's processes end at once when they are told to before they have begun to serve.

    Until each has set its own handlers it has those of the server, which only note the signal for the server's loop:
    it would be lost, and the process killed after seconds of waiting.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS),
        after_in_parent=_listen_again,
        after_in_child=_forget_handlers,
    )


def _forget_handlers() -> None:
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    _listen_again()


def _listen_again() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOP_SIGNALS)


def _load_pages() -> None:
    """Load the application before the server's processes part from this one, so that they share its memory.

    A page of memory that one of them writes to is copied, so the garbage collector leaves alone what is loaded. It
    looks once: nearly nothing of it goes away again.
    """
    gc.disable()
    import_module(_PAGES)
    gc.enable()
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    serve(host=sys.argv[1], port=int(sys.argv[2]), processes=int(sys.argv[3]))
