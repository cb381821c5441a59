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


def _load_pages() -> None:
    """Load the application before the server's processes part from this one, so that they share its memory.

    A page of memory that one of them writes to is copied, so the garbage collector leaves alone what is loaded.
    """
    import_module(_PAGES)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    serve(host=sys.argv[1], port=int(sys.argv[2]), processes=int(sys.argv[3]))
