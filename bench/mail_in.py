"""Mails a second from bytes to tickets, in the database of the other benchmarks: `python -m bench --only mail_in`.

Typical mails of 4 to 40 kB by known people, stored as a fetch stores them, then taken in by as many drains as there
are cores, each in a process of its own as workers are. Memory is looked at all the way through the queue.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.figures import Figure

MAILS = int(os.environ.get("BENCH_MAILS", "10000"))
PROCESSES = 2
GOAL = 100.0
_ROOT = Path(__file__).parents[1]


def measure() -> list[Figure]:
    """Store, drain, and what that cost in memory."""
    stored = json.loads(_told(_started("store")))
    began = time.monotonic()
    drained = [json.loads(_told(each)) for each in [_started("drain") for _ in range(PROCESSES)]]
    took = time.monotonic() - began
    settled = sum(each["settled"] for each in drained)
    whole = settled / (stored["seconds"] + took)
    note = f"{PROCESSES} processes, their start included"
    return [
        Figure("mails stored", MAILS / stored["seconds"], "/s", better="more", note="one process"),
        Figure("mails taken in", settled / took, "/s", better="more", note=note),
        Figure("mails from bytes to tickets", whole, "/s", goal=GOAL, better="more", note="one after the other"),
        _growth("memory of a drain, most against early", [each["memory"] for each in drained], 1),
        _growth("memory of its readers, most against early", [each["memory"] for each in drained], 2),
    ]


def _growth(name: str, drains: list[list[list[float]]], column: int) -> Figure:
    """How the worst drain's memory grew after the first look; beside it every look, in megabytes."""
    growth = max(max(look[column] for look in looks) / looks[0][column] for looks in drains)
    told = "; ".join(", ".join(f"{look[column]:.0f}" for look in looks) for looks in drains)
    return Figure(name, growth, "times", goal=1.2, note=f"MB: {told}")


def _started(what: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}"}
    command = [sys.executable, "-m", "bench.mail_in_work", what, str(MAILS)]
    return subprocess.Popen(  # noqa: S603  # our own module
        command, env=environment, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _told(process: "subprocess.Popen[bytes]") -> bytes:
    """The line of JSON that it ends with."""
    said, _nothing = process.communicate()
    if process.returncode:
        raise RuntimeError(f"the work ended with {process.returncode}")
    return said.strip().splitlines()[-1]
