"""Reports as PDF, set by a child process that can neither open files nor reach the network (trust 38).

What people have written goes to the child as data and is placed as letters: no part of it is ever read as markup.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from threading import BoundedSemaphore
from typing import Final

from vaxel.insight.reports.meeting_report import MeetingReport

_CHILD: Final = "vaxel.insight.reports.printing.child"
#: Seconds from the start of the child to the last byte of the PDF; setting takes a few hundredths of one.
WALL_SECONDS: Final = 20.0
#: Bytes of a report as JSON: hundreds of pages.
LONGEST_REPORT: Final = 2_000_000
#: Reports that one process of ours has set at the same time, and seconds that another one waits for its turn.
_AT_ONCE: Final = BoundedSemaphore(2)
_PATIENCE: Final = 10.0


class PrintingError(RuntimeError):
    """No PDF was made; the message says why."""


def print_report(report: MeetingReport) -> bytes:
    """The report as a PDF. Raises PrintingError."""
    return print_data(json.dumps(asdict(report), ensure_ascii=False).encode())


def print_data(data: bytes, *, seconds: float = WALL_SECONDS) -> bytes:
    """A PDF of a report as JSON, made within so many seconds. Raises PrintingError."""
    if len(data) > LONGEST_REPORT:
        raise PrintingError(f"The report has {len(data)} bytes; at most {LONGEST_REPORT} are set.")
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise PrintingError("Other reports are being made. Try again in a moment.")
    try:
        return _ask_child(data, seconds=seconds)
    finally:
        _AT_ONCE.release()


def _ask_child(data: bytes, *, seconds: float) -> bytes:
    # Nothing of our surroundings goes along: no secrets, no settings, no open files.
    try:
        done = subprocess.run(  # noqa: S603  # our own command line
            [sys.executable, "-I", "-m", _CHILD],
            input=data,
            capture_output=True,
            timeout=seconds,
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"},
            cwd=os.sep,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PrintingError(f"Setting it took more than {seconds:g} seconds.") from None
    if done.returncode == -signal.SIGPROF:
        raise PrintingError("Setting it took too much processor time.")
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise PrintingError(f"The child broke while setting it ({done.returncode}): {''.join(told[-1:])[:300]}")
    return done.stdout
