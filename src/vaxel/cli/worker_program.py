"""The worker's own program (`python -m vaxel.cli.worker_program CONCURRENCY`).

`vaxel worker` turns into it once its options are read: reading them takes 5 MB that working does not need.
"""

import gc
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Final, NoReturn

import django

from vaxel.kit.later import SELDOM_USED, as_if_loaded
from vaxel.kit.places import forget_places
from vaxel.kit.plain_requests import load_requests

#: By its name: it imports tables, and Django is started before them.
_WORKING: Final = "vaxel.cli.working"


def become_worker(*, concurrency: int) -> NoReturn:
    """Replace this program by a worker."""
    os.execv(sys.executable, worker_command(concurrency=concurrency))  # noqa: S606  # our own command line


def worker_command(*, concurrency: int) -> list[str]:
    """The command line of a worker that does so many jobs at the same time."""
    return [sys.executable, "-m", __name__, str(concurrency)]


def load() -> ModuleType:
    """All that a worker needs. It stays, so no garbage is looked for in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vaxel.project.settings")
    gc.disable()
    load_requests()
    with as_if_loaded(*SELDOM_USED):
        django.setup()
    working = import_module(_WORKING)
    forget_places()
    gc.enable()
    gc.collect()
    gc.freeze()
    return working


if __name__ == "__main__":
    load().work(concurrency=int(sys.argv[1]))
