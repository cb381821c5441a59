"""The help centre over 5,000 articles: an article, the front page and a search as a stranger opens them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from bench.client import Client
from bench.figures import Figure
from bench.load import one_by_one
from bench.running import running

_ROOT = Path(__file__).parents[1]
DESK = "baver"
#: Most searches of readers are one word; these stand in few articles, in many, and in most.
_SEARCHES = ("protokoll", "mall", "starta om", "fastighet", "skriva ut protokoll")


def measure() -> list[Figure]:
    """Whole pages over HTTP, and the search alone; the first run fills the desk's manual."""
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}"}
    done = subprocess.run(  # our own module
        [sys.executable, "-m", "bench.manual_work"], env=environment, cwd=_ROOT, stdout=subprocess.PIPE, check=True
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return [
        *_pages(said["slugs"], note=f"{said['articles']:,} articles"),
        Figure("search in a large manual, p50", said["p50"], "ms", note=f"{said['asked']} searches"),
        Figure("search in a large manual, p95", said["p95"], "ms", goal=30),
    ]


def _pages(slugs: list[str], *, note: str) -> Iterator[Figure]:
    """Until the last byte, which is later than the first."""
    client, base = Client(running().port), f"/{DESK}/help/sv/"
    articles, searches = cycle(slugs), cycle(_SEARCHES)
    works = {
        "help centre, an article": lambda: client.get(f"{base}{next(articles)}/"),
        "help centre, front page": lambda: client.get(base),
        "help centre, a search": lambda: client.get(f"{base}search/?q={quote(next(searches))}"),
    }
    for name, work in works.items():
        half, most = one_by_one(work)
        yield Figure(f"{name}: p50", half, "ms", goal=20 if name.endswith("article") else None, note=note)
        yield Figure(f"{name}: p95", most, "ms")
