"""What can be wrong before anything runs: each fault is one sentence that says what to do."""

import errno
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil

from vaxel.cli.start_error import StartError

#: Below this much free space the database could not even finish recovering.
LEAST_FREE_BYTES: Final = 500 * 1024 * 1024
_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
#: Set by `make run`.
_STARTED_BY_MAKE: Final = "STARTED_BY_MAKE"
#: Every address of the machine.
EVERYWHERE: Final = {"0.0.0.0", "::"}  # noqa: S104  # compared, not bound


def require_free_port(host: str, port: int, *, command: str = "vaxel run") -> None:
    """Raise unless a server may listen there; `command` is what was typed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise StartError(f"No machine is called {host}. Use --host 127.0.0.1") from error
        except OSError as error:
            raise StartError(_why_not_listening(error, host, port, command)) from error


def _why_not_listening(error: OSError, host: str, port: int, command: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use{_by_whom(port)}. Stop that, or choose another one: {_typed(command, port + 1)}"
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own servers. Choose one above 1023: {_typed(command, 8000)}"
    return f"This machine has no address {host}. Use --host 127.0.0.1, or 0.0.0.0 for all its addresses."


def _typed(command: str, port: int) -> str:
    """What to type for another port: make's own word when make started us, for it sets more than the port."""
    return f"make run PORT={port}" if _STARTED_BY_MAKE in os.environ else f"{command} --port {port}"


def _by_whom(port: int) -> str:
    """The name of the process that listens, as far as we are allowed to see."""
    try:
        listening = psutil.net_connections(kind="tcp")
        found = next(
            one.pid
            for one in listening
            if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port and one.pid
        )
        return f" by {psutil.Process(found).name()} (process {found})"
    except (StopIteration, psutil.Error):
        return ""


def require_data_folder(data: Path) -> None:
    """Raise unless files can be made in the data folder and there is room for them."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            free = shutil.disk_usage(data).free
    except OSError as error:
        raise StartError(unwritable(data, error)) from error
    if free < LEAST_FREE_BYTES:
        raise StartError(
            f"Only {free // 1024**2} MB are free where the data folder {data} is; Växel needs "
            f"{LEAST_FREE_BYTES // 1024**2}. Make room, or name another folder with VAXEL_DATA."
        )


def unwritable(data: Path, error: OSError) -> str:
    """The sentence for a data folder that cannot be written."""
    if error.errno == errno.ENOSPC:
        return f"The disk of the data folder {data} is full. Make room, or name another folder with VAXEL_DATA."
    return (
        f"The data folder {data} cannot be written ({error.strerror}). "
        "Correct its owner and rights, or name another folder with VAXEL_DATA."
    )


def require_private_demo(*, demo: bool, host: str, base_url: str) -> None:
    """Raise when a demonstration, where everybody may sign in as anybody, could be reached from outside."""
    if not demo:
        return
    named = urlsplit(base_url).hostname or ""
    for where in (host, named):
        if where not in _LOOPBACK:
            raise StartError(
                f"VAXEL_DEMO lets everybody sign in as anybody, and {where} can be reached from other machines. "
                "Unset VAXEL_DEMO, or use 127.0.0.1 in --host and VAXEL_BASE_URL."
            )


def require_known_address(host: str, *, given: bool) -> None:
    """Raise when the server listens everywhere and nobody has said by which address people reach it."""
    if host in EVERYWHERE and not given:
        raise StartError(
            f"{host} means every address of this machine. Say in VAXEL_BASE_URL which one people use, "
            "for example VAXEL_BASE_URL=http://192.0.2.7:8000"
        )
