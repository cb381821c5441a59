"""`vaxel run`: everything under one command, for one machine.

The order of a start: what can be wrong is looked at, the database comes up, its tables are brought up to date, a
demonstration gets its data, then web and worker run as children until somebody says stop.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import typer
from django.conf import settings

from vaxel.cli import faults
from vaxel.cli.folder_lock import only_one_with
from vaxel.cli.installation import read_settings, tell_of_unknown
from vaxel.cli.prepared import has_desk, is_prepared
from vaxel.cli.start_error import StartError
from vaxel.cli.supervisor import Plan, become_supervisor, child_environment, own_command
from vaxel.cli.worker import CONCURRENCY
from vaxel.cli.worker_program import worker_command
from vaxel.kit.database import DatabaseAddressError, embedded_folder, require_usable
from vaxel.kit.embedded import EmbeddedDatabaseError, start_embedded

run_app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)

_PORT: Final = 8000
#: Server processes; with four threads each they keep two cores busy.
_PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """As people on this machine type it."""
        host = "127.0.0.1" if self.host in faults.EVERYWHERE else self.host
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}"


@run_app.command()
def run(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = _PORT,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, help="Server processes; about one per core.")] = _PROCESSES,
) -> None:
    """Run web, worker and, unless VAXEL_DATABASE_URL names another, the embedded database. Ctrl-C stops all."""
    # Unwind and stop what was started, also when the signal comes before the supervisor listens for it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = Address(host, port)
    given = bool(os.environ.get("VAXEL_BASE_URL"))
    os.environ.setdefault("VAXEL_BASE_URL", address.url)
    env = read_settings()
    tell_of_unknown(env)
    data = env.data.resolve()
    faults.require_data_folder(data)
    faults.require_private_demo(demo=env.demo and not env.demo_is_public_on_purpose, host=host, base_url=env.base_url)
    faults.require_known_address(host, given=given)
    with only_one_with(data, f"{address.url}/"):
        faults.require_free_port(host, port)
        with _database(env) as database_lock:
            _prepare(env)
            become_supervisor(_plan(env, address, processes=processes, database_lock=database_lock))


@contextmanager
def _database(env: Any) -> Iterator[str]:
    """The named database, checked; or the embedded one, started here and stopped when the block ends.

    Gives the embedded one's lock file, and an empty text for another.
    """
    url = env.database_url.get_secret_value()
    if url:
        try:
            require_usable(url)
        except DatabaseAddressError as error:
            raise StartError(str(error)) from error
        yield ""
        return
    typer.echo("Starting the database …")
    try:
        server = start_embedded(env.data)
    except EmbeddedDatabaseError as error:
        raise StartError(str(error)) from error
    try:
        yield str(embedded_folder(env.data) / "postmaster.pid")
    finally:
        server.stop()


def _prepare(env: Any) -> None:
    """Bring the database up to date and fill a demonstration, in processes that give their memory back."""
    if is_prepared(settings.INSTALLED_APPS, env.database(), demo=env.demo):
        return
    steps = [own_command("setup", "--quiet")]
    if env.demo:
        steps.append(own_command("demo", "fill", "--if-empty"))
    for step in steps:
        code = subprocess.run(step, env=child_environment(), check=False).returncode  # noqa: S603  # our own
        if code != 0:
            raise StartError("The start was given up; the reason stands above.")


def _plan(env: Any, address: Address, *, processes: int, database_lock: str) -> Plan:
    server = [sys.executable, "-m", "vaxel.cli.server", address.host, str(address.port), str(processes)]
    demo = [
        f"       {address.url}/demo/ lets you sign in as one of the demo people",
        f"       {address.url}/demo/mail/ shows the mails that the demonstration sends",
    ]
    return Plan(
        commands={"The web server": server, "The worker": worker_command(concurrency=CONCURRENCY)},
        host=address.host,
        port=address.port,
        name=urlsplit(env.base_url).netloc,
        when_ready=[
            f"Ready: {address.url}/",
            *_public_address(env, address),
            *(demo if env.demo else ()),
            *_first_steps(env),
            "       Ctrl-C stops it.",
        ],
        database_lock=database_lock,
        database_start=[sys.executable, "-m", "vaxel.kit.embedded", str(env.data)] if database_lock else [],
    )


def _public_address(env: Any, address: Address) -> list[str]:
    """Where people find it, when that is not where it listens: behind a proxy."""
    return [] if env.base_url == address.url else [f"       People find it at {env.base_url}/ (VAXEL_BASE_URL)."]


def _first_steps(env: Any) -> list[str]:
    """What to do where nobody can sign in yet."""
    if has_desk(env.database()):
        return []
    return [
        "       There is no desk yet. In another terminal: vaxel desk create POLICY.toml --admin-name … --admin-mail …"
    ]
