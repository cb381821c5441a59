"""Ticket numbers: one series per desk."""

from django.db import connection


def next_number(*, desk_id: int) -> int:
    """The desk's next ticket number.

    Holds the desk's row until the transaction ends, so call it as late in the transaction as possible: tickets of
    one desk are numbered one after the other, and a question that fails leaves no gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desks_desk SET last_number = last_number + 1 WHERE id = %s RETURNING last_number", [desk_id]
        )
        row = cursor.fetchone()
    return int(row[0])
