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
    ("limits", "code"),
    [
        (Limits(seconds=0.01), "trial.too-long"),
        (Limits(megabytes=10), "trial.reading-too-large"),
    ],
)
def test_t26_draft_that_takes_too_much_is_stopped_with_a_sentence(limits: Limits, code: str) -> None:
    found = proven(wide_policy(), limits)

    assert found.stopped is not None
    assert (found.stopped.code, found.proof, found.differences) == (code, None, None)


def test_t26_file_that_takes_for_ever_to_read_is_stopped_with_a_sentence() -> None:
    keys = ".".join("a" for _ in range(60_000))
    stopped = proven(f"{keys} = 1\n", Limits(reading_seconds=0.5)).stopped

    assert stopped is not None
    assert stopped.in_("sv").startswith("Det tog mer än 0.5 sekunder att läsa filen, och läsningen avbröts.")


@pytest.mark.parametrize(
    ("source", "ahead"),
    [
        ("[desk", "ahead.text"),
        ("[desk]", "ahead.shape"),
        (KOMPASS.replace('plan = "enterprise"', 'plan = "enterprize"', 1), "ahead.references"),
        (KOMPASS.replace('because = ["commercial"]', 'because = ["nobody"]', 1), "ahead.comparison"),
        (KOMPASS, None),
    ],
)
def test_proof_says_what_comes_when_its_faults_are_mended(source: str, ahead: str | None) -> None:
    proof = proven(source).proof

    assert proof is not None
    assert bool(proof.faults) == (ahead is not None)
    assert (proof.ahead.code if proof.ahead else None) == ahead


def test_first_faults_of_very_many_are_kept_and_the_others_counted() -> None:
    proof = proven(KOMPASS + "".join(f'[plans.more-{number}]\nname = "More"\n' for number in range(130))).proof

    assert proof is not None
    assert (len(proof.faults), proof.more) == (100, 30)


def test_proof_that_was_stopped_proves_nothing() -> None:
    assert not Proof(combinations=12, stopped=say("trial.too-long", seconds=60)).holds
