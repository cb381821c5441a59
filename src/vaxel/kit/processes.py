"""What a process asks of the kernel: not to outlive the process that started it."""

import ctypes
import os
import signal
import sys
from typing import Final

#: Names the process that started this one; a child refuses to live without it.
PARENT_VARIABLE: Final = "VAXEL_PARENT"
#: `prctl(2)`: the signal that this process gets when its parent dies.
_PR_SET_PDEATHSIG: Final = 1


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
