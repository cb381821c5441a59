from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules.targets.oracle import ALL_DAYS, OFFICE, STEADY, WINDOWS, Week, Window
from vaxel.rules.targets import (
    Calendar,
    CalendarSpec,
    build_calendar,
    business_deadline,
    business_start,
    minutes_between,
    open_time_between,
    wall_clock_deadline,
)

STOCKHOLM = "Europe/Stockholm"
_MINUTES_OF_WINDOW = 15 * 24 * 60


def _office() -> Calendar:
    return Week(zone=STOCKHOLM, hours=OFFICE).calendar()


def _local(text: str, calendar: Calendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-18T09:00", 60, "2026-11-18T10:00"),
        ("2026-11-18T11:30", 60, "2026-11-18T13:30"),  # lunch
        ("2026-11-18T12:20", 60, "2026-11-18T14:00"),  # asked at lunch
        ("2026-11-18T08:00", 240, "2026-11-18T12:00"),  # ends at the close, not after lunch
        ("2026-11-18T16:00", 60, "2026-11-18T17:00"),
        ("2026-11-18T16:00", 61, "2026-11-19T08:01"),
        ("2026-11-20T16:00", 120, "2026-11-23T09:00"),  # over the weekend
        ("2026-11-21T03:00", 30, "2026-11-23T08:30"),  # asked on a Saturday night
        ("2026-12-31T16:30", 60, "2027-01-01T08:30"),  # no holidays in this calendar
        ("2026-12-31T16:00", 60, "2026-12-31T17:00"),  # the last hour of the year
        ("2028-02-28T16:30", 60, "2028-02-29T08:30"),  # leap day
        ("2026-11-18T12:20", 0, "2026-11-18T12:20"),
        ("2026-11-18T09:00", 480 * 5 * 52, "2027-11-17T09:00"),
        ("2026-11-18T16:59:30.500000", 1, "2026-11-19T08:00:30.500000"),
    ],
)
def test_business_deadline_counts_open_minutes(start: str, minutes: int, end: str) -> None:
    office = _office()

    assert business_deadline(office, _local(start, office), minutes) == _local(end, office)


@pytest.mark.parametrize(
    ("end", "minutes", "start"),
    [
        ("2026-11-18T10:00", 60, "2026-11-18T09:00"),
        ("2026-11-18T13:30", 60, "2026-11-18T11:30"),
        ("2026-11-18T17:00", 240, "2026-11-18T13:00"),  # begins after lunch, not at its start
        ("2026-11-23T09:00", 120, "2026-11-20T16:00"),
        ("2026-11-22T09:00", 60, "2026-11-20T16:00"),
        ("2027-01-01T08:30", 60, "2026-12-31T16:30"),
        ("2026-11-18T12:20", 0, "2026-11-18T12:20"),
    ],
)
def test_business_start_counts_backwards(end: str, minutes: int, start: str) -> None:
    office = _office()

    assert business_start(office, _local(end, office), minutes) == _local(start, office)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-18T09:00", "2026-11-18T10:00", 60),
        ("2026-11-18T09:00", "2026-11-18T09:00:59.999999", 0),
        ("2026-11-18T09:00:30", "2026-11-18T09:02:29", 1),
        ("2026-11-18T10:00", "2026-11-18T09:00", -60),
        ("2026-11-18T09:02:29", "2026-11-18T09:00:30", -1),
        ("2026-11-16T00:00", "2026-11-23T00:00", 5 * 480),
        ("2026-12-31T16:00", "2027-01-01T09:00", 120),
        ("2025-06-02T08:00", "2028-06-05T08:00", 157 * 5 * 480),
    ],
)
def test_minutes_between_counts_whole_open_minutes(start: str, end: str, minutes: int) -> None:
    office = _office()

    assert minutes_between(office, _local(start, office), _local(end, office)) == minutes


def test_open_time_between_keeps_seconds() -> None:
    office = _office()
    start, end = _local("2026-11-18T16:59:30.25", office), _local("2026-11-19T08:00:00.5", office)

    assert open_time_between(office, start, end) == timedelta(seconds=30.25)


