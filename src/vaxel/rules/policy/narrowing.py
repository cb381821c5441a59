"""What rules leave open once some facts are settled: how a policy is told to people part by part.

"Where does this kind go?" and "what is promised on this plan?" are the same question: which rules of a section may
still decide, in their order, and what each asks besides what is settled already.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from vaxel.rules.policy.compiled import Policy, Ready
from vaxel.rules.policy.conditions import Condition
from vaxel.rules.policy.rulebook import Rule

R = TypeVar("R", bound=Rule)
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Open(Generic[R]):
    """A rule that may still decide. It does when one of `tables` holds, as the file writes them; () is always."""

    rule: R
    tables: tuple[Table, ...]

    @property
    def always(self) -> bool:
        return not self.tables


def left_open(policy: Policy, rules: Sequence[Ready[R]], settled: Mapping[str, str]) -> Iterator[Open[R]]:
    """The rules that may decide where the `settled` facts and results have these values, as far as the first that
    always does. A table that asks only about what is settled is not told again.
    """
    fixed = dict(_fixed(policy, settled))
    known = {*settled, *(("scope",) if "kind" in settled else ())}
    for ready in rules:
        tables = [
            {key: value for key, value in table.items() if key not in known}
            for table, condition in zip(ready.rule.when, ready.tables, strict=False)
            if _may_hold(condition, fixed)
        ]
        if ready.rule.when and not tables:
            continue
        still = () if not all(tables) else tuple(tables)
        yield Open(ready.rule, still)
        if not still:
            return


def _fixed(policy: Policy, settled: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Each settled name's place and the index of its value."""
    results = {variable.name: variable for variable in policy.results.variables}
    for name, value in settled.items():
        if name in results:
            yield policy.results.place(name), results[name].values.index(value)
        else:
            place = policy.domain.position[name]
            yield place, policy.domain.index(place, value)


def _may_hold(condition: Condition, fixed: Mapping[int, int]) -> bool:
    """Whether an alternative is left when the fixed places have these values."""
    return any(
        all(mask >> fixed[place] & 1 for place, mask in alternative if place in fixed) for alternative in condition
    )
