"""Instants as people read them, in the desk's time zone: "i dag kl. 14.20", "fredag 27 november kl. 14.20".

Pure: the clock comes in as `now`. A list shows a hundred of these, so names of days and months are looked up once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from vaxel.surfaces.ui.shapes import Moment


@dataclass(frozen=True, slots=True)
class _Words:
    """How one language says when. In Swedish a clock time has a point, and "kl." before it where there is room."""

    near: Mapping[int, str]
    #: What a time of the clock has before it in a sentence: after the name of a near day, and after a date.
    near_at: str
    full_at: str
    mark: str
    ahead: str
    past: str
    now: str
    hour: str
    minute: str
    days: tuple[str, str]


_WORDS: Final[Mapping[str, _Words]] = {
    "sv": _Words(
        near={-1: "i går", 0: "i dag", 1: "i morgon"},
        near_at="kl. ",
        full_at="kl. ",
        mark=".",
        ahead="om {span}",
        past="för {span} sedan",
        now="nu",
        hour="h",
        minute="min",
        days=("{n} dag", "{n} dagar"),
    ),
    "en": _Words(
        near={-1: "yesterday", 0: "today", 1: "tomorrow"},
        near_at="",
        full_at="at ",
        mark=":",
        ahead="in {span}",
        past="{span} ago",
        now="now",
        hour="h",
        minute="min",
        days=("{n} day", "{n} days"),
    ),
}
_LOCALES: Final = {"sv": "sv_SE", "en": "en_GB"}
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
#: From this many minutes on whole days are counted: "om 35 h" says less than "om 2 dagar".
_COUNT_DAYS_FROM: Final = 2 * _DAY
#: And from this many on whole hours: nobody plans by the minutes of tomorrow.
_COUNT_HOURS_FROM: Final = 10 * _HOUR


def moment(at: datetime, *, now: datetime, zone: ZoneInfo, language: str, in_column: bool = False) -> Moment:
    """All three texts of an instant. `language` is "sv" or "en"; anything else reads as English.

    In a column the exact one is as short as `brief` makes it.
    """
    there = at.astimezone(zone)
    say = _brief if in_column else _exact
    return Moment(
        iso=there.isoformat(timespec="seconds"),
        exact=say(there, now.astimezone(zone).date(), language),
        relative=relative(at, now=now, language=language),
    )


def exact(at: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """As "i dag kl. 14.20", "i morgon kl. 10.00", "fredag 27 november kl. 14.20"; another year is told with it."""
    return _exact(at.astimezone(zone), now.astimezone(zone).date(), language)


def end_of(start: datetime, end: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> Moment:
    """The end of a span that is told as from and to: on the day that it began it is a time of that day."""
    there, began = end.astimezone(zone), start.astimezone(zone)
    told = moment(end, now=now, zone=zone, language=language)
    if there.date() != began.date():
        return told
    return replace(told, exact=_clock(there, _words(language)))


def brief(at: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """For columns: as "i dag 14.20", "27 nov. 14.20"; with the year instead of the time when it is another one."""
    return _brief(at.astimezone(zone), now.astimezone(zone).date(), language)


def _exact(there: datetime, today: date, language: str) -> str:
    words = _words(language)
    near = _near(there, today, words)
    if near:
        return f"{near} {words.near_at}{_clock(there, words)}"
    return f"{day(there.date(), today=today, language=language)} {words.full_at}{_clock(there, words)}"


def _brief(there: datetime, today: date, language: str) -> str:
    words = _words(language)
    near = _near(there, today, words)
    if near:
        return f"{near} {_clock(there, words)}"
    month = _short_months(language)[there.month]
    return f"{there.day} {month} {_clock(there, words) if there.year == today.year else there.year}"


def clock(minute: int, *, language: str) -> str:
    """A time of the clock alone, from the minutes since midnight: "14.20", and "24.00" for the end of a day."""
    return f"{minute // _HOUR:02}{_words(language).mark}{minute % _HOUR:02}"


def _words(language: str) -> _Words:
    return _WORDS.get(language, _WORDS["en"])


def _near(there: datetime, today: date, words: _Words) -> str:
    """The name of yesterday, today or tomorrow; empty for any other day."""
    return words.near.get(there.toordinal() - today.toordinal(), "")


def _clock(there: datetime, words: _Words) -> str:
    """Four digits, made by hand: `strftime` takes four times as long."""
    return f"{there.hour:02}{words.mark}{there.minute:02}"


def day(on: date, *, today: date, language: str) -> str:
    """As "fredag 27 november"; with the year when it is another one."""
    weekdays, months = _names(language)
    text = f"{weekdays[on.weekday()]} {on.day} {months[on.month]}"
    return text if on.year == today.year else f"{text} {on.year}"


def relative(at: datetime, *, now: datetime, language: str) -> str:
    """As "om 2 h 10 min", "för 48 min sedan", "om 3 dagar": whole minutes, and days when it is far away."""
    words = _words(language)
    minutes = round((at - now).total_seconds() / 60)
    if minutes == 0:
        return words.now
    return (words.ahead if minutes > 0 else words.past).format(span=_span(abs(minutes), words))


def _span(minutes: int, words: _Words) -> str:
    if minutes >= _COUNT_DAYS_FROM:
        count = round(minutes / _DAY)
        return words.days[count != 1].format(n=count)
    if minutes >= _COUNT_HOURS_FROM:
        return f"{round(minutes / _HOUR)} {words.hour}"
    hours, rest = divmod(minutes, _HOUR)
    parts = [f"{hours} {words.hour}"] if hours else []
    if rest:
        parts.append(f"{rest} {words.minute}")
    return " ".join(parts)


@cache
def _names(language: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    locale = _LOCALES.get(language, _LOCALES["en"])
    return dict(get_day_names("wide", locale=locale)), dict(get_month_names("wide", locale=locale))


@cache
def _short_months(language: str) -> Mapping[int, str]:
    return dict(get_month_names("abbreviated", locale=_LOCALES.get(language, _LOCALES["en"])))
