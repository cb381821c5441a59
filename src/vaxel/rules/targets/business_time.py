"""Arithmetic in business time: how long a desk was open, and when it will have been open for so long.

Instants are aware datetimes and answers are in UTC; a naive one raises ValueError. Amounts are whole minutes, or a
timedelta where seconds matter. Nothing is rounded: one hour from 09:59:30.5 ends at 10:59:30.5. On days when clocks
change, elapsed minutes count, not the difference of the wall clock.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime, time, timedelta
from typing import Final

from vaxel.rules.targets.calendars import Calendar, beyond_years, instant, micros
from vaxel.rules.targets.year_table import YearTable

_ONE_DAY: Final = timedelta(days=1)
_MINUTE: Final = 60_000_000
_MICROSECOND: Final = timedelta(microseconds=1)


def open_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How long the desk is open between two instants, exactly; negative if `end` is before `start`."""
    return timedelta(microseconds=_open_micros(calendar, micros(start), micros(end)))


def minutes_between(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Whole business minutes between two instants; a minute that has only begun does not count.

    Counts downwards alike if `end` is before `start`. Sums of parts lose up to a minute for each part: to add up, use
    `open_time_between`.
    """
    passed = _open_micros(calendar, micros(start), micros(end))
    return passed // _MINUTE if passed >= 0 else -(-passed // _MINUTE)


def business_deadline(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """The first instant, from `start` on, with that many business minutes behind it since `start`.

    So minutes that run out with the working day end at its close, not at the next opening, and 0 minutes is `start`
    itself.
    """
    return business_deadline_after(calendar, start, timedelta(minutes=minutes))


def business_start(calendar: Calendar, end: datetime, minutes: int) -> datetime:
    """The last instant, up to `end`, with that many business minutes before `end`: the mirror of a deadline.

    `business_start(c, business_deadline(c, s, m), m) == s` whenever the desk is open at s; from a closed s it is the
    opening after s (for m > 0).
    """
    return business_start_before(calendar, end, timedelta(minutes=minutes))


def business_deadline_after(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """`business_deadline` for an exact amount of open time, 0 or more."""
    now, left = micros(start), _no_less_than_nothing(amount)
    if left == 0:
        return instant(now)
    for table in calendar.tables_from(now):
        passed = _passed(table, now)
        if passed + left <= table.total:
            span = bisect_left(table.before, passed + left) - 1
            return instant(table.starts[span] + passed + left - table.before[span])
        left -= table.total - passed
    raise beyond_years()


def business_start_before(calendar: Calendar, end: datetime, amount: timedelta) -> datetime:
    """`business_start` for an exact amount of open time, 0 or more."""
    now, left = micros(end), _no_less_than_nothing(amount)
    if left == 0:
        return instant(now)
    for table in calendar.tables_back_from(now):
        passed = _passed(table, now)
        if left <= passed:
            span = bisect_right(table.before, passed - left) - 1
            return instant(table.starts[span] + passed - left - table.before[span])
        left -= passed
    raise beyond_years()


def wall_clock_deadline(start: datetime, minutes: int) -> datetime:
    """That many elapsed minutes after `start`, night and day."""
    return instant(micros(start) + _no_less_than_nothing(timedelta(minutes=minutes)))


def same_day_deadline(
    calendar: Calendar,
    start: datetime,
    *,
    cut_off: time,
    answer_by: time | None = None,
    next_day_by: time | None = None,
) -> datetime:
    """The same business day for what comes before the cut-off, the next business day for the rest.

    A question that comes while the desk is closed counts as come at the next opening. If the wall clock then reads
    less than `cut_off`, the answer is due that date, else on the next date with open hours: at the date's last close,
    or at `answer_by` if that is earlier than the close and later than the opening. On a half-day, the same cut-off
    holds and the earlier close.

    `next_day_by` stands in the place of `answer_by` wherever the answer is due on another date than the question
    came: after the cut-off, in the evening, and on a closed day.

    Raises ValueError if `answer_by` is not after `cut_off`: the answer would be due before the question may come.
    """
    if answer_by is not None and answer_by <= cut_off:
        raise ValueError(f"answer by {answer_by:%H:%M} must be after the cut-off {cut_off:%H:%M}")
    came = micros(start)
    opening = calendar.opening_from(came)
    asked = calendar.local(opening)
    if asked.time() >= cut_off:
        opening = calendar.opening_from(calendar.midnight(asked.date() + _ONE_DAY))
    another_day = calendar.local(opening).date() != calendar.local(came).date()
    return instant(_answer_on_date_of(calendar, opening, (another_day and next_day_by) or answer_by))


def open_days_deadline(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The last close of the `days`th date with open hours after the date of the question; 0 is that date itself.

    A question that comes while the desk is closed counts as come at the next opening. So with one day, what comes
    during Monday is due when Tuesday closes, and what comes on Monday night is due when Wednesday closes.
    """
    if days < 0:
        raise ValueError(f"{days} days is less than none: pass 0 or more")
    opening = calendar.opening_from(micros(start))
    for _ in range(days):
        opening = calendar.opening_from(calendar.midnight(calendar.local(opening).date() + _ONE_DAY))
    return instant(_answer_on_date_of(calendar, opening, None))


def _answer_on_date_of(calendar: Calendar, opening: int, answer_by: time | None) -> int:
    """The last close of the date of `opening`, or `answer_by` where it lies between the two."""
    day = calendar.local(opening).date()
    close = calendar.last_close(day)
    if answer_by is None:
        return close
    wished = micros(datetime.combine(day, answer_by, calendar.zone))
    return wished if opening < wished < close else close


def _open_micros(calendar: Calendar, start: int, end: int) -> int:
    if end < start:
        return -_open_micros(calendar, end, start)
    first, last = calendar.table_at(start), calendar.table_at(end)
    passed = _passed(last, end) - _passed(first, start)
    if first is last:
        return passed
    for table in calendar.tables_from(start):
        if table is last:
            break
        passed += table.total
    return passed


def _passed(table: YearTable, now: int) -> int:
    """Open time of the table's year before an instant: none before the year, all of it after the year."""
    span = bisect_right(table.starts, now) - 1
    if span < 0:
        return 0
    return table.before[span] + min(now, table.ends[span]) - table.starts[span]


def _no_less_than_nothing(amount: timedelta) -> int:
    """The amount in microseconds."""
    if amount < timedelta():
        raise ValueError(f"{amount} is less than no time: pass 0 or more")
    return amount // _MICROSECOND
