"""The child process that proves one draft: JSON comes in on standard input, findings go out line by line.

`python -m vaxel.domain.publishing.prover_child`, started by `prover`, which watches the wall clock. It knows no
database and loads no Django. The proof is written before the comparison begins, so that it is there if the comparison
is not.
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
    Proof,
    faults_found,
    proof_of,
)
from vaxel.rules.policy import Policy, PolicyFaultsError, check, compare, read_policy

#: Which exit tells the parent that the memory was not enough.
NO_MEMORY: Final = 3
_POLITELY: Final = 5


def main() -> None:
    """Read, take the limits, prove, compare."""
    asked = json.load(sys.stdin)
    _limit(seconds=asked["seconds"], memory=asked["bytes"])
    try:
        _prove(asked["draft"], asked["published"])
    except MemoryError:
        sys.stdout.flush()
        os._exit(NO_MEMORY)


def _limit(*, seconds: float, memory: int) -> None:
    """Seconds of processor time, after which the signal ends us, and bytes of memory. Others go first."""
    os.nice(_POLITELY)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _prove(source: str, published: str) -> None:
    try:
        draft = read_policy(source)
    except PolicyFaultsError as error:
        _tell(PROOF.to_json(Proof(faults=faults_found(error.faults, source))))
        return
    proof = proof_of(check(draft, text=source), source)
    _tell(PROOF.to_json(proof))
    if proof.holds:
        _tell(DIFFERENCES.to_json(_differences(read_policy(published), draft)))


def _differences(published: Policy, draft: Policy) -> Differences:
    changes = compare(published, draft)
    return Differences(changes=changes[:MOST_LISTED], more=max(0, len(changes) - MOST_LISTED))


def _tell(found: dict[str, Any]) -> None:
    print(json.dumps(found), flush=True)  # noqa: T201  # standard output is how it answers


if __name__ == "__main__":
    main()
