"""Keys of places in a list: an instant and a ticket's id, so that page 1,000 costs what page 1 does."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KEY: Final = re.compile(r"(?P<instant>\d{1,17})-(?P<id>\d{1,18})", re.ASCII)


class PlaceError(LookupError):
    """The place in the list is not one that we gave out."""


def place_key(instant: datetime, ticket_id: int) -> str:
    """The key as it stands in addresses."""
    return f"{_microseconds(instant)}-{ticket_id}"


def read_place(key: str) -> tuple[datetime, int]:
    """The instant and the id of a key. Raises PlaceError."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise PlaceError(key)
    return _EPOCH + timedelta(microseconds=int(match["instant"])), int(match["id"])


def _microseconds(instant: datetime) -> int:
    """Since 1970, exactly: a float of seconds would lose the last digit and repeat or skip a row."""
    return (instant - _EPOCH) // timedelta(microseconds=1)
