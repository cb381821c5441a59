"""Did you mean: the nearest known words to one that no article holds."""

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from vaxel.insight.search.words import pieces
from vaxel.kit.later import later

if TYPE_CHECKING:
    from rapidfuzz.distance import OSA
else:
    # For searches that find nothing.
    OSA = later("rapidfuzz.distance.OSA")

#: Neighbours that share the most pieces, and are measured then.
_CANDIDATES: Final = 60
_LONG: Final = 6
_SHORTEST: Final = 4

_NEIGHBOURS: Final = """
SELECT word, articles FROM (
    SELECT word, articles,
        cardinality(ARRAY(SELECT unnest(pieces) INTERSECT SELECT unnest(%(pieces)s::varchar[]))) AS shared
    FROM search_word
    WHERE desk_id = %(desk)s AND language = %(language)s AND articles > 0 AND pieces && %(pieces)s::varchar[]
        AND length(word) BETWEEN %(shortest)s AND %(longest)s
) AS near ORDER BY shared DESC, articles DESC LIMIT %(most)s
"""


def nearest_word(word: str, *, desk_id: int, language: str) -> str | None:
    """The known word that is spelt most like it: one letter off, two in long words; letters that changed places are
    one. Only words of articles for everyone are proposed (trust 43). One query.
    """
    if len(word) < _SHORTEST:
        return None
    allowed = 2 if len(word) >= _LONG else 1
    values: dict[str, Any] = {
        "pieces": pieces(word),
        "desk": desk_id,
        "language": language,
        "shortest": len(word) - allowed,
        "longest": len(word) + allowed,
        "most": _CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS, values)
        measured = [(OSA.distance(word, near), -articles, near) for near, articles in cursor.fetchall()]
    close = [one for one in measured if one[0] <= allowed]
    return min(close)[2] if close else None
