"""Ticket numbers: one series per desk."""

import secrets
from typing import Final

from vaxel.kit.compiled import prepared_cursor

_RANDOM_BITS: Final = 62


def number_to_come() -> int:
    """Stands for the number of a ticket that `take_number` will number before its transaction ends.

    Negative, so that it is nobody's number, and unlike that of any ticket that is opened at the same time.
    """
    return -1 - secrets.randbits(_RANDOM_BITS)


def take_number(*, desk_id: int, ticket_id: int) -> int:
    """Give a ticket that was opened in this transaction the desk's next number. One query.

    Holds the desk's row until the transaction ends, so call it as late in the transaction as possible: tickets of
    one desk are numbered one after the other, and a question that fails leaves no gap.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            "WITH taken AS (UPDATE desks_desk SET last_number = last_number + 1 WHERE id = %s RETURNING last_number)"
            " UPDATE tickets_ticket SET number = taken.last_number FROM taken WHERE id = %s RETURNING number",
            [desk_id, ticket_id],
        )
        ((number,),) = cursor.fetchall()
    return int(number)
