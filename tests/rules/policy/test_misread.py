"""What would be read otherwise than its writer means: refused, never decided by."""

import pytest

from tests.rules.policy.small_policy import changed, faults_of

VERSION = """[facts.v]
name = "V"
from = "version"
values = ["new", "old"]
versions = {{ new = [{new}], old = ["*"] }}
"""


@pytest.mark.parametrize("pattern", [">=9", "<10", "~9.1", "^9", "9.x", "9.X.1", "x", "[89].*", "8.*, 9.*", "8.*|9.*"])
def test_version_that_is_no_pattern_is_refused(pattern: str) -> None:
    assert faults_of(changed(added=VERSION.format(new=f'"{pattern}"'))) == [
        (
            f'p.toml:145: facts › v › versions › new: "{pattern}" fits only a version that is written just so. List '
            'the versions: "8.*" is all that begin with 8., and several patterns are a list.'
        )
    ]


@pytest.mark.parametrize("pattern", ["9.*", "9.1-beta", "2026 R2", "9.?", "10.1_x64", "max"])
def test_version_that_is_written_so_is_taken(pattern: str) -> None:
    assert not any("versions" in fault for fault in faults_of(changed(added=VERSION.format(new=f'"{pattern}"'))))


def test_character_that_nobody_sees_is_refused() -> None:
    text = changed(('name = "Extra"', r'name = "Ex\u0000tra"'), ("Faults go to support.", r"Faults \u202e go."))

    assert faults_of(text) == [
        "p.toml:13: products › extra › name: The text has a character that nobody sees (U+0000): remove it.",
        'p.toml:76: routes 1 "faults" › because: The text has a character that nobody sees (U+202E): remove it.',
    ]


def test_keys_within_keys_are_out_of_bounds() -> None:
    text = changed(added=f"[{'.'.join('abcdefghijklmnopqrstuvwxyz')}]")

    assert faults_of(text) == ["p.toml: a: This is not TOML that can be read: a value is out of bounds."]


def test_mark_of_a_file_before_its_words_is_no_fault() -> None:
    assert faults_of(f"\ufeff{changed()}") == []
