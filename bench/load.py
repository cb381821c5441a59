"""How work is timed: by one client, one request after the other, and by eight at once."""

import threading
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]
_WARM_UP = 40


def one_by_one(work: Work, *, times: int = 300) -> tuple[float, float]:
    """Milliseconds: the median, and what 95 of 100 stay below. The first runs do not count."""
    for _ in range(_WARM_UP):
        work()
    took = [_milliseconds(work) for _ in range(times)]
    return quantiles(took, n=2)[0], quantiles(took, n=20)[18]


def by_turns(works: Sequence[Work], *, times: int = 300) -> list[float]:
    """The median of each, in milliseconds: one run of each after the other, so that all meet the same moods."""
    for _ in range(_WARM_UP):
        for work in works:
            work()
    took = [[_milliseconds(work) for work in works] for _ in range(times)]
    return [median(of_one) for of_one in zip(*took, strict=True)]


def _milliseconds(work: Work) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def at_once(works: Sequence[Work], *, seconds: float = 5.0) -> float:
    """How many a second when each of these is done again and again at the same time."""
    counts = [0] * len(works)
    until = perf_counter() + seconds

    def repeat(place: int, work: Work) -> None:
        while perf_counter() < until:
            work()
            counts[place] += 1

    threads = [threading.Thread(target=repeat, args=(place, work)) for place, work in enumerate(works)]
    start = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (perf_counter() - start)
