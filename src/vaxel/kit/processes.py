"""What a process asks for: not to outlive the process that started it, and little memory."""

import ctypes
import os
import signal
import sys
from typing import Final

#: Names the process that started this one; a child refuses to live without it.
PARENT_VARIABLE: Final = "VAXEL_PARENT"
#: `prctl(2)`: the signal that this process gets when its parent dies.
_PR_SET_PDEATHSIG: Final = 1

#: What glibc and Python read when a program starts. Threads share one heap: a heap for each holds 3 MB more in each
#: process, and only one thread of Python's takes memory at a time anyway. Lines do not keep the columns of their parts:
#: that is 1 MB, and only the marks below a traceback's lines are made of it.
LEAN: Final = {"MALLOC_ARENA_MAX": "1", "PYTHONNODEBUGRANGES": "1"}


def be_lean() -> None:
    """Let the program that this one turns into, and those that it starts, take less memory; what is set stays so."""
    for name, value in LEAN.items():
        os.environ.setdefault(name, value)


def end_with_parent(how: signal.Signals) -> None:
    """Be sent `how` when the parent named in the environment dies, even by `kill -9`; without a name do nothing.

    A parent that died before the kernel was asked is noticed too. Linux only; elsewhere it does nothing.
    """
    parent = os.environ.get(PARENT_VARIABLE)
    if parent is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(how))
    if os.getppid() != int(parent):
        raise SystemExit(0)
