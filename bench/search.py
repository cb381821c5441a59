"""Search in the manual and in tickets, in the database of the other benchmarks: `python -m bench --only search`."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.figures import Figure

_ROOT = Path(__file__).parents[1]


def measure() -> list[Figure]:
    """How well articles are ranked, and how long a search takes."""
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}"}
    done = subprocess.run(  # our own module
        [sys.executable, "-m", "bench.search_work"], env=environment, cwd=_ROOT, stdout=subprocess.PIPE, check=True
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    searches = f"{said['asked']} searches"
    note = "from the words to the ids, as the page asks"
    return [
        Figure("search in the manual: nDCG@5", said["ndcg"], "", goal=0.9, better="more", note=searches),
        Figure("search in the manual, p95", said["articles"], "ms", goal=30),
        Figure("search in tickets: a rare word, p50", said["rare"], "ms", goal=12, note=note),
        Figure("search in tickets: a common word, p50", said["common"], "ms", goal=20, note=note),
    ]
