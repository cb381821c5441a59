"""Whether pages stay as quick as the tables grow: the smallest desk and the largest, served side by side."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from bench import pages
from bench.figures import Figure
from bench.load import Work, at_once, by_turns
from bench.running import installation

#: How many times slower than with the fewest tickets a page may be with the most.
_GOAL = 1.2
_ROUNDS, _SECONDS = 5, 2.0


def named(figures: Sequence[Figure], *, tickets: int) -> list[Figure]:
    """The figures of one size, told apart from those of another."""
    return [
        Figure(f"{tickets:,}: {each.name}", each.value, each.unit, each.goal, each.better, each.note)
        for each in figures
    ]


def growth(sizes: Sequence[int]) -> list[Figure]:
    """How much each page grows from the fewest tickets to the most.

    The machine is slower and faster by a fifth from minute to minute, so both are asked by turns: request by request
    for the median of one client, a few seconds each for what eight clients get.
    """
    few, many = min(sizes), max(sizes)
    note = f"{many:,} tickets to {few:,}"
    with ExitStack() as stack:
        of_few, of_many = (_works(tickets, stack) for tickets in (few, many))
        grown = _grown(of_few[0], of_many[0]) | _strained(of_few[1], of_many[1])
    return [Figure(f"{name}: growth", times, "times", goal=_GOAL, note=note) for name, times in grown.items()]


def _works(tickets: int, stack: ExitStack) -> tuple[dict[str, Work], dict[str, list[Work]]]:
    """What is asked of an installation of this size, which runs until the stack ends."""
    stack.enter_context(installation(tickets=tickets))
    return pages.alone(), pages.together()


def _grown(few: Mapping[str, Work], many: Mapping[str, Work]) -> dict[str, float]:
    medians = {name: by_turns([few[name], many[name]]) for name in few}
    return {name: with_many / with_few for name, (with_few, with_many) in medians.items()}


def _strained(few: Mapping[str, list[Work]], many: Mapping[str, list[Work]]) -> dict[str, float]:
    """How many times fewer a second: the median of the rounds."""
    return {
        f"{name}, {len(few[name])} clients": median(
            at_once(few[name], seconds=_SECONDS) / at_once(many[name], seconds=_SECONDS) for _ in range(_ROUNDS)
        )
        for name in few
    }
