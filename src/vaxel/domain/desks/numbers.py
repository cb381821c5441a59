"""Ticket numbers: one series per desk."""

import re
from typing import Final

from django.db import connection

_NAME: Final = re.compile(r"(?P<prefix>[A-Za-z0-9]{1,6})-(?P<number>[1-9]\d{0,17})", re.ASCII)


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


def public_name(prefix: str, number: int) -> str:
    """What people call a ticket: "KOM-1042"."""
    return f"{prefix}-{number}"


def number_of(name: str, *, prefix: str) -> int | None:
    """The number in a ticket's public name, whatever its case; None when it is not a name of this desk."""
    match = _NAME.fullmatch(name)
    if match is None or match["prefix"].upper() != prefix.upper():
        return None
    return int(match["number"])
