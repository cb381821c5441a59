"""Days and instants out of the fields of a form."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

#: Any other year of an instant is a slip of the finger.
_YEARS: Final = range(2000, 2200)


def day_in(typed: str) -> date | None:
    """What a field for a day holds; None for anything else."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def instant_in(typed: str, *, zone: ZoneInfo) -> datetime | None:
    """What a field for day and time holds, by the clock of the zone; None for anything else."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return at.replace(tzinfo=zone) if at.tzinfo is None and at.year in _YEARS else None
