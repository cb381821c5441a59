"""A draft whose proof takes too much costs itself alone, and says so."""

import pytest

from tests import factories as world
from tests.rules.policy.wide_policy import wide_policy
from vaxel.domain.publishing.findings import Proof
from vaxel.domain.publishing.prover import Limits, Proven, prove
from vaxel.rules.sentences import say

KOMPASS = world.policy_source("kompass")


def proven(source: str, limits: Limits | None = None) -> Proven:
    return prove(draft=source, published=KOMPASS, limits=limits or Limits())


def test_draft_is_proven_and_compared_outside_of_this_process() -> None:
    found = proven(KOMPASS.replace('cut_off = "15:00"', 'cut_off = "14:00"'))

    assert found.proof is not None
    assert found.differences is not None
    assert found.proof.holds
    assert (found.stopped, found.differences.changes) == (None, ())


def test_words_that_are_no_policy_are_told_as_faults() -> None:
    found = proven("[desk")

    assert found.proof is not None
    assert [str(fault.problem) for fault in found.proof.faults] == [
        "This is not TOML: expected ']' at the end of a table declaration."
    ]


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(seconds=0.05), "trial.too-long"), (Limits(megabytes=10), "trial.too-large")]
)
def test_proof_that_takes_too_much_is_stopped_with_a_sentence(limits: Limits, code: str) -> None:
    found = proven(wide_policy(), limits)

    assert found.stopped is not None
    assert (found.stopped.code, found.proof, found.differences) == (code, None, None)


def test_proof_that_was_stopped_proves_nothing() -> None:
    assert not Proof(combinations=12, stopped=say("trial.too-long", seconds=60)).holds
