"""Known problems: those that a question is like, found while it is written, and those that a search finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from vaxel.domain.problems.models import KnownProblem
from vaxel.domain.problems.queries import SHOWN_AFTERWARDS, shown_problems
from vaxel.insight.search.asking import CONFIGURATIONS, understand
from vaxel.kit.compiled import from_json

#: One word in common says little: "export" alone is many questions.
_FEWEST_IN_COMMON: Final = 2


@dataclass(frozen=True, slots=True)
class ProblemLike:
    """A problem that somebody may be writing about, with its title by language."""

    number: int
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProblemFound(ProblemLike):
    """A problem that a search found, with what is said of it and of getting by until then, by language."""

    text: Mapping[str, str]
    workaround: Mapping[str, str]


#: A problem counts when it has two of the words, one of them in its title; those with the most of them come first.
_LIKE: Final = """
SELECT known.number, known.title
FROM (
    SELECT number, title, updated_at,
        to_tsvector(%(configuration)s::regconfig, coalesce(title->>%(language)s, '')) AS named,
        to_tsvector(%(configuration)s::regconfig, concat_ws(' ', title->>%(language)s, text->>%(language)s)) AS whole
    FROM problems_knownproblem
    WHERE desk_id = %(desk)s AND state = 'open'
        AND (products = '{}' OR %(product)s = '' OR %(product)s = ANY(products))
) AS known,
LATERAL (
    SELECT count(*) AS many, bool_or(known.named @@ word.query) AS in_title
    FROM unnest(%(words)s::tsquery[]) AS word(query) WHERE known.whole @@ word.query
) AS common
WHERE common.many >= %(fewest)s AND common.in_title
ORDER BY common.many DESC, known.updated_at DESC
LIMIT %(most)s
"""


#: What readers see of problems (`domain.problems.queries.shown_problems`) and that has every one of the words.
_FOUND: Final = """
SELECT known.number, known.title, known.text, known.workaround
FROM (
    SELECT number, title, text, workaround, updated_at, closed_at, to_tsvector(%(configuration)s::regconfig,
        concat_ws(' ', title->>%(language)s, text->>%(language)s, workaround->>%(language)s)) AS whole
    FROM problems_knownproblem
    WHERE desk_id = %(desk)s AND (state = 'open' OR (state = 'fixed' AND closed_at > %(since)s))
) AS known
WHERE known.whole @@ %(every)s::tsquery
ORDER BY known.closed_at DESC NULLS FIRST, known.updated_at DESC
LIMIT %(most)s
"""


def search_problems(
    text: str, *, desk_id: int, language: str, now: datetime, typing: bool = False, most: int = 3
) -> list[ProblemFound]:
    """Problems that readers see and that hold every word of the text. One query where nothing is known, else four."""
    if not shown_problems(desk_id=desk_id, now=now).exists():
        return []
    asked = understand(text, desk_id=desk_id, language=language, synonyms={}, typing=typing)
    if not asked.words:
        return []
    values: dict[str, Any] = {
        "configuration": CONFIGURATIONS.get(language, "simple"),
        "language": language,
        "desk": desk_id,
        "since": now - SHOWN_AFTERWARDS,
        "every": " & ".join(f"({word.wide})" for word in asked.words),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        return [ProblemFound(number, *map(from_json, texts)) for number, *texts in cursor.fetchall()]


def problems_like(words: str, *, desk_id: int, language: str, product: str = "", most: int = 2) -> list[ProblemLike]:
    """The likeliest first, of this product when one is chosen. One query where nothing is known, else four."""
    if not KnownProblem.unscoped.filter(desk=desk_id, state=KnownProblem.State.OPEN).exists():
        return []
    asked = understand(words, desk_id=desk_id, language=language, synonyms={})
    if len(asked.words) < _FEWEST_IN_COMMON:
        return []
    values: dict[str, Any] = {
        "configuration": CONFIGURATIONS.get(language, "simple"),
        "language": language,
        "desk": desk_id,
        "product": product,
        "words": [word.wide for word in asked.words],
        "fewest": _FEWEST_IN_COMMON,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, values)
        return [ProblemLike(number, from_json(title)) for number, title in cursor.fetchall()]
