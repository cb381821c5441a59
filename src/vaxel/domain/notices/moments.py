"""An instant as people read it in a mail, in the desk's time zone."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

_TODAY: Final = {"sv": "'i dag kl.' HH.mm", "en": "'today' HH:mm"}
_THIS_YEAR: Final = {"sv": "EEEE d MMMM 'kl.' HH.mm", "en": "EEEE d MMMM 'at' HH:mm"}
_OTHER_YEAR: Final = {"sv": "EEEE d MMMM y 'kl.' HH.mm", "en": "EEEE d MMMM y 'at' HH:mm"}


def moment_in_words(at: datetime, *, now: datetime, time_zone: str, language: str) -> str:
    """As "i dag kl. 14.20", "fredag 20 november kl. 14.20", and with the year when it is another one."""
    zone = ZoneInfo(time_zone)
    there, here = at.astimezone(zone), now.astimezone(zone)
    if there.date() == here.date():
        pattern = _TODAY[language]
    elif there.year == here.year:
        pattern = _THIS_YEAR[language]
    else:
        pattern = _OTHER_YEAR[language]
    return str(format_datetime(there, pattern, locale="sv" if language == "sv" else "en_GB"))