def test_wall_clock_deadline_counts_nights() -> None:
    asked = datetime(2026, 3, 28, 20, 0, tzinfo=_office().zone)

    assert wall_clock_deadline(asked, 12 * 60) == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_deadlines_are_in_utc() -> None:
    office = _office()
    asked = _local("2026-11-18T09:00", office)

    assert [
        business_deadline(office, asked, 60).tzinfo,
        business_start(office, asked, 60).tzinfo,
        wall_clock_deadline(asked, 60).tzinfo,
        office.next_opening(asked).tzinfo,
    ] == [UTC, UTC, UTC, UTC]


def test_naive_instants_are_refused() -> None:
    office, naive = _office(), datetime(2026, 11, 18, 9, 0)  # noqa: DTZ001 - what is refused
    message = "^2026-11-18T09:00:00 has no time zone: pass an aware datetime$"

    with pytest.raises(ValueError, match=message):
        business_deadline(office, naive, 60)
    with pytest.raises(ValueError, match=message):
        wall_clock_deadline(naive, 60)
    with pytest.raises(ValueError, match=message):
        office.is_open(naive)


def test_negative_amounts_are_refused() -> None:
    office = _office()
    asked = _local("2026-11-18T09:00", office)

    with pytest.raises(ValueError, match="less than no time"):
        business_deadline(office, asked, -1)
    with pytest.raises(ValueError, match="less than no time"):
        business_start(office, asked, -1)
    with pytest.raises(ValueError, match="less than no time"):
        wall_clock_deadline(asked, -1)


def test_instants_beyond_the_calendar_are_refused() -> None:
    office = _office()

    with pytest.raises(ValueError, match=r"^calendars reach from 1970 through 2100"):
        business_deadline(office, datetime(2100, 12, 31, tzinfo=UTC), 60_000)
    with pytest.raises(ValueError, match=r"^calendars reach from 1970 through 2100"):
        business_start(office, datetime(1970, 1, 2, tzinfo=UTC), 60_000)
    with pytest.raises(ValueError, match=r"^calendars reach from 1970 through 2100"):
        office.is_open(datetime(2101, 1, 1, tzinfo=UTC))


windows = st.sampled_from(WINDOWS)
minutes_of_window = st.integers(0, _MINUTES_OF_WINDOW - 1)
amounts = st.one_of(st.integers(0, 90), st.integers(0, 4000))


@STEADY
@given(window=windows, minute=minutes_of_window)
def test_is_open_agrees_with_the_wall_clock(window: Window, minute: int) -> None:
    assert window.week.calendar().is_open(window.at(minute)) == window.flags[minute]


@STEADY
@given(window=windows, ends=st.tuples(minutes_of_window, minutes_of_window).map(sorted))
def test_minutes_between_agrees_with_counting(window: Window, ends: list[int]) -> None:
    start, end = ends
    counted = minutes_between(window.week.calendar(), window.at(start), window.at(end))

    assert counted == window.between(start, end)


@STEADY
@given(window=windows, start=minutes_of_window, minutes=amounts)
def test_business_deadline_agrees_with_counting(window: Window, start: int, minutes: int) -> None:
    expected = window.deadline(start, minutes)
    assume(expected is not None)

    assert business_deadline(window.week.calendar(), window.at(start), minutes) == expected


@STEADY
@given(window=windows, end=minutes_of_window, minutes=amounts)
def test_business_start_agrees_with_counting(window: Window, end: int, minutes: int) -> None:
    expected = window.start(end, minutes)
    assume(expected is not None)

    assert business_start(window.week.calendar(), window.at(end), minutes) == expected


@STEADY
@given(window=windows, start=minutes_of_window)
def test_openings_and_closings_agree_with_the_wall_clock(window: Window, start: int) -> None:
    calendar = window.week.calendar()
    opening = window.first_minute(start, holds=lambda is_open: is_open)
    closing = window.first_minute(start, holds=lambda is_open: not is_open)
    assume(opening is not None)
    assume(closing is not None or window.week.hours == ALL_DAYS)

    assert (calendar.next_opening(window.at(start)), calendar.next_closing(window.at(start))) == (
        opening,
        closing,
    )


_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(), timedelta(days=7 * 365)).map(_BEGIN.__add__)


