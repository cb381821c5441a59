"""Names that look changed: what is gone from one policy and what has come in the other are used in the same way."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vaxel.rules.policy.rulebook import PolicyFile

#: What people read, and what a rule is called: neither tells what a policy does.
_WORDS: Final = frozenset({"name", "text", "because", "helped_by"})
#: Put where the name stood. No name of a policy can be like it.
_HERE: Final = "(here)"


def renamed(before: PolicyFile, after: PolicyFile, section: str) -> dict[str, str]:
    """Old names of the section that look like new ones: declared alike, and asked about by rules that are alike.

    It is what it looks like, never sure. Where several names would do, none is told.
    """
    old, new = getattr(before, section), getattr(after, section)
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    if not gone or not come:
        return {}
    were, are = _uses(before, section, gone), _uses(after, section, come)
    one_of_each = {each for each, count in Counter(were.values()).items() if count == 1}
    one_of_each &= {each for each, count in Counter(are.values()).items() if count == 1}
    named = {use: name for name, use in are.items()}
    return {name: named[use] for name, use in were.items() if use in one_of_each}


def _uses(file: PolicyFile, section: str, names: list[str]) -> dict[str, str]:
    """All that the file says about each name, in one comparable value."""
    # What is left at its default says nothing: else a plan called "max" would stand in each fact without a limit.
    plain = file.model_dump(mode="json", exclude={"examples"}, exclude_defaults=True)
    parts = [(key, part) for key, whole in plain.items() for part in _parts(whole)]
    return {name: "\n".join(_about(name, plain[section][name], parts)) for name in names}


def _parts(whole: Any) -> list[Any]:
    """The rules of a section, or its declarations by name; a section that is one thing is its only part."""
    if isinstance(whole, list):
        return whole
    return [{key: value} for key, value in whole.items()] if isinstance(whole, dict) else []


def _about(name: str, declared: Any, parts: list[tuple[str, Any]]) -> Iterator[str]:
    yield repr(_without_words(declared, name))
    for key, part in parts:
        told = _without_words(part, name)
        if _mentions(told):
            yield f"{key}: {told!r}"


def _without_words(value: Any, name: str) -> Any:
    """The value with its words left out, and a mark wherever the name stands."""
    match value:
        case Mapping():
            kept = {key: each for key, each in value.items() if key not in _WORDS}
            return {_marked(key, name): _without_words(each, name) for key, each in kept.items()}
        case list():
            return [_without_words(each, name) for each in value]
        case _:
            return _marked(value, name)


def _marked(value: Any, name: str) -> Any:
    return _HERE if value == name else value


def _mentions(value: Any) -> bool:
    match value:
        case Mapping():
            return _HERE in value or any(_mentions(each) for each in value.values())
        case list():
            return any(_mentions(each) for each in value)
        case _:
            return bool(value == _HERE)
