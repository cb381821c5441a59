"""Case 76: clocks are changed. In 2026 Stockholm skips an hour on 29 March and repeats one on 25 October."""

from datetime import UTC, datetime, time

import pytest

from tests.rules.targets.oracle import ALL_DAYS, AROUND_CLOCK_CHANGES, NIGHTS, WINDOWS, Week, Window
from vaxel.rules.targets import (
    Calendar,
    CalendarSpec,
    SameDay,
    build_calendar,
    business_deadline,
    business_start,
    deadline,
    minutes_between,
    same_day_deadline,
)

STOCKHOLM = "Europe/Stockholm"
NEW_YORK = "America/New_York"
AUCKLAND = "Pacific/Auckland"
LORD_HOWE = "Australia/Lord_Howe"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _daily(*spans: str, zone: str = STOCKHOLM) -> Calendar:
    raw = {"open": {"every-day": list(spans)}, "time_zone": zone}
    return build_calendar(CalendarSpec.model_validate(raw))


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        (STOCKHOLM, "2026-03-28", 24 * 60),
        (STOCKHOLM, "2026-03-29", 23 * 60),
        (STOCKHOLM, "2026-10-25", 25 * 60),
        (NEW_YORK, "2026-03-08", 23 * 60),
        (NEW_YORK, "2026-11-01", 25 * 60),
        (AUCKLAND, "2026-09-27", 23 * 60),
        (AUCKLAND, "2026-04-05", 25 * 60),
        (LORD_HOWE, "2026-04-05", 24 * 60 + 30),
        ("Asia/Kolkata", "2026-03-29", 24 * 60),
    ],
)
def test_t76_day_of_a_clock_change_has_its_elapsed_minutes(zone: str, day: str, minutes: int) -> None:
    calendar = Week(zone=zone, hours=ALL_DAYS).calendar()
    begin = datetime.fromisoformat(day).replace(tzinfo=calendar.zone)
    end = begin.replace(day=begin.day + 1)

    assert minutes_between(calendar, begin, end) == minutes


@pytest.mark.parametrize(
    ("span", "spring", "autumn"),
    [
        ("01:00-04:00", 120, 240),
        ("02:00-03:00", 0, 120),  # the skipped hour does not occur, the repeated one occurs twice
        ("02:30-04:00", 60, 120),
        ("01:00-02:30", 60, 120),
        ("08:00-17:00", 540, 540),
    ],
)
def test_t76_hours_are_open_when_the_wall_clock_reads_them(span: str, spring: int, autumn: int) -> None:
    calendar = _daily(span)
    spring_day = _instant("2026-03-28T23:00+00:00"), _instant("2026-03-29T22:00+00:00")
    autumn_day = _instant("2026-10-24T22:00+00:00"), _instant("2026-10-25T23:00+00:00")

    assert minutes_between(calendar, *spring_day) == spring
    assert minutes_between(calendar, *autumn_day) == autumn


def test_t76_hours_that_meet_on_paper_meet_in_time() -> None:
    night, day = _daily("00:00-02:30"), _daily("02:30-24:00")
    begin, end = _instant("2026-10-24T22:00+00:00"), _instant("2026-10-25T23:00+00:00")

    assert minutes_between(night, begin, end) + minutes_between(day, begin, end) == 25 * 60


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-28T23:00+01:00", 180, "2026-03-29T03:00+02:00"),
        ("2026-03-29T01:59+01:00", 1, "2026-03-29T03:00+02:00"),
        ("2026-10-25T02:30+02:00", 60, "2026-10-25T02:30+01:00"),
        ("2026-10-24T23:00+02:00", 300, "2026-10-25T03:00+01:00"),
    ],
)
def test_t76_night_deadline_counts_elapsed_minutes(start: str, minutes: int, end: str) -> None:
    nights = _daily("00:00-06:00", "22:00-24:00")

    assert business_deadline(nights, _instant(start), minutes) == _instant(end)
    assert business_start(nights, _instant(end), minutes) == _instant(start)


def test_t76_office_deadline_keeps_its_wall_clock_over_the_change() -> None:
    office = _daily("08:00-12:00", "13:00-17:00")

    assert business_deadline(office, _instant("2026-03-28T16:00+01:00"), 120) == _instant("2026-03-29T09:00+02:00")
    assert business_deadline(office, _instant("2026-10-24T16:00+02:00"), 120) == _instant("2026-10-25T09:00+01:00")


def test_t76_same_day_cut_off_is_the_wall_clock_of_the_day() -> None:
    office = _daily("08:00-17:00")
    winter, summer = _instant("2026-03-28T13:59+00:00"), _instant("2026-03-29T13:01+00:00")

    assert same_day_deadline(office, winter, cut_off=time(15)) == _instant("2026-03-28T17:00+01:00")
    assert same_day_deadline(office, summer, cut_off=time(15)) == _instant("2026-03-30T17:00+02:00")


def test_t76_answer_by_in_the_skipped_hour_is_read_before_the_jump() -> None:
    calendar = _daily("00:00-06:00")
    target = SameDay(cut_off=time(1), answer_by=time(2, 30))

    assert deadline(target, calendar, _instant("2026-03-29T00:15+01:00")) == _instant("2026-03-29T03:30+02:00")


def test_t76_midnight_that_is_skipped_begins_the_day_an_hour_later() -> None:
    calendar = _daily("00:00-24:00", zone="America/Santiago")
    asked = _instant("2026-09-05T20:00-04:00")

    assert same_day_deadline(calendar, asked, cut_off=time(22)) == _instant("2026-09-06T04:00+00:00")
    assert same_day_deadline(calendar, asked, cut_off=time(19)) == _instant("2026-09-07T03:00+00:00")


def test_t76_leap_day_is_a_day_like_others() -> None:
    office = _daily("08:00-17:00")
    leap_day = datetime(2028, 2, 29, tzinfo=office.zone), datetime(2028, 3, 1, tzinfo=office.zone)
    year = datetime(2028, 1, 1, tzinfo=office.zone), datetime(2029, 1, 1, tzinfo=office.zone)

    assert minutes_between(office, *leap_day) == 540
    assert minutes_between(office, *year) == 366 * 540


def test_t76_date_that_never_was_has_no_hours() -> None:
    samoa = _daily("00:00-24:00", zone="Pacific/Apia")  # it went from 29 to 31 December 2011
    begin, end = datetime(2011, 12, 29, tzinfo=samoa.zone), datetime(2012, 1, 1, tzinfo=samoa.zone)

    assert minutes_between(samoa, begin, end) == 2 * 24 * 60


@pytest.mark.parametrize("window", [w for w in WINDOWS if w.week.hours in (AROUND_CLOCK_CHANGES, NIGHTS)])
def test_t76_every_minute_around_a_clock_change_is_open_or_closed_as_the_clock_reads(window: Window) -> None:
    calendar = window.week.calendar()
    flags = tuple(calendar.is_open(window.at(minute)) for minute in range(window.length))

    assert flags == window.flags


def test_t76_instants_are_told_apart_by_their_offset() -> None:
    calendar = _daily("02:00-02:45")
    repeated = [datetime(2026, 10, 25, hour, 50, tzinfo=UTC) for hour in (0, 1)]

    assert [calendar.next_opening(at) for at in repeated] == [
        _instant("2026-10-25T02:00+01:00"),
        _instant("2026-10-26T02:00+01:00"),
    ]
