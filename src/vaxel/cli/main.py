"""`vaxel …`: each command's module is imported only when that command is called.

`vaxel policy` and `vaxel mail read` answer in half a second because of it: they load no Django.
"""

import importlib
import sys
from difflib import get_close_matches
from typing import Final

import typer

from vaxel.cli.faults import StartError

#: Name of the command, the typer app that answers it, and its line in `vaxel --help` (which imports nothing).
COMMANDS: Final = {
    "run": ("vaxel.cli.run:run_app", "Run everything: web, worker and the embedded database."),
    "web": ("vaxel.cli.web:web_app", "Run the web server alone."),
    "worker": ("vaxel.cli.worker:worker_app", "Run a worker alone."),
    "policy": ("vaxel.cli.policy:policy_app", "Check, explain and publish a desk's policy."),
    "setup": ("vaxel.cli.setup:setup_app", "Make the database and bring it up to date."),
    "demo": ("vaxel.cli.demo:demo_app", "Fill an installation with the two example desks."),
    "check": ("vaxel.cli.check:check_app", "Tell the state of every part."),
}


def main() -> None:
    """Find the command's module, import it, and let it answer."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"--help", "-h", "help"}:
        typer.echo(_overview())
        raise SystemExit(0)
    name = arguments[0]
    if name not in COMMANDS:
        typer.echo(_unknown(name), err=True)
        raise SystemExit(2)
    module, _, attribute = COMMANDS[name][0].partition(":")
    app: typer.Typer = getattr(importlib.import_module(module), attribute)
    try:
        app(args=arguments[1:], prog_name=f"vaxel {name}")
    except StartError as fault:
        typer.echo(f"vaxel: {fault}", err=True)
        raise SystemExit(1) from None


def _overview() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {line}" for name, (_, line) in COMMANDS.items()]
    return "\n".join(["Usage: vaxel COMMAND …", "", *lines, "", "vaxel COMMAND --help tells more about one."])


def _unknown(name: str) -> str:
    near = get_close_matches(name, COMMANDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no command {name}.{hint} The commands are: {', '.join(COMMANDS)}."


if __name__ == "__main__":
    main()
