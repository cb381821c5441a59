"""Who opened a ticket, and who took its files (trust 84): one statement each, planned once on a connection."""

from datetime import datetime, timedelta
from typing import Final

from vaxel.domain.audit.actor import Actor
from vaxel.kit.compiled import prepared_cursor
from vaxel.kit.tenancy import Scope

#: A ticket that one of the staff looks at again within this is the same reading: each answer leads back to its page.
_SAME_LOOK: Final = timedelta(minutes=10)

_OPENED: Final = """
    INSERT INTO audit_reading (desk_id, at, what, what_id, ticket_id, organisation_id, by_kind, by_id)
    SELECT desk_id, %s, 'ticket', id, id, organisation_id, %s, %s FROM tickets_ticket asked
    WHERE desk_id = %s AND number = %s AND NOT EXISTS (
        SELECT FROM audit_reading
        WHERE ticket_id = asked.id AND what = 'ticket' AND by_kind = %s AND by_id = %s AND at > %s
    )
"""
_TAKEN: Final = """
    INSERT INTO audit_reading (desk_id, at, what, what_id, ticket_id, organisation_id, by_kind, by_id)
    SELECT file.desk_id, %s, 'attachment', file.id, asked.id, file.organisation_id, %s, %s
    FROM tickets_attachment file
    LEFT JOIN tickets_message said ON said.id = file.message_id
    LEFT JOIN tickets_note noted ON noted.id = file.note_id
    JOIN tickets_ticket asked ON asked.id = coalesce(said.ticket_id, noted.ticket_id)
    WHERE file.id = %s AND NOT asked.is_first_line
"""


def note_opened(*, scope: Scope, number: int, by: Actor, now: datetime) -> None:
    """Remember that somebody looked at the ticket."""
    with prepared_cursor() as cursor:
        cursor.execute(_OPENED, [now, by.kind, by.id, scope.desk_id, number, by.kind, by.id, now - _SAME_LOOK])


def note_file_taken(*, attachment_id: int, by: Actor, now: datetime) -> None:
    """Remember that somebody took a file. One that is with its writer's own draft, or with a question that a customer's
    people ask each other, is not the desk's to know of.

    Call it before the bytes go: what is not noted is not handed out.
    """
    with prepared_cursor() as cursor:
        cursor.execute(_TAKEN, [now, by.kind, by.id, attachment_id])