@STEADY
@given(window=windows, start=instants, minutes=amounts)
def test_business_start_undoes_business_deadline(window: Window, start: datetime, minutes: int) -> None:
    calendar = window.week.calendar()
    opening = calendar.next_opening(start)

    assert business_start(calendar, business_deadline(calendar, opening, minutes), minutes) == opening


@STEADY
@given(window=windows, start=instants, minutes=amounts)
def test_deadline_has_exactly_the_minutes_behind_it(window: Window, start: datetime, minutes: int) -> None:
    calendar = window.week.calendar()
    end = business_deadline(calendar, start, minutes)

    assert open_time_between(calendar, start, end) == timedelta(minutes=minutes)


@STEADY
@given(
    window=windows,
    starts=st.tuples(instants, instants).map(sorted),
    minutes=st.tuples(amounts, amounts).map(sorted),
)
def test_deadlines_keep_the_order_of_questions_and_of_amounts(
    window: Window, starts: list[datetime], minutes: list[int]
) -> None:
    calendar = window.week.calendar()
    soonest = business_deadline(calendar, starts[0], minutes[0])
    between = [
        business_deadline(calendar, starts[0], minutes[1]),
        business_deadline(calendar, starts[1], minutes[0]),
    ]
    latest = business_deadline(calendar, starts[1], minutes[1])

    assert soonest <= min(between)
    assert max(between) <= latest


@STEADY
@given(window=windows, first=instants, second=instants, third=instants)
def test_open_time_adds_up(window: Window, first: datetime, second: datetime, third: datetime) -> None:
    calendar = window.week.calendar()
    parts = open_time_between(calendar, first, second) + open_time_between(calendar, second, third)

    assert parts == open_time_between(calendar, first, third)


@STEADY
@given(window=windows, start=instants, parts=st.lists(st.integers(1, 600), min_size=2, max_size=4))
def test_deadlines_can_be_taken_in_steps(window: Window, start: datetime, parts: list[int]) -> None:
    calendar = window.week.calendar()
    step = start
    for minutes in parts:
        step = business_deadline(calendar, step, minutes)

    assert step == business_deadline(calendar, start, sum(parts))


def _spans(edges: list[int]) -> tuple[str, ...]:
    """Each pair of quarters of an hour as one span."""
    clocks = [f"{edge // 4:02}:{edge % 4 * 15:02}" for edge in edges[: len(edges) // 2 * 2]]
    return tuple(f"{start}-{end}" for start, end in zip(clocks[::2], clocks[1::2], strict=True))


day_hours = st.lists(st.integers(0, 96), unique=True, max_size=6).map(sorted).map(_spans)
random_weeks = st.builds(
    lambda hours, zone, first: Window(week=Week(zone=zone, hours=hours), first=first, days=4),
    st.tuples(*[day_hours] * 7).filter(any),
    st.sampled_from([STOCKHOLM, "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
    st.sampled_from(
        [
            datetime(2026, 3, 6, tzinfo=UTC),
            datetime(2026, 3, 27, tzinfo=UTC),
            datetime(2026, 9, 25, tzinfo=UTC),
            datetime(2026, 10, 23, tzinfo=UTC),
            datetime(2026, 12, 30, tzinfo=UTC),
            datetime(2028, 2, 27, tzinfo=UTC),
        ]
    ),
)


@settings(STEADY, max_examples=50)
@given(window=random_weeks, start=st.integers(0, 4 * 1440 - 1), minutes=st.integers(1, 600))
def test_random_weeks_agree_with_counting(window: Window, start: int, minutes: int) -> None:
    calendar, end = window.week.calendar(), window.at(window.length)
    deadline = business_deadline(calendar, window.at(start), minutes)

    assert minutes_between(calendar, window.at(start), end) == window.between(start, window.length)
    assert (deadline if deadline < end else None) == window.deadline(start, minutes)


def test_round_the_clock_counts_every_minute() -> None:
    always = build_calendar(CalendarSpec(always=True), default_zone=STOCKHOLM)
    asked = datetime(2026, 10, 24, 12, 0, tzinfo=always.zone)

    assert business_deadline(always, asked, 3 * 24 * 60) == wall_clock_deadline(asked, 3 * 24 * 60)
