"""The web server's own program (`python -m vaxel.cli.server HOST PORT PROCESSES`).

`vaxel web` turns into it once its options are read: reading them takes 12 MB that serving does not need.
"""

import os
import signal
import sys
from typing import NoReturn

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from vaxel.kit.processes import PARENT_VARIABLE, end_with_parent


def become_server(*, host: str, port: int, processes: int) -> NoReturn:
    """Replace this program by the web server."""
    os.execv(  # noqa: S606  # our own command line
        sys.executable, [sys.executable, "-m", __name__, host, str(port), str(processes)]
    )


def serve(*, host: str, port: int, processes: int) -> None:
    """Serve the pages until told to stop."""
    end_with_parent(signal.SIGTERM)
    # The server's own processes end with this one, however it ends: `vaxel.project.asgi` asks for it.
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    Granian(
        "vaxel.project.asgi:application",
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


if __name__ == "__main__":
    serve(host=sys.argv[1], port=int(sys.argv[2]), processes=int(sys.argv[3]))
