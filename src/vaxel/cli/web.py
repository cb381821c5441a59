"""`vaxel web`: the web server alone, for an installation of many machines and as a child of `vaxel run`."""

from typing import Annotated

import typer

from vaxel.cli import faults
from vaxel.cli.installation import read_settings, tell_of_unknown
from vaxel.cli.server import become_server

web_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@web_app.command()
def web(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, help="Server processes; about one per core.")] = 2,
) -> None:
    """Serve the pages. The database must be up to date: `vaxel setup` sees to that."""
    env = read_settings()
    tell_of_unknown(env)
    faults.require_private_demo(demo=env.demo and not env.demo_is_public_on_purpose, host=host, base_url=env.base_url)
    faults.require_free_port(host, port, command="vaxel web")
    become_server(host=host, port=port, processes=processes)
