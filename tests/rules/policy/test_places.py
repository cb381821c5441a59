"""The line of every key, through tables, arrays of tables, long lists and long strings."""

import pytest

from vaxel.rules.policy.faults import Path
from vaxel.rules.policy.places import Places

TEXT = '''# a comment with [brackets]
[desk]
name = "x # [y]"
because.sv = """
[routes]
to = "nowhere"
"""
list = [
  "[a]",
  { b = 1 },
]

[[routes]]
name = "one"
[[routes]]
name = "two"
[routes.when]
"plan" = "plus"
[a."b c".d]
e = 1
[[priorities.guidance]]
question = "?"
[[priorities.guidance]]
question = "!"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("desk",), 2),
        (("desk", "name"), 3),
        (("desk", "because", "sv"), 4),
        (("desk", "because", "en"), 2),
        (("desk", "list", 1, "b"), 8),
        (("routes",), 13),
        (("routes", 0, "name"), 14),
        (("routes", 1), 15),
        (("routes", 1, "when", "plan"), 18),
        (("routes", 1, "to"), 15),
        (("a", "b c", "d", "e"), 20),
        (("priorities", "guidance", 1, "question"), 24),
        (("elsewhere",), None),
        ((), None),
    ],
    ids=str,
)
def test_line_of_a_path(path: Path, line: int | None) -> None:
    assert Places(TEXT).line_of(path) == line
