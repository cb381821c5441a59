"""Search in the manual and in tickets, in the database of the other benchmarks: `python -m bench --only search`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench import people
from bench.figures import Figure
from bench.load import one_by_one
from bench.running import DESK, running

_ROOT = Path(__file__).parents[1]
#: Tickets whose words are looked at, how many words of each sort are asked for, and how many tickets are a few.
_LOOKED_AT, _WORDS, _A_FEW = 400, 12, 200
_SORTS: Final = {"a rare word": 12.0, "a word in one ticket of a hundred": None, "a common word": 20.0}


def measure() -> list[Figure]:
    """How well articles are ranked, how long a search takes, and how long a page of tickets found."""
    return [*_work(), *_pages()]


def _pages() -> Iterator[Figure]:
    """The whole page, as an agent asks for it over HTTP."""
    (agent,) = people.agents(1)
    for sort, words in _words().items():
        if not words:
            continue
        addresses = cycle([f"/{DESK}/workspace/tickets/?view=all&q={quote(word)}" for word in words])
        half, most = one_by_one(lambda: agent.get(next(addresses)), times=120)  # noqa: B023  # used up in this round
        note = f"{len(words)} words"
        yield Figure(f"tickets found by {sort}, whole page: p50", half, "ms", goal=_SORTS[sort], note=note)
        yield Figure(f"tickets found by {sort}, whole page: p95", most, "ms")


def _words() -> dict[str, list[str]]:
    """Words of each sort, by how many of the tickets here and there hold them; a rare one is counted in all."""
    found = people.rows(
        "SELECT lexeme, count(*) FROM"
        " (SELECT words FROM search_ticketwords WHERE ticket_id IN (SELECT generate_series(7, %s, %s))) AS looked_at,"
        " unnest(words)"
        " WHERE lexeme ~ '^[a-zåäö]{5,}$' AND to_tsquery('swedish', lexeme)::text = quote_literal(lexeme)"
        " GROUP BY lexeme ORDER BY md5(lexeme)",
        running().tickets,
        max(running().tickets // _LOOKED_AT, 1),
    )
    rare, middle, common = _SORTS
    return {
        rare: _some(word for word, held in found if held == 1 and _hits(word) <= _A_FEW),
        middle: _some(word for word, held in found if _LOOKED_AT // 200 <= held <= _LOOKED_AT // 50),
        common: _some(word for word, held in found if held >= _LOOKED_AT // 10),
    }


def _some(words: Iterable[str]) -> list[str]:
    return list(islice(words, _WORDS))


def _hits(word: str) -> int:
    """In how many tickets it stands, or one more than a few."""
    counting = "SELECT FROM search_ticketwords WHERE words @@ quote_literal(%s)::tsquery LIMIT %s"
    ((hits,),) = people.rows(f"SELECT count(*) FROM ({counting}) AS held", word, _A_FEW + 1)  # noqa: S608  # our own text
    return int(hits)


def _work() -> list[Figure]:
    environment = {**os.environ, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}"}
    done = subprocess.run(  # our own module
        [sys.executable, "-m", "bench.search_work"], env=environment, cwd=_ROOT, stdout=subprocess.PIPE, check=True
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    searches = f"{said['asked']} searches"
    return [
        Figure("search in the manual: nDCG@5", said["ndcg"], "", goal=0.9, better="more", note=searches),
        Figure("search in the manual, p95", said["articles"], "ms", goal=30),
    ]
