"""One at a time with a data folder: a run, or a restore."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vaxel.cli.start_error import StartError


def address_of_run(data: Path) -> str | None:
    """Where the `vaxel run` with this data folder serves its pages; None when none runs."""
    try:
        with (data / "run.lock").open() as file:
            told = re.search(r"https?://\S+", file.read())
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return told[0] if told else None
    except OSError:
        return None
    return None


@contextmanager
def only_one_with(data: Path, who: str) -> Iterator[None]:
    """Hold the data folder; the kernel lets go of it when this process ends, however it ends. Raises StartError.

    The lock goes on to a program that this one turns into.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "run.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise StartError(
                f"Växel runs already with the data folder {data} ({file.read().strip() or 'just started'}). "
                "Stop it first, or name another folder with VAXEL_DATA."
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()}, {who}\n")
        file.flush()
        os.set_inheritable(file.fileno(), True)
        yield
