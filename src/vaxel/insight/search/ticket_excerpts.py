"""Where in a ticket's messages the words of a search stand.

PostgreSQL's own excerpts stem every word of every text anew, which takes longer than all the rest of a page of hits;
here a word is found by what its forms begin with.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from vaxel.insight.search.articles import Excerpt
from vaxel.insight.search.sought import Sought
from vaxel.kit.compiled import prepared_cursor

#: Messages of a ticket that are looked through, the newest first, and characters of each.
_MESSAGES: Final = 12
_LONGEST: Final = 3_000
_TEXTS: Final = """
SELECT hit.ticket_id, said.text
FROM unnest(%s::bigint[]) AS hit(ticket_id), LATERAL (
    SELECT left(message.text, %s) AS text, message.at FROM tickets_message message
    WHERE message.ticket_id = hit.ticket_id ORDER BY message.at DESC, message.id DESC LIMIT %s
) AS said
ORDER BY hit.ticket_id, said.at DESC
"""


def excerpts(ticket_ids: Sequence[int], words: Sought) -> Mapping[int, Excerpt]:
    """The newest words around what was searched for; none for a ticket that has them in its subject alone.

    The tickets are such as the reader may read; notes are not looked at (trust 44). One query.
    """
    if words.pattern is None or not ticket_ids:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(_TEXTS, [list(ticket_ids), _LONGEST, _MESSAGES])
        rows = cursor.fetchall()
    found: dict[int, Excerpt] = {}
    for ticket_id, said in rows:
        if ticket_id not in found and (excerpt := words.around(said)) is not None:
            found[ticket_id] = excerpt
    return found
