"""What is written otherwise in two policies, beside what they decide."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.rules.policy.small_policy import DESKS, SMALL, changed
from vaxel.rules.policy import PolicyFile, compare, entries_changed, read_policy

KOMPASS = (DESKS / "kompass.toml").read_text("utf-8")
#: What a rule decides: the comparison of decisions tells it, by the questions that it changes.
DECIDING = {
    "routes": {"when", "to"},
    "access": {"when", "to", "allow", "instead"},
    "channels": {"when", "channels", "allow"},
    "forms": {"when", "required"},
    "checklists": {"when"},
    "billing": {"when", "kind", "confirm"},
    "targets": {"when", "clock", "destinations", "promise", "within", "same_day", "calendar"},
    "notify": {"when", "roles"},
}


def written(before: str, after: str) -> list[str]:
    one, other = read_policy(before), read_policy(after)
    return [entry.told() for entry in entries_changed(one.file, other.file)]


def test_equal_files_say_the_same() -> None:
    assert written(SMALL, SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            'weekdays = ["08:00-17:00"]',
            'weekdays = ["09:00-16:00"]',
            ["calendars.office.open.weekdays: 08:00-17:00 → 09:00-16:00"],
            id="hours",
        ),
        pytest.param("contacts = 2\n", "contacts = 3\n", ["plans.standard.contacts: 2 → 3"], id="seats"),
    ],
)
def test_hours_and_seats_are_told_where_every_question_is_decided_as_before(
    old: str, new: str, told: list[str]
) -> None:
    assert old in KOMPASS
    after = KOMPASS.replace(old, new, 1)
    assert compare(read_policy(KOMPASS), read_policy(after)) == ()
    assert written(KOMPASS, after) == told


def test_reason_of_a_rule_is_found_by_the_name_of_the_rule() -> None:
    after = changed(("Faults go to support.", "Support takes faults."))
    assert written(SMALL, after) == ["routes.faults.because: Faults go to support. → Support takes faults."]


def test_what_one_of_the_files_lacks_is_told_as_not_there() -> None:
    added = "[calendars.night]\nalways = true\n"
    assert "calendars.night.always: not there → true" in written(SMALL, changed(added=added))


def test_names_that_come_and_go_are_left_to_the_comparison_of_decisions() -> None:
    assert written(SMALL, changed(("[products.extra]\n", "[products.more]\nentrance = true\n"))) == []


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every single value of a dumped file."""
    pairs: Any = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else None
    if pairs is None:
        yield path
        return
    for key, each in pairs:
        yield from _places(each, (*path, key))


def _other(value: Any, path: tuple[str | int, ...]) -> Any:
    """The value with another at the end of the path; whether the file would be read does not matter here."""
    if not path:
        return f"other than {value}"
    key, *rest = path
    copy: Any = dict(value) if isinstance(value, Mapping) else list(value)
    copy[key] = _other(copy[key], tuple(rest))
    return copy


class _Written(PolicyFile):
    """A file that is never read, only dumped: each of its values can be made another one."""

    plain: dict[str, Any]

    def model_dump(self, **_asked: Any) -> dict[str, Any]:
        return {key: each for key, each in self.plain.items() if key != "examples"}


def test_no_value_of_a_file_changes_unseen() -> None:
    """Every value is either told here, or decides something that the comparison of decisions looks at."""
    file = read_policy(KOMPASS).file
    plain = file.model_dump(mode="json", exclude_none=True)
    unseen = []
    for path in _places(plain):
        section, *rest = path
        if section == "examples" or (section in DECIDING and rest[1] in DECIDING[str(section)] | {"name"}):
            continue
        after = _Written.model_construct(**{**dict(file), "plain": _other(plain, path)})
        if not entries_changed(file, after):
            unseen.append(path)
    assert unseen == []
