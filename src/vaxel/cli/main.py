"""`vaxel …`: each command's module is imported only when that command is called.

`vaxel policy` and `vaxel mail read` answer in half a second because of it: they load no Django.
"""

import gc
import importlib
import sys
from difflib import get_close_matches
from typing import Final, NamedTuple

import typer

from vaxel.cli.start_error import StartError


class Command(NamedTuple):
    """Where a command is, and its line in `vaxel --help`, which imports nothing."""

    app: str
    line: str
    #: True when the module imports tables: Django is started before it.
    django: bool = False


COMMANDS: Final = {
    "run": Command("vaxel.cli.run:run_app", "Run everything: web, worker and the embedded database."),
    "web": Command("vaxel.cli.web:web_app", "Run the web server alone."),
    "worker": Command("vaxel.cli.worker:worker_app", "Run a worker alone."),
    "policy": Command("vaxel.cli.policy:policy_app", "Check, explain and compare policies; no database needed."),
    "policy publish": Command("vaxel.cli.published:publish_app", "Let a desk decide by a policy.", django=True),
    "policy replay": Command("vaxel.cli.published:replay_app", "Decide earlier questions by it again.", django=True),
    "mail ingest": Command("vaxel.cli.mail_in:ingest_app", "Take in mails from files or a pipe.", django=True),
    "mail listen": Command("vaxel.cli.mail_in:listen_app", "Receive mails from a mail server.", django=True),
    "mail forget": Command("vaxel.cli.mail_in:forget_app", "Forget old mails, or say how many would go.", django=True),
    "mail": Command("vaxel.cli.mail:mail_app", "Read mails as a mailbox would; no database needed."),
    "setup": Command("vaxel.cli.setup:setup_app", "Make the database and bring it up to date.", django=True),
    "desk": Command("vaxel.cli.desk:desk_app", "Open a desk, load its people, look at it.", django=True),
    "manual": Command("vaxel.cli.manual:manual_app", "Bring a desk's manual in from Markdown, or out.", django=True),
    "demo": Command("vaxel.cli.demo:demo_app", "Fill an installation with the example desks.", django=True),
    "retention": Command("vaxel.cli.retention:retention_app", "Let go of what is kept no longer.", django=True),
    "backup": Command("vaxel.cli.backup:backup_app", "Write the whole installation to one file.", django=True),
    "restore": Command("vaxel.cli.backup:restore_app", "Put such a file in place.", django=True),
    "check": Command("vaxel.cli.check:check_app", "Tell the state of every part.", django=True),
}


def main() -> None:
    """Find the command's module, import it, and let it answer."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"--help", "-h", "help"}:
        typer.echo(_overview())
        raise SystemExit(0)
    words = 2 if " ".join(arguments[:2]) in COMMANDS else 1
    name = " ".join(arguments[:words])
    if name not in COMMANDS:
        typer.echo(_unknown(name), err=True)
        raise SystemExit(2)
    try:
        _app(COMMANDS[name])(args=arguments[words:], prog_name=f"vaxel {name}")
    except StartError as fault:
        typer.echo(f"vaxel: {fault}", err=True)
        raise SystemExit(1) from None


def _app(command: Command) -> typer.Typer:
    """The command's app. No garbage is collected meanwhile: there is none, and looking takes a seventh of the start."""
    gc.disable()
    try:
        return _loaded(command)
    finally:
        gc.enable()


def _loaded(command: Command) -> typer.Typer:
    if command.django:
        importlib.import_module("vaxel.cli.installation").start_django()
    module, _, attribute = command.app.partition(":")
    app: typer.Typer = getattr(importlib.import_module(module), attribute)
    return app


def _overview() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {command.line}" for name, command in COMMANDS.items()]
    return "\n".join(["Usage: vaxel COMMAND …", "", *lines, "", "vaxel COMMAND --help tells more about one."])


def _unknown(name: str) -> str:
    near = get_close_matches(name, COMMANDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no command {name}.{hint} The commands are: {', '.join(COMMANDS)}."


if __name__ == "__main__":
    main()
