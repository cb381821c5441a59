"""Which quota is used up for a question, told from what it would draw on if there were anything left."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vaxel.rules.policy import facts_from, read_policy
from vaxel.rules.policy.used_up import used_up

TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
TARNA = Path(__file__).parents[3] / "examples/desks/tarna.toml"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"plan": "bas", "kind": "fault", "faults": 1}, None),
        ({"plan": "bas", "kind": "fault", "faults": 2}, "faults"),
        ({"plan": "bas", "kind": "fault", "faults": 3}, "faults"),
        ({"plan": "bas", "kind": "how-to", "faults": 3}, None),
        ({"plan": "plus", "kind": "fault", "faults": 3}, None),
        ({"plan": "plus", "kind": "session", "sessions": 6}, "sessions"),
        ({"plan": "bas", "kind": "session", "sessions": 6}, None),
    ],
)
def test_quota_is_used_up_for_what_draws_on_it_and_for_nothing_else(given: dict[str, Any], name: str | None) -> None:
    policy = read_policy(TARNA.read_text(encoding="utf-8"))
    facts = facts_from(policy, {**given, "product": "booking", "products": ["booking"]})
    assert used_up(policy, facts, TUESDAY) == name
