"""What reading, proving and deciding by a policy cost.

Run: python -m bench.policy. Prints a table; nothing is asserted, for a machine that is busy proves nothing.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.figures import Figure, show
from tests.rules.policy.wide_policy import wide_policy
from vaxel.rules.policy import Facts, Policy, check, compare, decide, facts_from, read_policy

DESKS = Path(__file__).parent.parent / "examples" / "desks"
NEEDS_SERVER = False
ROUNDS = 20
NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


def measure() -> list[Figure]:
    """Both example desks, and a policy of the size that the proof must bear."""
    texts = {name: (DESKS / f"{name}.toml").read_text("utf-8") for name in ("kompass", "baver")}
    figures = [figure for name, text in texts.items() for figure in _figures(name, text, goal=2)]
    figures += _figures("12 products, 6 plans, 60 kinds, 8 facts", wide_policy(), goal=20)
    kompass = read_policy(texts["kompass"])
    later = read_policy(texts["kompass"].replace('within = "4h"', 'within = "8h"'))
    comparing = seconds(partial(compare, kompass, later)) * 1e3
    return [*figures, Figure("compare two versions of kompass", comparing, "ms")]


def _figures(name: str, text: str, *, goal: float) -> list[Figure]:
    policy = read_policy(text)
    combinations = check(policy, text=text).combinations
    return [
        Figure(f"{name}: read", seconds(partial(read_policy, text)) * 1e3, "ms"),
        Figure(
            f"{name}: prove",
            seconds(partial(check, policy, text=text)),
            "s",
            goal=goal,
            note=f"{combinations:.3g} combinations",
        ),
        Figure(f"{name}: decide", microseconds_to_decide(policy), "µs", goal=50),
    ]


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The quickest of some runs, in processor seconds: other programs of the machine do not count."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def microseconds_to_decide(policy: Policy) -> float:
    """The mean over questions of all kinds, deadlines included."""
    questions = [question(policy, kind) for kind in policy.file.kinds]

    def ask_all() -> None:
        for facts in questions * ROUNDS:
            decide(policy, facts, NOW)

    return seconds(ask_all) / ROUNDS / len(questions) * 1e6


def question(policy: Policy, kind: str) -> Facts:
    """A contact's question of that kind, about a product that is covered, on the last plan."""
    about = policy.file.kinds[kind].products or tuple(policy.file.products)
    plan = list(policy.file.plans)[-1]
    return facts_from(policy, {"kind": kind, "plan": plan, "products": list(about), "product": about[0]})


if __name__ == "__main__":
    show(measure())
