"""Wishes found by words, and those that are like another: to put the same ones together."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from vaxel.domain.wishes.models import Wish
from vaxel.insight.search.asking import CONFIGURATIONS, understand
from vaxel.kit.numbers import number_in

#: A text that a search is compared with is put into words at once: of more than these, the newest.
_MOST_READ: Final = 2_000
#: A word that more than every fifth wish has, and more than two, says nothing alone: "miss", "want".
_RARE: Final = 5
_FEW: Final = 2
_FEWEST_IN_COMMON: Final = 2

#: The wishes but one that stand by themselves: the staff's words, the wisher's, and those of what was put to them.
_KNOWN: Final = """
WITH known AS MATERIALIZED (
    SELECT wish.number, wish.updated_at,
        to_tsvector('swedish', concat_ws(' ', wish.title->>'sv', said.swedish))
        || to_tsvector('english', concat_ws(' ', wish.title->>'en', said.english)) AS words
    FROM wishes_wish wish, LATERAL (
        SELECT
            string_agg(concat_ws(' ', own.text, own.searched), ' ') FILTER (WHERE own.language <> 'en') AS swedish,
            string_agg(concat_ws(' ', own.text, own.searched), ' ') FILTER (WHERE own.language = 'en') AS english
        FROM wishes_wish own WHERE own.id = wish.id OR own.merged_into_id = wish.id
    ) AS said
    WHERE wish.desk_id = %(desk)s AND wish.merged_into_id IS NULL AND wish.number <> %(but)s
    ORDER BY wish.updated_at DESC LIMIT %(read)s
)
"""
_FOUND: Final = """
SELECT number FROM known WHERE number = %(named)s OR words @@ ANY(%(queries)s::tsquery[])
ORDER BY number = %(named)s DESC, updated_at DESC, number DESC LIMIT %(most)s
"""
#: What is alike has two words in common, or one that few have; the rarer the words, the more alike.
_LIKE: Final = """
, total AS (SELECT count(*) AS wishes FROM known)
, word AS (
    SELECT asked.query, (SELECT count(*) FROM known WHERE known.words @@ asked.query) AS wishes
    FROM unnest(%(queries)s::tsquery[]) AS asked(query)
)
SELECT known.number
FROM known, total, LATERAL (
    SELECT count(*) AS many, min(word.wishes) AS rarest, sum(ln((total.wishes + 1.0) / word.wishes)) AS weight
    FROM word WHERE known.words @@ word.query
) AS common
WHERE common.many >= %(fewest)s OR (common.many = 1 AND common.rarest <= greatest(%(few)s, total.wishes / %(rare)s))
ORDER BY common.weight DESC, known.updated_at DESC, known.number DESC LIMIT %(most)s
"""
#: No wish has it.
_NONE: Final = -1
_LARGEST_NUMBER: Final = 999_999_999


def wishes_found(text: str, *, but: Wish, most: int) -> Sequence[int]:
    """Numbers of those that hold every word, in either language, or have the number; the newest first.

    Five queries at most.
    """
    queries = []
    for language in CONFIGURATIONS:
        asked = understand(text, desk_id=but.desk_id, language=language, synonyms={}, typing=True)
        if asked.words:
            queries.append(" & ".join(f"({word.wide})" for word in asked.words))
    named = number_in(text.strip().removeprefix("#"), most=_LARGEST_NUMBER)
    return _numbers(_FOUND, but=but, queries=queries, named=_NONE if named is None else named, most=most)


def wishes_like(wish: Wish, *, most: int) -> Sequence[int]:
    """Numbers of those that may be the same, the likest first. Three queries."""
    said = " ".join((wish.title.get(wish.language, ""), wish.text, wish.searched))
    asked = understand(said, desk_id=wish.desk_id, language=wish.language, synonyms={})
    if not asked.words:
        return []
    queries = [word.wide for word in asked.words]
    return _numbers(_LIKE, but=wish, queries=queries, fewest=_FEWEST_IN_COMMON, rare=_RARE, few=_FEW, most=most)


def _numbers(sql: str, *, but: Wish, **values: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN + sql, {"desk": but.desk_id, "but": but.number, "read": _MOST_READ, **values})
        return [number for (number,) in cursor.fetchall()]
