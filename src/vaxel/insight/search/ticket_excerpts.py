"""Where in a ticket's messages the words of a search stand.

PostgreSQL's own excerpts stem every word of every text anew, which takes longer than all the rest of a page of hits;
here a word is found by what its forms begin with.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import connection

from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.sought import Sought
from vaxel.kit.compiled import prepared_cursor

#: Messages of a ticket that are looked through, the newest first, and characters of each; and how far a second look
#: goes, in the tickets where these hold nothing and there is more.
_MESSAGES, _LONGEST = 12, 3_000
_MOST_MESSAGES, _FARTHEST = 300, 60_000
#: Characters before a word far within a long message, and all that is read around it.
_BEFORE, _PIECE = 200, 600
_TEXTS: Final = """
SELECT hit.ticket_id, said.text
FROM unnest(%s::bigint[]) AS hit(ticket_id), LATERAL (
    SELECT left(message.text, %s) AS text, message.at FROM tickets_message message
    WHERE message.ticket_id = hit.ticket_id ORDER BY message.at DESC, message.id DESC LIMIT %s
) AS said
ORDER BY hit.ticket_id, said.at DESC
"""
#: PostgreSQL looks itself, so that no long text is brought here.
_FARTHER: Final = r"""
SELECT hit.ticket_id, found.piece
FROM unnest(%s::bigint[]) AS hit(ticket_id), LATERAL (
    SELECT substr(said.text, greatest(regexp_instr(said.text, %s, 1, 1, 0, 'i') - %s, 1), %s) AS piece FROM (
        SELECT left(message.text, %s) AS text, message.at, message.id FROM tickets_message message
        WHERE message.ticket_id = hit.ticket_id ORDER BY message.at DESC, message.id DESC LIMIT %s
    ) AS said
    WHERE said.text ~* %s ORDER BY said.at DESC, said.id DESC LIMIT 1
) AS found
"""


def excerpts(ticket_ids: Sequence[int], words: Sought) -> Mapping[int, Excerpt]:
    """The newest words around what was searched for; none for a ticket that has them in its subject alone.

    The tickets are such as the reader may read; notes are not looked at (trust 44). One query, two when the words
    may stand in an old message, or far within a long one.
    """
    if words.pattern is None or not ticket_ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(_TEXTS, [list(ticket_ids), _LONGEST, _MESSAGES])
        rows = cursor.fetchall()
    found = _first(rows, words)
    read = Counter(ticket_id for ticket_id, _said in rows)
    cut = {ticket_id for ticket_id, said in rows if len(said) == _LONGEST}
    farther = [each for each in read if each not in found and (each in cut or read[each] == _MESSAGES)]
    return found if not farther else found | _first(_look_farther(farther, words.pattern.pattern), words)


def _first(rows: Iterable[tuple[int, str]], words: Sought) -> dict[int, Excerpt]:
    found: dict[int, Excerpt] = {}
    for ticket_id, said in rows:
        if ticket_id not in found and (excerpt := words.around(said)) is not None:
            found[ticket_id] = excerpt
    return found


def _look_farther(ticket_ids: Sequence[int], pattern: str) -> list[tuple[int, str]]:
    # A word's edge is written otherwise there; all else in the pattern is the same.
    theirs = pattern.replace(r"\b", r"\y")
    with connection.cursor() as cursor:
        cursor.execute(_FARTHER, [list(ticket_ids), theirs, _BEFORE, _PIECE, _FARTHEST, _MOST_MESSAGES, theirs])
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows
