"""Numbers out of what somebody sent."""

import pytest

from vaxel.kit.numbers import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("17", 17),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        (" 1", None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        ("1_000", None),
        ("²", None),
        ("٣", None),
    ],
)
def test_number_in_takes_ascii_digits_and_nothing_else(text: str, number: int | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(("text", "number"), [("24", 24), ("25", None), ("024", None)])
def test_number_in_refuses_more_than_the_most(text: str, number: int | None) -> None:
    assert number_in(text, most=24) == number
