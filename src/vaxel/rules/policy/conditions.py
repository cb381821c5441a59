"""Conditions: the tables of a `when`, read into integer tests.

A condition is a tuple of alternatives of which one must hold; an alternative is a tuple of tests that must all hold;
a test is a fact's place and the mask of values that pass. `((),)` always holds. Beside the facts, later sections may
test what earlier ones decided: destination, access and billing have places after the facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations
from typing import Any, Final

from vaxel.rules.policy.domain import (
    LEFT,
    UNKNOWN,
    USED_UP,
    YES_NO,
    Domain,
    Test,
    Variable,
    has,
    says_covered,
    state_of,
)
from vaxel.rules.policy.faults import FaultList, Path, nearest
from vaxel.rules.policy.instead import instead_of_fact
from vaxel.rules.policy.rulebook import PolicyFile, Rule
from vaxel.rules.sentences import joined, say

Alternative = tuple[Test, ...]
Condition = tuple[Alternative, ...]

ALWAYS: Final[Condition] = ((),)
ORDERED: Final = ("routes", "access", "channels", "billing", "targets")
ADDITIVE: Final = ("forms", "checklists", "notify")
#: Which results of earlier sections a section's conditions may ask about.
RESULTS_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "routes": (),
    "access": (),
    "channels": ("destination", "access"),
    "forms": ("destination", "access"),
    "checklists": ("destination", "access"),
    "billing": ("destination", "access"),
    "targets": ("destination", "access", "billing"),
    "notify": ("destination", "access", "billing"),
}

_COMPARISONS: Final = ("below", "at_least", "at_most", "above")
_PRODUCT_TESTS: Final = ("has", "has_any", "only", "lacks")
_MOST_ALTERNATIVES: Final = 512


def holds(condition: Condition, vector: Sequence[int]) -> bool:
    """Whether the facts (and results) in `vector` meet the condition."""
    for alternative in condition:
        for place, mask in alternative:
            if not mask >> vector[place] & 1:
                break
        else:
            return True
    return False


def rules_of(file: PolicyFile) -> Iterator[tuple[str, int, Rule]]:
    """Every rule of the file with its section and its place there."""
    for section in (*ORDERED, *ADDITIVE):
        for index, rule in enumerate(getattr(file, section)):
            yield section, index, rule


def number_cuts(file: PolicyFile) -> dict[str, tuple[int, ...]]:
    """The numbers at which the conditions of the file tell each number fact apart, ascending."""
    cuts: dict[str, set[int]] = {name: set() for name, fact in file.facts.items() if fact.number}
    for _, _, rule in rules_of(file):
        for table in rule.when:
            for key in cuts.keys() & table.keys():
                cuts[key].update(_cuts_of(table[key]))
    for name, fact in file.facts.items():
        if fact.number and fact.limits is not None:
            cuts[name].update(fact.limits.values())
    return {name: tuple(sorted(cut for cut in found if _inside(file, name, cut))) for name, found in cuts.items()}


def _inside(file: PolicyFile, name: str, cut: int) -> bool:
    fact = file.facts[name]
    return cut > (fact.min or 0) and (fact.max is None or cut <= fact.max)


def _cuts_of(value: Any) -> Iterator[int]:
    """The numbers from which on a condition on a number may answer otherwise than before."""
    match value:
        case bool():
            return
        case int():
            yield from (value, value + 1)
        case list() | tuple():
            for item in value:
                yield from _cuts_of(item)
        case {"not": refused}:
            yield from _cuts_of(refused)
        case Mapping():
            limits = ((key, limit) for key, limit in value.items() if isinstance(limit, int))
            yield from (limit + 1 if key in {"at_most", "above"} else limit for key, limit in limits)


@dataclass(frozen=True)
class Results:
    """The names that results of earlier sections can have, and their places after the facts."""

    variables: tuple[Variable, ...]
    first_place: int

    def place(self, name: str) -> int:
        return self.first_place + [variable.name for variable in self.variables].index(name)


class ConditionReader:
    """Reads the `when` of every rule against one domain; what it cannot read becomes a fault."""

    def __init__(self, file: PolicyFile, domain: Domain, results: Results, faults: FaultList) -> None:
        self._file = file
        self._domain = domain
        self._results = results
        self._faults = faults

    def read(self, rule: Rule, section: str, path: Path) -> tuple[Condition, ...]:
        """The condition of each table of the rule's `when`. After a fault they may be anything: the file is refused."""
        if not rule.when:
            return (ALWAYS,)
        conditions: list[Condition] = []
        for index, table in enumerate(rule.when):
            at = (*path, "when") if len(rule.when) == 1 else (*path, "when", index)
            conditions.append(tuple(self._read_table(table, section, at)))
        return tuple(conditions)

    def _read_table(self, table: Mapping[str, Any], section: str, path: Path) -> list[Alternative]:
        per_key = [self._read_key(key, value, section, (*path, key)) for key, value in table.items()]
        merged = [_merge(chosen) for chosen in combinations(*per_key)]
        possible = [alternative for alternative in merged if all(mask for _, mask in alternative)]
        if not possible and all(per_key):
            self._faults.add(path, say("condition.exclude", keys=joined("and", [f"`{key}`" for key in table])))
        if len(possible) > _MOST_ALTERNATIVES:
            self._faults.add(path, say("condition.too-branched"))
        return possible[:_MOST_ALTERNATIVES]

    def _read_key(self, key: str, value: Any, section: str, path: Path) -> list[Alternative]:
        known = RESULTS_KNOWN[section]
        if section == "channels" and key == "channel":
            self._faults.add(path, say("condition.channel"))
            return []
        if key == "scope":
            return self._scope(value, path)
        if key == "products":
            return self._products(value, path)
        if key in known:
            variable = next(each for each in self._results.variables if each.name == key)
            return self._values(self._results.place(key), variable, value, path)
        if key in self._domain.position and not says_covered(key):
            return self._fact(key, value, path)
        self._refuse_key(key, section, path)
        return []

    def _refuse_key(self, key: str, section: str, path: Path) -> None:
        allowed = ["scope", "products", *RESULTS_KNOWN[section]]
        allowed += [name for name in self._domain.position if " " not in name]
        if key in {"destination", "access", "billing"}:
            self._faults.add(path, say("condition.not-yet", key=key, section=section))
        else:
            near = nearest(key, allowed)
            hint = None if near else instead_of_fact(key)
            problem = say("condition.no-fact", fact=key)
            if hint is not None:
                problem = say("condition.no-fact-instead", fact=key, instead=hint)
            self._faults.add(path, problem, allowed=allowed, nearest=near)

    def _scope(self, value: Any, path: Path) -> list[Alternative]:
        scopes = Variable("scope", ("in", "out"))
        accepted = self._mask(scopes, value, path)
        if accepted is None:
            return []
        names = {scopes.values[index] for index in range(2) if accepted >> index & 1}
        kinds = [name for name, kind in self._file.kinds.items() if kind.scope in names]
        if not kinds:
            self._faults.add(path, say("condition.no-scope", scope="/".join(sorted(names))))
        return [(self._domain.test("kind", *kinds),)]

    def _fact(self, key: str, value: Any, path: Path) -> list[Alternative]:
        place = self._domain.position[key]
        variable = self._domain.variables[place]
        fact = self._file.facts.get(key)
        if fact is not None and fact.limits is not None and value in (LEFT, USED_UP):
            return [(self._domain.test(state_of(key), value),)]
        if variable.cuts is not None:
            return self._number(place, variable, value, path)
        return self._values(place, variable, value, path)

    def _values(self, place: int, variable: Variable, value: Any, path: Path) -> list[Alternative]:
        mask = self._mask(variable, value, path)
        return [] if mask is None else [((place, mask),)]

    def _mask(self, variable: Variable, value: Any, path: Path) -> int | None:
        """The values that pass: one, any of a list, or all but those under `not`."""
        if isinstance(value, Mapping):
            if set(value) != {"not"}:
                problem = say("condition.no-condition", value=_told(value), fact=variable.name)
                self._faults.add(path, problem, allowed=_FORMS)
                return None
            but = self._mask(variable, value["not"], (*path, "not"))
            if but is None:
                return None
            if but == variable.everything:
                self._faults.add(path, say("condition.nothing-left", fact=variable.name))
                return None
            return variable.everything & ~but
        items = value if isinstance(value, list | tuple) else [value]
        if not items:
            self._faults.add(path, say("condition.empty-list"), allowed=variable.values)
            return None
        return self._mask_of_items(variable, items, path)

    def _mask_of_items(self, variable: Variable, items: Iterable[Any], path: Path) -> int | None:
        mask = 0
        for item in items:
            name = _value_name(variable, item)
            if name not in variable.values:
                self._refuse_value(variable, item, path)
                return None
            mask |= variable.mask((name,))
        return mask

    def _refuse_value(self, variable: Variable, item: Any, path: Path) -> None:
        if variable.values == YES_NO:
            self._faults.add(path, say("condition.no-flag", value=_told(item)), allowed=YES_NO)
        elif isinstance(item, str):
            what = say("condition.value-of", fact=variable.name)
            self._faults.add_unknown(path, item, what, allowed=variable.values)
        elif isinstance(item, bool) and _told(item) in variable.values:
            self._faults.add(path, say("condition.no-quotes", value=_told(item), fact=variable.name))
        else:
            problem = say("condition.no-value", value=_told(item), fact=variable.name)
            self._faults.add(path, problem, allowed=variable.values)

    def _number(self, place: int, variable: Variable, value: Any, path: Path) -> list[Alternative]:
        """Comparisons and whole numbers; an unknown number meets no comparison."""
        accepted = 0
        for index, name in enumerate(variable.values):
            lowest = None if name == UNKNOWN else self._lowest(variable, index)
            outcome = _meets(value, lowest)
            if outcome is None:
                self._faults.add(path, say("condition.on-number", value=_told(value)), allowed=_NUMBER_FORMS)
                return []
            accepted |= outcome << index
        if not accepted:
            self._faults.add(path, say("condition.no-number", fact=variable.name, value=_told(value)))
            return []
        return [((place, accepted),)]

    def _lowest(self, variable: Variable, index: int) -> int:
        fact = self._file.facts[variable.name]
        return (fact.min or 0) if index == 0 else (variable.cuts or ())[index - 1]

    def _products(self, value: Any, path: Path) -> list[Alternative]:
        """What the agreement covers: `has` all, `has_any`, `only` these (at least one), `lacks` all."""
        if not isinstance(value, Mapping) or not value or not set(value) <= set(_PRODUCT_TESTS):
            self._faults.add(path, say("condition.on-products", value=_told(value)), allowed=_PRODUCT_FORMS)
            return []
        alternatives: list[Alternative] = [()]
        for key, names in value.items():
            listed = [names] if isinstance(names, str) else names
            if not self._are_products(listed, (*path, key)):
                return []
            found = self._product_test(key, listed)
            alternatives = [_merge(pair) for pair in combinations(alternatives, found)]
        possible = [alternative for alternative in alternatives if all(mask for _, mask in alternative)]
        if not possible:
            self._faults.add(path, say("condition.no-products", value=_told(value)))
        return possible

    def _are_products(self, names: Any, path: Path) -> bool:
        if not isinstance(names, list) or not names:
            self._faults.add(path, say("condition.name-product"), allowed=self._file.products)
            return False
        strange = [name for name in names if name not in self._file.products]
        for name in strange:
            self._faults.add_unknown(path, str(name), say("known.product-here"), allowed=self._file.products)
        return not strange

    def _product_test(self, key: str, names: Sequence[str]) -> list[Alternative]:
        def test(name: str, answer: str) -> Test:
            return self._domain.test(has(name), answer)

        if key == "has":
            return [tuple(test(name, "true") for name in names)]
        if key == "lacks":
            return [tuple(test(name, "false") for name in names)]
        others = tuple(test(name, "false") for name in self._file.products if name not in names)
        return [(test(name, "true"), *(others if key == "only" else ())) for name in names]


