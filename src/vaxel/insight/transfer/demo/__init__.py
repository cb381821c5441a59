"""The demonstration: the example desks, made from the files in examples/desks and a seed.

files -> cast (who is there) -> history (what happens, as scripts) -> play (through the doors)
                                                                   -> bulk (copied, for the benchmarks)
                             -> counting (the small desk whose terms count: its tickets stand in its file)
"""

from vaxel.insight.transfer.demo.fill import (
    NotADemoError,
    NotEmptyError,
    Summary,
    demo_state,
    ensure_demo,
    fill_demo,
    reset_demo,
)

__all__ = [
    "NotADemoError",
    "NotEmptyError",
    "Summary",
    "demo_state",
    "ensure_demo",
    "fill_demo",
    "reset_demo",
]
