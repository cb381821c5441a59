"""Reading a draft, proving it and comparing it with what is published: in a child process with limits.

Files can be written that take hours, or all memory there is, to read or to prove. Such a draft costs itself alone:
pages, mail and clocks go on beside it, and its writer reads what happened.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Final, Literal

from vaxel.domain.publishing.findings import DIFFERENCES, PROOF, Differences, Proof
from vaxel.domain.publishing.prover_child import NO_MEMORY
from vaxel.rules.sentences import Sentence, say

_CHILD: Final = "vaxel.domain.publishing.prover_child"
#: Room for a machine that is busy with other things, as many times the processor time.
_PATIENCE: Final = 3
_MEGABYTE: Final = 1024 * 1024
#: Python tells it; pydantic's own code gives up at once, and a machine without memory ends whom it chooses.
_OUT_OF_MEMORY: Final = frozenset({NO_MEMORY, -signal.SIGABRT, -signal.SIGKILL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds of processor time and megabytes of memory for one draft. The largest policy we know of takes a tenth.

    Reading has seconds of its own: a policy that is published is read by every process that decides by it.
    """

    reading_seconds: float = 5
    seconds: float = 60
    megabytes: int = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What was found as far as the child came; `stopped` tells why it came no further."""

    proof: Proof | None = None
    differences: Differences | None = None
    stopped: Sentence | None = None


class ProverError(RuntimeError):
    """The child broke by a fault of ours; the message is for those who run the installation."""


def prove(*, draft: str, published: str, limits: Limits) -> Proven:
    """Prove the draft and, if it holds, compare it with the published policy. Raises ProverError."""
    asked = {
        "draft": draft,
        "published": published,
        "reading_seconds": limits.reading_seconds,
        "seconds": limits.seconds,
        "bytes": limits.megabytes * _MEGABYTE,
    }
    try:
        # Nothing of our surroundings goes along: no secrets, no settings, no open files.
        done = subprocess.run(  # noqa: S603  # our own command line
            [sys.executable, "-I", "-m", _CHILD],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=(limits.reading_seconds + limits.seconds) * _PATIENCE,
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
            cwd=os.sep,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return _found(late.stdout or b"", limits, stopped_by="time")
    if done.returncode == -signal.SIGPROF:
        return _found(done.stdout, limits, stopped_by="time")
    if done.returncode in _OUT_OF_MEMORY:
        return _found(done.stdout, limits, stopped_by="memory")
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise ProverError(f"The child broke while proving ({done.returncode}): {''.join(told[-1:])[:300]}")
    return _found(done.stdout, limits, stopped_by=None)


def _found(told: bytes, limits: Limits, *, stopped_by: Literal["time", "memory"] | None) -> Proven:
    """Whole lines alone count: what was being written when the child ended is nothing."""
    found: dict[str, Any] = {}
    for line in told.split(b"\n")[:-1]:
        found.update(json.loads(line))
    return Proven(
        proof=PROOF.from_json(found.get("proof")),
        differences=DIFFERENCES.from_json(found.get("differences")),
        stopped=None if stopped_by is None else _stopped(stopped_by, limits, is_read="is_read" in found),
    )


def _stopped(by: Literal["time", "memory"], limits: Limits, *, is_read: bool) -> Sentence:
    if by == "memory":
        return say("trial.too-large" if is_read else "trial.reading-too-large", megabytes=limits.megabytes)
    if is_read:
        return say("trial.too-long", seconds=f"{limits.seconds:g}")
    return say("trial.reading-too-long", seconds=f"{limits.reading_seconds:g}")
