"""Multi-valued decision diagrams: sets of fact combinations, held without listing them.

A *region* is a set of combinations. It is a node number; 0 is the empty region, 1 is all. A node branches on one
fact, with one child per *class* of values (values that no condition tells apart share a class), and equal nodes are
one node, so that equal regions are equal numbers. Facts come in one fixed order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vaxel.rules.policy.domain import Variable

Region = int
EMPTY: Final[Region] = 0
ALL: Final[Region] = 1
_TERMINAL_LEVEL: Final = 1 << 30
#: Nodes that a proof may take: some fifty times those of the largest policy we know of, and a few seconds.
MOST_NODES: Final = 500_000


class TangledError(RuntimeError):
    """The conditions tell too much apart at once: no proof of them comes to an end in time."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The values of one fact, parted into classes that no condition tells apart. Each class is a mask."""

    masks: tuple[int, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(mask.bit_count() for mask in self.masks)


def classes_of(variable: Variable, used: Iterable[int]) -> Classes:
    """Part the values by the masks that conditions use, so that every such mask is a union of classes."""
    distinct = sorted(set(used))
    groups: dict[tuple[int, ...], int] = {}
    for index in range(len(variable.values)):
        signature = tuple(mask >> index & 1 for mask in distinct)
        groups[signature] = groups.get(signature, 0) | 1 << index
    return Classes(tuple(groups.values()))


class Diagram:
    """All regions over one domain; TangledError if they take more than `most` nodes, where that is given."""

    def __init__(
        self, variables: Sequence[Variable], used: Mapping[int, Iterable[int]], *, most: int | None = None
    ) -> None:
        self._most: Final = most
        self.variables: Final = tuple(variables)
        self.classes: Final = tuple(
            classes_of(variable, used.get(place, ())) for place, variable in enumerate(self.variables)
        )
        self._levels: list[int] = [_TERMINAL_LEVEL, _TERMINAL_LEVEL]
        self._children: list[tuple[Region, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[Region, ...]], Region] = {}
        self._both: dict[tuple[Region, Region], Region] = {}
        self._either: dict[tuple[Region, Region], Region] = {}
        self._without: dict[tuple[Region, Region], Region] = {}
        self._counts: dict[Region, int] = {}

    def where(self, tests: Iterable[tuple[int, int]]) -> Region:
        """The combinations that pass every test: a fact's place and the mask of values that pass."""
        region = ALL
        for place, mask in sorted(tests, reverse=True):
            passing = tuple(region if mask & each else EMPTY for each in self.classes[place].masks)
            region = self._node(place, passing)
        return region

    def both(self, one: Region, other: Region) -> Region:
        """Combinations in both regions."""
        if one in {other, EMPTY} or other == ALL:
            return one
        if one == ALL or other == EMPTY:
            return other
        key = (one, other) if one < other else (other, one)
        found = self._both.get(key)
        if found is None:
            place, pairs = self._split(one, other)
            found = self._both[key] = self._node(place, tuple(self.both(*pair) for pair in pairs))
        return found

    def either(self, one: Region, other: Region) -> Region:
        """Combinations in at least one of the regions."""
        if one in {other, ALL} or other == EMPTY:
            return one
        if one == EMPTY or other == ALL:
            return other
        key = (one, other) if one < other else (other, one)
        found = self._either.get(key)
        if found is None:
            place, pairs = self._split(one, other)
            found = self._either[key] = self._node(place, tuple(self.either(*pair) for pair in pairs))
        return found

    def without(self, one: Region, other: Region) -> Region:
        """Combinations in the first region that are not in the second."""
        if one in {other, EMPTY} or other == ALL:
            return EMPTY
        if other == EMPTY:
            return one
        key = (one, other)
        found = self._without.get(key)
        if found is None:
            place, pairs = self._split(one, other)
            found = self._without[key] = self._node(place, tuple(self.without(*pair) for pair in pairs))
        return found

    def any_of(self, regions: Iterable[Region]) -> Region:
        """Combinations in at least one of the regions, united in pairs so that the steps stay small."""
        queue = list(regions)
        while len(queue) > 1:
            queue = [
                self.either(queue[at], queue[at + 1]) if at + 1 < len(queue) else queue[at]
                for at in range(0, len(queue), 2)
            ]
        return queue[0] if queue else EMPTY

    def count(self, region: Region) -> int:
        """How many combinations the region holds, counted in values, not in classes."""
        return self._count_from(region, 0)

    def pick(self, region: Region) -> dict[int, int]:
        """One combination of a region that is not empty: the class of each fact that matters there.

        Of all ways through the diagram it takes the shortest, so that it tells as little as needed.
        """
        chosen: dict[int, int] = {}
        lengths: dict[Region, int] = {}
        while region != ALL:
            ways = [(self._length(child, lengths), index) for index, child in enumerate(self._children[region])]
            index = min(ways)[1]
            chosen[self._levels[region]] = index
            region = self._children[region][index]
        return chosen

    def project(self, region: Region) -> dict[int, int]:
        """For each fact that the region narrows: the mask of the values that still occur in it."""
        seen: dict[int, int] = {}
        free: set[int] = set()
        self._walk(region, seen, free)
        everywhere = {place: variable.everything for place, variable in enumerate(self.variables)}
        return {place: mask for place, mask in sorted(seen.items()) if place not in free and mask != everywhere[place]}

    def _node(self, place: int, children: tuple[Region, ...]) -> Region:
        if all(child == children[0] for child in children):
            return children[0]
        key = (place, children)
        found = self._known.get(key)
        if found is None:
            if self._most is not None and len(self._levels) >= self._most:
                raise TangledError
            found = self._known[key] = len(self._levels)
            self._levels.append(place)
            self._children.append(children)
        return found

    def _split(self, one: Region, other: Region) -> tuple[int, Iterator[tuple[Region, Region]]]:
        """The first fact that either region branches on, and the pairs of children under it."""
        here, there = self._levels[one], self._levels[other]
        place = min(here, there)
        width = len(self.classes[place].masks)
        left = self._children[one] if here == place else (one,) * width
        right = self._children[other] if there == place else (other,) * width
        return place, zip(left, right, strict=True)

    def _count_from(self, region: Region, place: int) -> int:
        """Combinations of the facts from `place` on."""
        level = min(self._levels[region], len(self.variables))
        skipped = 1
        for variable in self.variables[place:level]:
            skipped *= len(variable.values)
        if region in (EMPTY, ALL):
            return skipped * region
        found = self._counts.get(region)
        if found is None:
            sizes = self.classes[level].sizes
            found = sum(
                size * self._count_from(child, level + 1)
                for size, child in zip(sizes, self._children[region], strict=True)
                if child
            )
            self._counts[region] = found
        return skipped * found

    def _length(self, region: Region, lengths: dict[Region, int]) -> int:
        if region == ALL:
            return 0
        if region == EMPTY:
            return _TERMINAL_LEVEL
        found = lengths.get(region)
        if found is None:
            found = lengths[region] = 1 + min(self._length(child, lengths) for child in self._children[region])
        return found

    def _walk(self, region: Region, seen: dict[int, int], free: set[int]) -> None:
        """Collect per fact the values on some way to ALL; a fact that a way skips is free."""
        visited: set[Region] = set()
        edges: set[tuple[int, int]] = set()

        def visit(node: Region) -> None:
            if node in visited or node in (EMPTY, ALL):
                return
            visited.add(node)
            level = self._levels[node]
            for index, child in enumerate(self._children[node]):
                if child != EMPTY:
                    seen[level] = seen.get(level, 0) | self.classes[level].masks[index]
                    edges.add((level, min(self._levels[child], len(self.variables))))
                    visit(child)

        visit(region)
        first = min(self._levels[region], len(self.variables))
        for start, end in {(-1, first), *edges}:
            free.update(range(start + 1, end))
