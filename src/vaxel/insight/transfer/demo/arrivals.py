"""When people ask: by weekday and hour as at a real desk, and some in the last hours before now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from math import exp
from random import Random
from typing import Final

from vaxel.rules.targets import Calendar, business_start

#: Mondays are busy and Fridays calm.
_WEEKDAYS: Final = (1.3, 1.15, 1.05, 1.0, 0.75, 0.06, 0.04)
_ON_HOLIDAYS: Final = 0.08
#: Much is asked just now: reports are due. The rush began a week ago.
_RUSH: Final = 1.4
_RUSH_LASTS: Final = timedelta(days=7)
#: How much is asked in each hour from 6 to 19, local time.
_HOURS: Final = (1, 4, 13, 16, 15, 9, 5, 13, 14, 11, 6, 2, 1, 1)
_FIRST_HOUR: Final = 6
_NOON: Final = timedelta(hours=12)
_ONE_DAY: Final = timedelta(days=1)
#: The hours before now in which questions still wait: 7 business hours.
_RECENT_MINUTES: Final = 420
_RECENT_SHARE: Final = 12
_MOST_RECENT: Final = 26


def arrivals(
    *, random: Random, count: int, now: datetime, days: int, calendar: Calendar
) -> Iterator[tuple[datetime, bool]]:
    """`count` instants in the `days` before `now`, in order, each with whether it is one of the last hours'.

    `now` is an aware datetime in the desk's zone. Only one day's instants are held at a time.
    """
    recent = min(count // _RECENT_SHARE, _MOST_RECENT)
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
    until = business_start(calendar, now, _RECENT_MINUTES).astimezone(now.tzinfo)
    starts = [day for index in range(days + 1) if (day := first + index * _ONE_DAY) < until]
    for day, share in zip(starts, _shares(starts, count=count - recent, calendar=calendar), strict=True):
        yield from ((at, False) for at in sorted(_instant(random, day=day, until=until) for _ in range(share)))
    back = sorted((_minutes_back(random) for _ in range(recent)), reverse=True)
    yield from ((business_start(calendar, now, minutes), True) for minutes in back)


def _shares(days: list[datetime], *, count: int, calendar: Calendar) -> Iterator[int]:
    """How many each day gets, `count` in all."""
    weights = [_weight(day, calendar, until=days[-1]) for day in days]
    total = sum(weights)
    given = 0
    for so_far in accumulate(weights):
        upto = round(count * so_far / total)
        yield upto - given
        given = upto


def _weight(day: datetime, calendar: Calendar, *, until: datetime) -> float:
    rush = 1 + _RUSH * exp(-((until - day) / _RUSH_LASTS))
    is_working_day = day.weekday() < 5  # noqa: PLR2004  # Saturday is 5
    closed = is_working_day and not calendar.hours_on((day + _NOON).date())
    return rush * (_ON_HOLIDAYS if closed else _WEEKDAYS[day.weekday()])


def _instant(random: Random, *, day: datetime, until: datetime) -> datetime:
    hour = random.choices(range(_FIRST_HOUR, _FIRST_HOUR + len(_HOURS)), _HOURS)[0]
    at = day.replace(hour=hour, minute=random.randint(0, 59), second=random.randint(0, 59))
    return min(at, until - timedelta(seconds=random.randint(1, 3600)))


def _minutes_back(random: Random) -> int:
    """More of them newly come than long waiting."""
    share: float = random.random() ** 1.5
    return round(3 + (_RECENT_MINUTES - 3) * share)
