"""The child process that proves one draft: JSON comes in on standard input, findings go out line by line.

`python -m vaxel.domain.publishing.prover_child`, started by `prover`, which watches the wall clock. It knows no
database and loads no Django. Each stage is told before the next begins, so that it is there if the next is not: that
the file is read, the proof, the comparison. What somebody has typed is read nowhere else before it has been read here.
"""

import json
import os
import resource
import signal
import sys
from typing import Any, Final

from vaxel.domain.publishing.findings import (
    DIFFERENCES,
    MOST_LISTED,
    PROOF,
    Differences,
    proof_of,
    refused,
)
from vaxel.rules.policy import Policy, PolicyFaultsError, check, compare, read_policy

#: Which exit tells the parent that the memory was not enough.
NO_MEMORY: Final = 3
_POLITELY: Final = 5


def main() -> None:
    """Take the limits, read, prove, compare."""
    asked = json.load(sys.stdin)
    _limit(memory=asked["bytes"])
    try:
        _prove(asked)
    except (MemoryError, SystemError):
        # Where C code finds no memory and forgets to say so, Python tells of an error without a cause.
        sys.stdout.flush()
        os._exit(NO_MEMORY)


def _limit(*, memory: int) -> None:
    """Bytes of memory. Others go first."""
    os.nice(_POLITELY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _end_after(seconds: float) -> None:
    """Seconds of processor time from now, after which the signal ends us."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _prove(asked: dict[str, Any]) -> None:
    source: str = asked["draft"]
    _end_after(asked["reading_seconds"])
    try:
        draft = read_policy(source)
    except PolicyFaultsError as error:
        _tell(proof=PROOF.to_json(refused(error.faults, source, ahead=error.ahead)))
        return
    _tell(is_read=True)
    _end_after(asked["seconds"])
    proof = proof_of(check(draft, text=source), source)
    _tell(proof=PROOF.to_json(proof))
    if proof.holds:
        _tell(differences=DIFFERENCES.to_json(_differences(read_policy(asked["published"]), draft)))


def _differences(published: Policy, draft: Policy) -> Differences:
    changes = compare(published, draft)
    return Differences(changes=changes[:MOST_LISTED], more=max(0, len(changes) - MOST_LISTED))


def _tell(**found: dict[str, Any] | bool) -> None:
    print(json.dumps(found), flush=True)  # noqa: T201  # standard output is how it answers


if __name__ == "__main__":
    main()
