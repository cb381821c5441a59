"""Real workers as processes of their own, on the test's database, that can be killed in the middle of a job."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection


@contextmanager
def worker(*, smtp_port: int, database: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A worker that sends to the given port; stopped at the end unless the test has killed it.

    `database` is an address of the test's database other than its own.
    """
    process = subprocess.Popen(  # our own command
        [sys.executable, "-m", "vaxel.cli.main", "worker", "--concurrency", "1"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "vaxel.project.settings",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "VAXEL_DATABASE_URL": database or _address_of_the_test_database(),
            "VAXEL_SMTP_HOST": "127.0.0.1",
            "VAXEL_SMTP_PORT": str(smtp_port),
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(60)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As the kernel does when memory runs out: nothing is said, nothing is tidied up."""
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def wait_until(what: Callable[[], bool], *, seconds: float = 120) -> None:
    """Look until it is true; fail when it does not become so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


def _address_of_the_test_database() -> str:
    at = connection.settings_dict
    return f"postgresql://{at['USER']}@/{at['NAME']}?host={quote(str(at['HOST']), safe='')}"
