"""One process that serves pages (`python -m vaxel.cli.serving HOST PORT`).

`vaxel.cli.server` loads the pages and parts into such processes; one that fell later begins here, on its own.
"""

import asyncio
import gc
import os
import signal
import sys
from importlib import import_module
from typing import Final, NoReturn

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from vaxel.cli.keeper import STOP_SIGNALS
from vaxel.kit.later import SELDOM_USED, as_if_loaded
from vaxel.kit.plain_requests import load_requests
from vaxel.kit.processes import end_with_parent

#: By its name: it stands above the commands and knows all that the pages need.
_PAGES: Final = "vaxel.project.asgi"
#: Connections that wait to be taken, and requests that one process has under way.
_BACKLOG: Final = 1024
_AT_ONCE: Final = 512


def load_pages() -> None:
    """Load the application. Processes that part from this one afterwards share its memory.

    A page of memory that one of them writes to is copied, so the garbage collector leaves alone what is loaded. It
    looks once: nearly nothing of it goes away again.
    """
    gc.disable()
    load_requests()
    with as_if_loaded(*SELDOM_USED):
        import_module(_PAGES)
    gc.enable()
    gc.collect()
    gc.freeze()


def serve_pages(*, host: str, port: int) -> NoReturn:
    """Serve until told to stop, or until the process that keeps this one is gone; then end.

    At once, without taking the interpreter down: the server's own threads would come back into it and panic.
    """
    end_with_parent(signal.SIGKILL)
    told_to_stop = asyncio.run(_serve(host, port))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if told_to_stop else 1)


async def _serve(host: str, port: int) -> bool:
    """Whether it ended because it was told to; without that it could not serve, and has said why."""
    server = Server(
        import_module(_PAGES).application,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        runtime_blocking_threads=2,
        backlog=_BACKLOG,
        backpressure=_AT_ONCE,
        # Its warnings are one alone: that granian calls this way of running it an experiment.
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, server.stop)
    await server.serve()
    return server.interrupt_signal


if __name__ == "__main__":
    load_pages()
    serve_pages(host=sys.argv[1], port=int(sys.argv[2]))
