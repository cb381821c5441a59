"""`[small_jobs]`: the section's faults, and whether a job of some size may be offered."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from vaxel.rules.policy import PolicyFaultsError, read_policy

KOMPASS = tomllib.loads((Path(__file__).parents[3] / "examples" / "desks" / "kompass.toml").read_text(encoding="utf-8"))


def with_terms(**terms: Any) -> str:
    return tomli_w.dumps({**KOMPASS, "small_jobs": {**KOMPASS["small_jobs"], **terms}})


@pytest.mark.parametrize(
    ("terms", "path", "problem"),
    [
        ({"effort": "efort"}, ("small_jobs", "effort"), '"efort" is not a fact with from = "agent" and number = true.'),
        ({"at": "local-contacts"}, ("small_jobs", "at"), '"local-contacts" is not a destination where people work.'),
        ({"notify": ["acount-manager"]}, ("small_jobs", "notify"), '"acount-manager" is not a role.'),
    ],
)
def test_section_that_names_what_there_is_not_is_refused(
    terms: dict[str, Any], path: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(PolicyFaultsError) as caught:
        read_policy(with_terms(**terms))

    assert [(fault.path, str(fault.problem)) for fault in caught.value.faults] == [(path, problem)]


def test_section_that_tells_nobody_is_refused() -> None:
    with pytest.raises(PolicyFaultsError):
        read_policy(with_terms(notify=[]))
