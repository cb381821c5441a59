"""An instant as people read it in a mail, in the desk's time zone."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

_THIS_YEAR: Final = {"sv": "EEEE d MMMM 'kl.' HH.mm", "en": "EEEE d MMMM 'at' HH:mm"}
_OTHER_YEAR: Final = {"sv": "EEEE d MMMM y 'kl.' HH.mm", "en": "EEEE d MMMM y 'at' HH:mm"}


def moment_in_words(at: datetime, *, now: datetime, time_zone: str, language: str) -> str:
    """As "fredag 20 november kl. 14.20", and with the year when it is another one. A mail is read on any day."""
    zone = ZoneInfo(time_zone)
    there, here = at.astimezone(zone), now.astimezone(zone)
    pattern = (_THIS_YEAR if there.year == here.year else _OTHER_YEAR)[language]
    return str(format_datetime(there, pattern, locale="sv" if language == "sv" else "en_GB"))
