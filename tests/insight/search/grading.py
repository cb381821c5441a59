"""How good a ranking is, by the labels in `queries.toml`; the tests and the benchmark grade alike."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

#: For each desk the searches, and for each search the articles that answer it, the best one first.
QUERIES: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    (Path(__file__).parent / "queries.toml").read_text(encoding="utf-8")
)


def ndcg(hits: Sequence[str], labels: Sequence[str]) -> float:
    """Normalised discounted cumulative gain over five hits; the first label is worth three, the others one."""
    worth = {slug: 3.0 if place == 0 else 1.0 for place, slug in enumerate(labels)}
    gain = sum(worth.get(slug, 0.0) / math.log2(place + 2) for place, slug in enumerate(hits[:5]))
    best = sum(value / math.log2(place + 2) for place, value in enumerate(sorted(worth.values(), reverse=True)[:5]))
    return gain / best
