"""Whether pages stay as quick as the tables grow: the figures of several sizes beside each other."""

from collections.abc import Mapping, Sequence

from bench.figures import Figure

#: How many times slower than with the fewest tickets a page may be with the most.
_GOAL = 1.2
_SUFFIX = ": p50"


def named(figures: Sequence[Figure], *, tickets: int) -> list[Figure]:
    """The figures of one size, told apart from those of another."""
    return [
        Figure(f"{tickets:,}: {each.name}", each.value, each.unit, each.goal, each.better, each.note)
        for each in figures
    ]


def growth(by_size: Mapping[int, Sequence[Figure]]) -> list[Figure]:
    """How much each page's median grows from the smallest size to the largest."""
    sizes = sorted(by_size)
    if len(sizes) < 2:  # nothing to compare with
        return []
    few, many = (
        {each.name: each.value for each in by_size[size] if each.name.endswith(_SUFFIX)}
        for size in (sizes[0], sizes[-1])
    )
    note = f"{sizes[-1]:,} tickets to {sizes[0]:,}"
    return [
        Figure(f"{name.removesuffix(_SUFFIX)}: growth", many[name] / few[name], "times", goal=_GOAL, note=note)
        for name in few
        if name in many
    ]
