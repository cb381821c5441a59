"""A ticket's words for search, made anew from what it says now: its triggers only ever add (`insight/search`)."""

from collections.abc import Collection
from typing import Final

from django.db import connection

_BATCH: Final = 500
#: As the triggers of `insight/search` weigh and read them: a message in English as English, all else as Swedish.
_ANEW: Final = """
    UPDATE search_ticketwords kept
    SET words = setweight(to_tsvector('swedish', asked.subject), 'A') || search_words_of(said.swedish, said.english)
    FROM tickets_ticket asked
    LEFT JOIN LATERAL (
        SELECT string_agg(text, E'\\n' ORDER BY id) FILTER (WHERE language <> 'en') AS swedish,
               string_agg(text, E'\\n' ORDER BY id) FILTER (WHERE language = 'en') AS english
        FROM tickets_message WHERE ticket_id = asked.id
    ) said ON TRUE
    WHERE kept.ticket_id = asked.id AND asked.id = ANY(%s)
"""


def learn_anew(ticket_ids: Collection[int]) -> None:
    """In the caller's transaction."""
    ordered = sorted(ticket_ids)
    with connection.cursor() as cursor:
        for begin in range(0, len(ordered), _BATCH):
            cursor.execute(_ANEW, [ordered[begin : begin + _BATCH]])
