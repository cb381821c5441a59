import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.rules.targets.oracle import STEADY, WINDOWS, Window
from vaxel.rules.targets import (
    BusinessDuration,
    Calendar,
    CalendarSpec,
    OpenDays,
    SameDay,
    TargetSpec,
    WallClock,
    build_calendar,
    check_target,
    deadline,
    open_days_deadline,
    parse_within,
    same_day_deadline,
)

DAY = timedelta(days=1)


def _desk(**keys: object) -> Calendar:
    raw = {
        "open": {"weekdays": ["08:00-12:00", "13:00-17:00"], "fri": ["08:00-12:00", "13:00-15:00"]},
        "holidays": "SE",
        "eves": True,
        "day_before_holiday": ["08:00-12:00"],
        **keys,
    }
    return build_calendar(CalendarSpec.model_validate(raw), default_zone="Europe/Stockholm")


def _local(text: str, calendar: Calendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-18T09:00", "2026-11-18T17:00"),
        ("2026-11-18T14:59:59", "2026-11-18T17:00"),
        ("2026-11-18T15:00", "2026-11-19T17:00"),  # the cut-off itself is too late
        ("2026-11-18T06:00", "2026-11-18T17:00"),  # before the opening is the same day
        ("2026-11-18T19:00", "2026-11-19T17:00"),
        ("2026-11-19T16:00", "2026-11-20T15:00"),  # Friday closes earlier
        ("2026-11-20T14:30", "2026-11-20T15:00"),
        ("2026-11-20T15:30", "2026-11-23T17:00"),
        ("2026-11-21T09:00", "2026-11-23T17:00"),  # a Saturday counts as Monday morning
        ("2026-04-30T11:00", "2026-04-30T12:00"),  # half-day before 1 May
        ("2026-04-30T13:00", "2026-05-04T17:00"),  # the half-day is over
        ("2026-12-23T16:00", "2026-12-28T17:00"),
        ("2026-12-30T15:30", "2027-01-04T17:00"),
    ],
)
def test_same_day_is_due_at_the_close_of_the_business_day(asked: str, due: str) -> None:
    desk = _desk()

    assert same_day_deadline(desk, _local(asked, desk), cut_off=time(15)) == _local(due, desk)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-18T11:59", "2026-11-18T16:00"),
        ("2026-11-18T12:00", "2026-11-19T16:00"),
        ("2026-11-20T11:00", "2026-11-20T15:00"),  # closed at 16: the close
        ("2026-04-30T11:00", "2026-04-30T12:00"),
    ],
)
def test_same_day_is_due_at_the_agreed_time_if_the_desk_is_open_then(asked: str, due: str) -> None:
    desk = _desk()
    target = SameDay(cut_off=time(12), answer_by=time(16))

    assert deadline(target, desk, _local(asked, desk)) == _local(due, desk)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-18T14:59", "2026-11-18T17:00"),
        ("2026-11-18T15:00", "2026-11-19T12:00"),
        ("2026-11-18T20:00", "2026-11-19T12:00"),  # the evening is after the cut-off, not before that of tomorrow
        ("2026-11-19T00:30", "2026-11-19T17:00"),
        ("2026-11-21T09:00", "2026-11-23T12:00"),  # a Saturday: the next day that is open
        ("2026-04-30T13:00", "2026-05-04T12:00"),  # the half-day is over
    ],
)
def test_same_day_gives_what_comes_late_its_own_time_on_the_next_day(asked: str, due: str) -> None:
    desk = _desk()
    target = SameDay(cut_off=time(15), next_day_by=time(12))

    assert deadline(target, desk, _local(asked, desk)) == _local(due, desk)


def test_same_day_is_due_at_the_close_where_the_agreed_time_is_before_the_opening() -> None:
    desk = _desk(half_days={"2026-11-18": ["13:00-17:00"]})
    asked = _local("2026-11-17T15:00", desk)

    assert same_day_deadline(desk, asked, cut_off=time(10), answer_by=time(12)) == _local("2026-11-18T17:00", desk)


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-11-18T09:00", 1, "2026-11-19T17:00"),
        ("2026-11-18T09:00", 2, "2026-11-20T15:00"),
        ("2026-11-18T09:00", 3, "2026-11-23T17:00"),
        ("2026-11-18T07:00", 1, "2026-11-19T17:00"),
        ("2026-11-18T17:00", 1, "2026-11-20T15:00"),  # after the close counts as the next morning
        ("2026-11-21T09:00", 1, "2026-11-24T17:00"),
        ("2026-04-29T09:00", 1, "2026-04-30T12:00"),  # a half-day is an open day
        ("2026-12-23T09:00", 2, "2026-12-29T17:00"),
        ("2026-11-18T09:00", 0, "2026-11-18T17:00"),
    ],
)
def test_open_days_are_due_when_the_last_of_them_closes(asked: str, days: int, due: str) -> None:
    desk = _desk()

    assert open_days_deadline(desk, _local(asked, desk), days) == _local(due, desk)


