"""A target: how soon an answer is promised, as plain values, and the instant that follows from it.

There are four kinds. A *business duration* counts minutes in which the desk is open. The *same business day* asks
before or after a cut-off. *Open days* counts dates. The *wall clock* counts every minute and needs no calendar. One
rule for the first three: a question that comes while the desk is closed counts as come at the next opening.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise
from typing import Final, Literal

from vaxel.rules.sentences import SentenceError, say
from vaxel.rules.targets.business_time import (
    business_deadline,
    open_days_deadline,
    same_day_deadline,
    wall_clock_deadline,
)
from vaxel.rules.targets.calendars import Calendar
from vaxel.rules.targets.hours import Hours

MOST_MINUTES: Final = 366 * 24 * 60
MOST_OPEN_DAYS: Final = 366
_DURATION: Final = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?", re.ASCII)
_DAYS: Final = re.compile(r"([0-9]{1,6})d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessDuration:
    """Answered within so many business minutes."""

    minutes: int
    kind: Literal["business-duration"] = "business-duration"

    def __post_init__(self) -> None:
        _check_amount(self.minutes, most=MOST_MINUTES, code="target.minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class WallClock:
    """Answered within so many elapsed minutes, night and day."""

    minutes: int
    kind: Literal["wall-clock"] = "wall-clock"

    def __post_init__(self) -> None:
        _check_amount(self.minutes, most=MOST_MINUTES, code="target.minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDays:
    """Answered before the last close of the `days`th open date after the date of the question."""

    days: int
    kind: Literal["open-days"] = "open-days"

    def __post_init__(self) -> None:
        _check_amount(self.days, most=MOST_OPEN_DAYS, code="target.open-days")


@dataclass(frozen=True, slots=True, kw_only=True)
class SameDay:
    """Answered the same business day if asked before the cut-off; `answer_by` None means by the day's close.

    What is answered on a later date than it came is due by `next_day_by` there; None means as on the same day.
    """

    cut_off: time
    answer_by: time | None = None
    next_day_by: time | None = None
    kind: Literal["same-day"] = "same-day"

    def __post_init__(self) -> None:
        if self.answer_by is not None and self.answer_by <= self.cut_off:
            by, cut_off = f"{self.answer_by:%H:%M}", f"{self.cut_off:%H:%M}"
            raise SentenceError(say("target.answer-before-cut-off", answer_by=by, cut_off=cut_off))


TargetSpec = BusinessDuration | SameDay | OpenDays | WallClock


def parse_within(text: str, *, wall_clock: bool = False) -> TargetSpec:
    """Read how soon: "4h", "30m", "1h30m" (business time, or elapsed time if `wall_clock`) or "2d" (open days).

    Raises SentenceError. Refused as ambiguous: days mixed with hours, weeks, and days by the wall
    clock, for a day is 24 hours to one reader and the opening hours of a day to another.
    """
    compact = text.strip().replace(" ", "")
    if days := _DAYS.fullmatch(compact):
        if wall_clock:
            raise SentenceError(say("target.days-by-the-clock", value=text, hours=int(days[1]) * 24))
        return OpenDays(days=int(days[1]))
    found = _DURATION.fullmatch(compact)
    if not compact or found is None:
        raise SentenceError(say("target.no-time", value=text))
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    return WallClock(minutes=minutes) if wall_clock else BusinessDuration(minutes=minutes)


def deadline(spec: TargetSpec, calendar: Calendar, start: datetime) -> datetime:
    """When an answer is due to a question of instant `start`, in UTC; never before `start`."""
    match spec:
        case BusinessDuration(minutes=minutes):
            return business_deadline(calendar, start, minutes)
        case SameDay(cut_off=cut_off, answer_by=answer_by, next_day_by=next_day_by):
            return same_day_deadline(calendar, start, cut_off=cut_off, answer_by=answer_by, next_day_by=next_day_by)
        case OpenDays(days=days):
            return open_days_deadline(calendar, start, days)
        case WallClock(minutes=minutes):
            return wall_clock_deadline(start, minutes)


def check_target(spec: TargetSpec, calendar: Calendar) -> None:
    """Raise SentenceError if the target cannot mean in this calendar what it says.

    A cut-off must be a time when the desk is open on at least one ordinary weekday, and on none may it fall into a
    break: what comes in the break counts as come after it, so the cut-off would lie. `answer_by` and `next_day_by`
    must come before the close of at least one ordinary weekday, or they would never count.
    """
    if not isinstance(spec, SameDay):
        return
    days = [hours for hours in calendar.week() if hours]
    cut_off = _minute(spec.cut_off)
    if any(_is_in_break(hours, cut_off) for hours in days):
        raise SentenceError(say("target.break", cut_off=f"{spec.cut_off:%H:%M}"))
    if not any(hours[0].start < cut_off <= hours[-1].end for hours in days):
        raise SentenceError(say("target.outside-hours", cut_off=f"{spec.cut_off:%H:%M}"))
    if spec.answer_by is not None and not any(_minute(spec.answer_by) < hours[-1].end for hours in days):
        raise SentenceError(say("target.answer-after-close", answer_by=f"{spec.answer_by:%H:%M}"))
    if spec.next_day_by is not None and not any(
        hours[0].start < _minute(spec.next_day_by) < hours[-1].end for hours in days
    ):
        raise SentenceError(say("target.next-day-outside-hours", next_day_by=f"{spec.next_day_by:%H:%M}"))


def _is_in_break(hours: Hours, minute: int) -> bool:
    return any(earlier.end < minute < later.start for earlier, later in pairwise(hours))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _check_amount(amount: int, *, most: int, code: str) -> None:
    if not 1 <= amount <= most:
        raise SentenceError(say(code, amount=amount, most=most))