_FORMS: Final = (say("form.value"), say("form.list"), say("form.not"))
_NUMBER_FORMS: Final = (
    say("form.number"),
    *(say("form.comparison", key=key) for key in _COMPARISONS),
    say("form.two"),
    say("form.unknown"),
)
_PRODUCT_FORMS: Final = tuple(say("form.products", key=key) for key in _PRODUCT_TESTS)


def _merge(parts: Iterable[Alternative]) -> Alternative:
    """All tests of the parts, those on the same fact made one."""
    merged: dict[int, int] = {}
    for part in parts:
        for place, mask in part:
            merged[place] = merged.get(place, mask) & mask
    return tuple(merged.items())


def _value_name(variable: Variable, item: Any) -> Any:
    """Flags are written bare, true or false; everything else is text."""
    if isinstance(item, bool):
        return str(item).lower() if variable.values == YES_NO else item
    return None if variable.values == YES_NO else item


def _meets(value: Any, number: int | None) -> bool | None:
    """Whether the number (None: unknown) meets the condition; None if the condition is not one on numbers."""
    if value == UNKNOWN:
        return number is None
    if type(value) is int:
        return number == value
    if isinstance(value, list | tuple) and value:
        each = [_meets(item, number) for item in value]
        return None if None in each else any(each)
    return _meets_table(value, number) if isinstance(value, Mapping) and value else None


def _meets_table(table: Mapping[str, Any], number: int | None) -> bool | None:
    if set(table) == {"not"}:
        inner = _meets(table["not"], number)
        return None if inner is None else not inner
    if not set(table) <= set(_COMPARISONS) or not all(type(limit) is int for limit in table.values()):
        return None
    return number is not None and all(_compare(key, limit, number) for key, limit in table.items())


def _compare(key: str, limit: int, number: int) -> bool:
    return {"below": number < limit, "at_least": number >= limit, "at_most": number <= limit, "above": number > limit}[
        key
    ]


def _told(value: Any) -> str:
    """A value as the file writes it, near enough for the eye to find it."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_told(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)