def test_open_days_of_nights_end_at_midnight() -> None:
    nights = build_calendar(CalendarSpec.model_validate({"open": {"every-day": ["00:00-06:00", "22:00-24:00"]}}))

    assert open_days_deadline(nights, datetime(2026, 12, 31, 23, tzinfo=UTC), 1) == datetime(2027, 1, 2, tzinfo=UTC)


def test_day_that_closed_before_new_year_in_utc_has_its_own_close() -> None:
    raw = {"open": {"every-day": ["00:00-06:00"]}, "time_zone": "Pacific/Auckland"}
    nights = build_calendar(CalendarSpec.model_validate(raw))
    asked = _local("2026-12-31T03:00", nights)

    assert open_days_deadline(nights, asked, 1) == _local("2027-01-01T06:00", nights)
    assert open_days_deadline(nights, asked, 2) == _local("2027-01-02T06:00", nights)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("4h", BusinessDuration(minutes=240)),
        ("30m", BusinessDuration(minutes=30)),
        ("1h30m", BusinessDuration(minutes=90)),
        (" 1h 30m ", BusinessDuration(minutes=90)),
        ("8784h", BusinessDuration(minutes=527_040)),
        ("2d", OpenDays(days=2)),
    ],
)
def test_within_is_read(text: str, spec: TargetSpec) -> None:
    assert parse_within(text) == spec


def test_within_by_the_wall_clock_is_read() -> None:
    assert parse_within("72h", wall_clock=True) == WallClock(minutes=4320)


