"""The installation that is measured: an embedded database full of tickets, and the real server in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from bench.figures import OUT
from vaxel.kit.database import EMBEDDED_USER, embedded_socket
from vaxel.kit.embedded import embedded_server

DATA = OUT / "var"
DESK = "kompass"
_ROOT = Path(__file__).parents[1]
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers, and how to reach its database from here."""

    port: int
    tickets: int
    process: psutil.Process
    database_url: str


_here: list[Running] = []


def running() -> Running:
    """The installation that was started last; the benchmarks of pages ask it."""
    if not _here:
        raise RuntimeError("no server runs: start the benchmarks with `python -m bench`")
    return _here[-1]


@contextmanager
def database_server() -> Iterator[None]:
    """The database server, for as long as the block lasts."""
    with embedded_server(DATA):
        yield


@contextmanager
def installation(*, tickets: int) -> Iterator[None]:
    """Fill a database with so many tickets unless that was done before, and start the server on a copy.

    What the benchmarks send and answer goes into the copy, so that each run meets the desk as it was filled. Needs
    the database server; several installations may run in each other.
    """
    with ExitStack() as stack:
        _create(_filled(tickets))
        _point_django_at(_filled(tickets))
        _fill(tickets)
        _create(_measured(tickets), copied_from=_filled(tickets))
        # What the copy left to be written would be written while pages are measured.
        os.sync()
        stack.callback(_drop, _measured(tickets))
        _point_django_at(_measured(tickets))
        server = stack.enter_context(web_server("bench.page_settings"))
        url = _url(_measured(tickets))
        _here.append(Running(port=server.port, tickets=tickets, process=server.process, database_url=url))
        stack.callback(_here.pop)
        yield


def _filled(tickets: int) -> str:
    return f"bench_{tickets}"


def _measured(tickets: int) -> str:
    return f"bench_measured_{tickets}"


def _create(name: str, *, copied_from: str = "") -> None:
    """A database; the copy of another one takes the place of an earlier copy, another stays if it is there."""
    if copied_from:
        _drop(name)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        _on_server(copy.format(sql.Identifier(name), sql.Identifier(copied_from)))
    elif name not in _databases():
        _on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(name: str) -> None:
    _on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _databases() -> set[str]:
    with psycopg.connect(host=_socket(), user=EMBEDDED_USER, dbname="postgres") as server:
        return {name for (name,) in server.execute("SELECT datname FROM pg_database")}


def _on_server(command: sql.Composed) -> None:
    with psycopg.connect(host=_socket(), user=EMBEDDED_USER, dbname="postgres", autocommit=True) as server:
        server.execute(command)


def _point_django_at(name: str) -> None:
    """This process and the server's read the same settings."""
    os.environ.update(
        VAXEL_DATA=str(DATA),
        VAXEL_DATABASE_URL=_url(name),
        VAXEL_DEMO="true",
        DJANGO_SETTINGS_MODULE="vaxel.project.settings",
    )


def _url(name: str) -> str:
    return f"postgresql://{EMBEDDED_USER}@/{name}?host={_socket()}"


def _socket() -> str:
    return str(embedded_socket(DATA))


def _fill(tickets: int) -> None:
    """In a process of its own, so that this one stays small and its Django starts fresh."""
    command = [sys.executable, "-m", "bench.fill", str(tickets)]
    subprocess.run(command, check=True, cwd=_ROOT)  # noqa: S603  # our own module


@dataclass(frozen=True, slots=True)
class Server:
    """`vaxel web` as a process."""

    port: int
    process: psutil.Process


@contextmanager
def web_server(settings: str) -> Iterator[Server]:
    """Run `vaxel web` with these settings for as long as the block lasts."""
    port = _free_port()
    base_url = f"http://127.0.0.1:{port}"
    with _vaxel("web", "--port", str(port), DJANGO_SETTINGS_MODULE=settings, VAXEL_BASE_URL=base_url) as process:
        _wait_for(port, process)
        yield Server(port=port, process=psutil.Process(process.pid))


@contextmanager
def worker() -> Iterator[psutil.Process]:
    """Run `vaxel worker` for as long as the block lasts."""
    with _vaxel("worker") as process:
        yield psutil.Process(process.pid)


@contextmanager
def _vaxel(*arguments: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of the real program; what it says goes to bench/out."""
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}", **variables}
    # As `make` runs it: compiling a library that was not kept costs its time and 8 MB in each process.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "vaxel.cli.main", *arguments]
    with (OUT / f"{arguments[0]}.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=_ROOT, stdout=log, stderr=log)  # noqa: S603  # our own
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/web/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the server does not answer (exit code {process.poll()}): see bench/out/web.log")
