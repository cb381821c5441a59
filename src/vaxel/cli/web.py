"""`vaxel web`: the web server alone, for an installation of many machines and as a child of `vaxel run`."""

import os
import signal
from typing import Annotated

import typer
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from vaxel.cli import faults
from vaxel.kit.processes import PARENT_VARIABLE, end_with_parent

web_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@web_app.command()
def web(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(help="Server processes; about one per core.")] = 2,
) -> None:
    """Serve the pages. The database must be up to date: `vaxel setup` sees to that."""
    end_with_parent(signal.SIGTERM)
    faults.require_free_port(host, port)
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