_HINT = 'write hours and minutes as "4h", "30m" or "1h30m", or open days as "2d"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *[
            (text, f'"{text}" is not a time to answer: {_HINT}')
            for text in ("", " ", "4", "4 hours", "h", "2w", "1d4h", "30m1h", "-4h", "1.5h", "4H", "٤h", "9999999h")
        ],
        ("0h", "0 minutes is not a target: give 1 to 527040 minutes"),
        ("0d", "0 open days is not a target: give 1 to 366 open days"),
        ("367d", "367 open days is not a target: give 1 to 366 open days"),
        ("8785h", "527100 minutes is not a target: give 1 to 527040 minutes"),
    ],
)
def test_within_refuses_what_can_be_misread(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_within(text)


def test_within_by_the_wall_clock_refuses_days() -> None:
    message = '"2d" by the wall clock is not said in days: write hours, as "48h"'

    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_within("2d", wall_clock=True)


def test_same_day_refuses_an_answer_before_the_cut_off() -> None:
    message = "^answer by 15:00 must be after the cut-off 15:00$"
    desk = _desk()

    with pytest.raises(ValueError, match=message):
        SameDay(cut_off=time(15), answer_by=time(15))
    with pytest.raises(ValueError, match=message):
        same_day_deadline(desk, _local("2026-11-18T09:00", desk), cut_off=time(15), answer_by=time(15))


@pytest.mark.parametrize(
    ("spec", "due"),
    [
        (BusinessDuration(minutes=240), "2026-11-18T14:00"),
        (SameDay(cut_off=time(15)), "2026-11-18T17:00"),
        (OpenDays(days=1), "2026-11-19T17:00"),
        (WallClock(minutes=240), "2026-11-18T13:00"),
    ],
)
def test_deadline_follows_the_kind_of_target(spec: TargetSpec, due: str) -> None:
    desk = _desk()

    assert deadline(spec, desk, _local("2026-11-18T09:00", desk)) == _local(due, desk)


@pytest.mark.parametrize(
    "spec",
    [
        BusinessDuration(minutes=240),
        SameDay(cut_off=time(15)),
        SameDay(cut_off=time(12), answer_by=time(16, 30), next_day_by=time(11)),
        OpenDays(days=2),
        WallClock(minutes=30),
    ],
)
def test_target_survives_json(spec: TargetSpec) -> None:
    adapter: TypeAdapter[TargetSpec] = TypeAdapter(TargetSpec)

    assert adapter.validate_json(adapter.dump_json(spec)) == spec


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (SameDay(cut_off=time(12, 30)), "the cut-off 12:30 falls into a break: put it where the break starts"),
        (
            SameDay(cut_off=time(8)),
            "the cut-off 08:00 is outside the opening hours of every weekday: put it after an opening",
        ),
        (
            SameDay(cut_off=time(18)),
            "the cut-off 18:00 is outside the opening hours of every weekday: put it after an opening",
        ),
        (
            SameDay(cut_off=time(15), answer_by=time(17)),
            "answer by 17:00 is never before the close: leave it out to answer by the close",
        ),
        (
            SameDay(cut_off=time(15), next_day_by=time(7)),
            "`next_day_by`, 07:00, is never between the opening and the close: leave it out to answer by the close",
        ),
    ],
)
def test_target_that_cannot_mean_what_it_says_is_refused(spec: TargetSpec, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        check_target(spec, _desk())


@pytest.mark.parametrize(
    "spec",
    [
        BusinessDuration(minutes=240),
        OpenDays(days=2),
        SameDay(cut_off=time(12)),
        SameDay(cut_off=time(13)),
        SameDay(cut_off=time(16)),  # later than the close of Friday, not of Monday
        SameDay(cut_off=time(15), answer_by=time(16)),
        SameDay(cut_off=time(17)),
    ],
)
def test_target_that_fits_the_calendar_passes(spec: TargetSpec) -> None:
    desk = _desk()
    check_target(spec, desk)
    asked = _local("2026-11-18T09:00", desk)

    assert deadline(spec, desk, asked) > asked


def test_same_day_fits_a_desk_that_never_closes() -> None:
    always = build_calendar(CalendarSpec(always=True), default_zone="Europe/Stockholm")
    target = SameDay(cut_off=time(15))
    check_target(target, always)

    assert deadline(target, always, _local("2026-11-18T09:00", always)) == _local("2026-11-19T00:00", always)


def _open_dates(window: Window) -> list[tuple[date, datetime]]:
    """The dates with open minutes, each with its last close, by asking every minute."""
    closes: dict[date, datetime] = {}
    for minute in range(window.length):
        if window.flags[minute]:
            wall = window.at(minute).astimezone(window.week.calendar().zone)
            closes[wall.date()] = window.at(minute + 1)
    return sorted(closes.items())[:-1]  # the window may cut the last date


@STEADY
@given(window=st.sampled_from(WINDOWS), asked=st.integers(0, 7 * 1440), days=st.integers(0, 2))
def test_open_days_agree_with_counting(window: Window, asked: int, days: int) -> None:
    calendar = window.week.calendar()
    came = window.first_minute(asked, holds=lambda is_open: is_open)
    assert came is not None
    later = [close for day, close in _open_dates(window) if day >= came.astimezone(calendar.zone).date()]

    assert open_days_deadline(calendar, window.at(asked), days) == later[days]


@STEADY
@given(window=st.sampled_from(WINDOWS), asked=st.integers(0, 8 * 1440), cut_off=st.times())
def test_same_day_agrees_with_counting(window: Window, asked: int, cut_off: time) -> None:
    calendar = window.week.calendar()
    came = window.first_minute(asked, holds=lambda is_open: is_open)
    assert came is not None
    wall = came.astimezone(calendar.zone)
    later = [close for day, close in _open_dates(window) if day >= wall.date()]

    assert same_day_deadline(calendar, window.at(asked), cut_off=cut_off) == later[wall.time() >= cut_off]


targets: st.SearchStrategy[TargetSpec] = st.one_of(
    st.builds(BusinessDuration, minutes=st.integers(1, 2000)),
    st.builds(WallClock, minutes=st.integers(1, 2000)),
    st.builds(OpenDays, days=st.integers(1, 4)),
    st.builds(SameDay, cut_off=st.sampled_from([time(9), time(15), time(23, 30)])),
)


@STEADY
@given(
    window=st.sampled_from(WINDOWS),
    target=targets,
    asked=st.lists(st.timedeltas(timedelta(), 14 * DAY), min_size=2, max_size=2).map(sorted),
)
def test_who_asks_earlier_is_not_answered_later(window: Window, target: TargetSpec, asked: list[timedelta]) -> None:
    calendar = window.week.calendar()
    earlier, later = (window.first + after for after in asked)

    assert earlier < deadline(target, calendar, earlier) <= deadline(target, calendar, later)
