"""Conditions of rules in words: "Plan: Standard or Enterprise"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vaxel.surfaces.workspace.policy.words import Words

Phrases = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule as people read it. It holds when all phrases of one of `when` do; an empty `when` is always."""

    name: str
    says: str
    because: str
    when: tuple[Phrases, ...]


def told_when(tables: Sequence[Mapping[str, Any]], words: Words) -> tuple[Phrases, ...]:
    """The tables of a `when`; of several, one must hold."""
    return tuple(tuple(_phrases(table, words)) for table in tables)


def _phrases(table: Mapping[str, Any], words: Words) -> Iterator[str]:
    for name, value in table.items():
        if name == "products":
            yield from _of_products(value, words)
        elif name in {"owned", "urgent"}:
            yield _flag(name, value=value is True)
        else:
            yield f"{words.fact(name)}: {_values(name, value, words)}"


def _flag(name: str, *, value: bool) -> str:
    if name == "urgent":
        return _("It is urgent") if value else _("It is not urgent")
    return _("The agreement covers the product") if value else _("The agreement does not cover the product")


def _of_products(value: Mapping[str, Any], words: Words) -> Iterator[str]:
    """What the agreement covers."""
    for test, given in value.items():
        names = [words.value("product", each) for each in ([given] if isinstance(given, str) else given)]
        match test:
            case "has":
                yield _("The agreement covers %(products)s") % {"products": words.all_of(names)}
            case "has_any":
                yield _("The agreement covers %(products)s") % {"products": words.either(names)}
            case "only":
                said = {"products": words.either(names)}
                yield _("The agreement covers %(products)s and nothing else") % said
            case _:
                yield _("The agreement does not cover %(products)s") % {"products": words.either(names)}


def _values(name: str, value: Any, words: Words) -> str:
    if isinstance(value, Mapping):
        if "not" in value:
            return _("not %(values)s") % {"values": _values(name, value["not"], words)}
        return words.all_of(_compared(test, limit) + _unit(name, words) for test, limit in value.items())
    if isinstance(value, list | tuple):
        return words.either(words.value(name, each) for each in value)
    return words.value(name, value) + (_unit(name, words) if type(value) is int else "")


def _compared(test: str, limit: int) -> str:
    said = {
        "below": _("below %(number)d"),
        "at_least": _("at least %(number)d"),
        "at_most": _("at most %(number)d"),
        "above": _("above %(number)d"),
    }
    return said[test] % {"number": limit}


def _unit(name: str, words: Words) -> str:
    fact = words.file.facts.get(name)
    return f" {words.text(fact.unit)}" if fact is not None and fact.unit is not None else ""
