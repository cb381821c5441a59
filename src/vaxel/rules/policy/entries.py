"""What two policy files say otherwise beside what they decide: hours, seats, prices, texts.

`diff` compares decisions; this compares what is written, so that nothing changes unseen from one version to another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.policy.wording import EVERY_LANGUAGE
from vaxel.rules.sentences import say

#: What each section's rules decide: the comparison of decisions tells it, by the questions that it changes.
_DECIDED: Final[Mapping[str, frozenset[str]]] = {
    "routes": frozenset({"when", "to"}),
    "access": frozenset({"when", "to", "allow", "instead"}),
    "channels": frozenset({"when", "channels", "allow"}),
    "forms": frozenset({"when", "required"}),
    "checklists": frozenset({"when"}),
    "billing": frozenset({"when", "kind", "confirm"}),
    "targets": frozenset({"when", "clock", "destinations", "promise", "within", "same_day", "calendar"}),
    "notify": frozenset({"when", "roles"}),
}
#: Told by themselves: examples by name, names that came or went by `diff`.
_TOLD_ELSEWHERE: Final = frozenset({"examples"})
_NAMED: Final = frozenset({"products", "plans", "topics", "kinds", "roles", "destinations", "facts"})


#: Beginnings of places that rules look at when they decide: the same rule may then decide otherwise. In [facts] it is
#: all but the words.
_LOOKED_AT: Final = ("calendars.", "certificates.", "desk.time_zone", "facts.", "mail.")
_WORDS: Final = frozenset({"name", "text", "labels", "question", "unit", "because", "how"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the file, as `plans.bas.contacts`, with what stood and what stands there; "" is nothing."""

    place: str
    before: str
    after: str

    @property
    def is_looked_at(self) -> bool:
        """Whether rules look at it, as at hours, limits and versions, so that they may decide otherwise by it."""
        return self.place.startswith(_LOOKED_AT) and not _WORDS & set(self.place.split("."))

    def told(self, language: str = "en") -> str:
        """`plans.bas.contacts: 3 → 5`."""
        nothing = say("entry.nothing")
        said = say("change.what", aspect=self.place, before=self.before or nothing, after=self.after or nothing)
        return said.in_(language)


def entries_changed(before: PolicyFile, after: PolicyFile) -> tuple[Entry, ...]:
    """Every value that differs, in the order of the file, apart from what rules decide and from `_TOLD_ELSEWHERE`."""
    old, new = _leaves(before), _leaves(after)
    gone = _gone_or_new(before, after)
    return tuple(
        Entry(place, old.get(place, ""), new.get(place, ""))
        for place in dict.fromkeys((*old, *new))
        if old.get(place, "") != new.get(place, "") and not place.startswith(gone)
    )


def _gone_or_new(before: PolicyFile, after: PolicyFile) -> tuple[str, ...]:
    """Beginnings of the places of names that only one of the files has."""
    return tuple(
        f"{section}.{name}."
        for section in sorted(_NAMED)
        for name in getattr(before, section).keys() ^ getattr(after, section).keys()
    )


def _leaves(file: PolicyFile) -> dict[str, str]:
    plain = file.model_dump(mode="json", exclude=set(_TOLD_ELSEWHERE), exclude_none=True)
    return {
        place: value
        for section, whole in plain.items()
        for place, value in _walk(section, whole, left_out=_DECIDED.get(section, frozenset()))
    }


def _walk(place: str, value: Any, *, left_out: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """(place, value) of all that is written below; rules and items are found by their name, wherever they stand."""
    match value:
        case Mapping():
            for key, each in value.items():
                if key not in left_out:
                    yield from _walk(place if key == EVERY_LANGUAGE else f"{place}.{key}", each)
        case [{"name": _}, *_]:
            for each in value:
                yield from _walk(f"{place}.{each['name']}", each, left_out=left_out | {"name"})
        case list():
            yield place, ", ".join(map(_said, value))
        case _:
            yield place, _said(value)


def _said(value: Any) -> str:
    """A value as the file writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_said(each)}" for key, each in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_said, value)) + "]"
        case _:
            return str(value)
