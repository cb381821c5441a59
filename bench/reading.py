"""How long it takes to read a mail, in the child that production reads it in: `python -m bench --only reading`.

The mails are those that the reader is scored with; each counts by its size alone, whatever is wrong with it.
"""

from statistics import quantiles
from time import perf_counter

from bench.figures import Figure
from tests.channels.reading.test_sets import SETS
from vaxel.channels.mail.readers import Readers

NEEDS_SERVER = False
#: Bytes of a mail that is called typical.
_TYPICAL = range(4_000, 40_001)


def measure() -> list[Figure]:
    """From the bytes to the mail and back through the pipe, one after the other by one child."""
    mails = [path.read_bytes() for path in sorted(SETS.rglob("*.eml"))]
    with Readers(processes=1) as readers:
        readers.read(mails[0])
        took = [(len(raw), _milliseconds(readers, raw)) for raw in mails]
    typical = [each for size, each in took if size in _TYPICAL]
    return [
        *_figures(f"reading one of {len(took)} mails", [each for _size, each in took]),
        *_figures(f"reading one of {len(typical)} mails of 4 to 40 kB", typical),
    ]


def _milliseconds(readers: Readers, raw: bytes) -> float:
    began = perf_counter()
    readers.read(raw)
    return (perf_counter() - began) * 1000


def _figures(name: str, times: list[float]) -> list[Figure]:
    spread = quantiles(times, n=20)
    return [Figure(f"{name}: p50", spread[9], "ms"), Figure(f"{name}: p95", spread[18], "ms", goal=10)]
