"""How people hear of things: what they have chosen where they may choose, and at once where they may not."""

import pytest

from vaxel.domain.notices.ways import DEFAULTS, WAYS, Way, way_of


@pytest.mark.parametrize(
    ("who", "kind", "chosen", "way"),
    [
        ("staff", "assigned", {}, "each"),
        ("staff", "assigned", {"assigned": "off"}, "off"),
        ("staff", "new-in-team", {}, "off"),
        ("staff", "new-in-team", {"new-in-team": "digest"}, "digest"),
        ("person", "answer", {"answer": "digest"}, "digest"),
        # What takes something back is heard of like that.
        ("person", "not-solved", {"solved": "off"}, "off"),
        ("person", "not-solved", {}, "each"),
        # What was kept by an older version, or by nobody we know, counts for nothing.
        ("person", "answer", {"answer": "fax"}, "each"),
        # What must be told is nobody's choice.
        ("staff", "job-news", {"job-news": "off"}, "each"),
        ("staff", "handed-over", {"handed-over": "digest"}, "each"),
        ("person", "first-line", {"first-line": "off"}, "each"),
        ("person", "assigned", {"assigned": "off"}, "each"),
        ("colleague", "answer", {"answer": "off"}, "each"),
    ],
)
def test_way_is_the_chosen_one_where_there_is_a_choice(who: str, kind: str, chosen: dict[str, str], way: Way) -> None:
    assert way_of(who, kind, chosen) == way


def test_every_default_is_a_way_that_can_be_chosen() -> None:
    assert {way for defaults in DEFAULTS.values() for way in defaults.values()} <= set(WAYS)
