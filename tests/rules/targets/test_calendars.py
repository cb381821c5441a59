from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from vaxel.rules.targets import Calendar, CalendarSpec, build_calendar, business_deadline

STOCKHOLM = "Europe/Stockholm"
FULL = ["08:00-12:00", "13:00-17:00"]


def _calendar(**keys: object) -> Calendar:
    raw = {"open": {"weekdays": FULL}, **keys}
    return build_calendar(CalendarSpec.model_validate(raw), default_zone=STOCKHOLM)


def _hours(calendar: Calendar, *days: str) -> list[str]:
    return [" ".join(str(span) for span in calendar.hours_on(date.fromisoformat(day))) for day in days]


def test_week_prefers_the_day_before_weekdays_before_every_day() -> None:
    calendar = _calendar(
        open={"every-day": ["10:00-12:00"], "weekdays": ["08:00-17:00"], "fri": ["08:00-15:00"], "sun": []}
    )

    assert _hours(calendar, "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22") == [
        "08:00-17:00",
        "08:00-15:00",
        "10:00-12:00",
        "",
    ]


def test_touching_hours_are_one_span() -> None:
    calendar = _calendar(open={"weekdays": ["08:00-12:00", "12:00-17:00"]})

    assert _hours(calendar, "2026-11-18") == ["08:00-17:00"]


HOLIDAY_WEEK = {"weekdays": ["07:00-21:00"], "sun": ["09:00-15:00"], "holidays": ["09:00-15:00"]}


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-05-01", "09:00-15:00"),
        ("2026-12-26", "09:00-15:00"),  # a Saturday, closed in the ordinary week
        ("2026-12-24", "09:00-15:00"),  # an eve
        ("2026-12-25", ""),  # closed by name
        ("2026-12-23", "07:00-21:00"),
        ("2028-04-14", "09:00-15:00"),  # a Good Friday that nobody listed
        ("2026-04-30", "07:00-12:00"),
        ("2027-05-06", "09:00-17:00"),  # and two hours more
    ],
)
def test_public_holidays_have_the_hours_that_the_week_names_for_them(day: str, hours: str) -> None:
    calendar = _calendar(
        open=HOLIDAY_WEEK,
        holidays="SE",
        eves=True,
        day_before_holiday=["07:00-12:00"],
        closed=["12-25"],
        extra_open={"2027-05-06": ["15:00-17:00"]},
    )

    assert _hours(calendar, day) == [hours]


def test_hours_of_public_holidays_count_for_a_deadline() -> None:
    calendar = _calendar(open=HOLIDAY_WEEK, holidays="SE")
    asked = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)  # 14:00 in Stockholm

    assert business_deadline(calendar, asked, 120) == datetime(2026, 5, 3, 8, 0, tzinfo=UTC)


SWEDISH_DAYS_OFF_2026 = [
    "2026-01-01",
    "2026-01-06",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-12-25",
]
SWEDISH_EVES_2026 = ["2026-06-19", "2026-12-24", "2026-12-31"]
SWEDISH_DAYS_BEFORE_2026 = [
    "2026-01-05",
    "2026-04-02",
    "2026-04-30",
    "2026-05-13",
    "2026-06-05",
    "2026-10-30",
]


@pytest.mark.parametrize("eves", [False, True])
def test_swedish_holidays_close_weekdays(eves: bool) -> None:  # noqa: FBT001 - a table of two rows
    calendar = _calendar(holidays="SE", eves=eves)
    closed = [day for day in _weekdays_of_2026() if not calendar.hours_on(day)]

    assert closed == sorted(map(date.fromisoformat, SWEDISH_DAYS_OFF_2026 + SWEDISH_EVES_2026 * eves))


def test_day_before_a_swedish_holiday_is_short() -> None:
    calendar = _calendar(holidays="SE", eves=True, day_before_holiday=["08:00-12:00"])
    short = [day for day in _weekdays_of_2026() if _hours(calendar, str(day)) == ["08:00-12:00"]]

    assert short == list(map(date.fromisoformat, SWEDISH_DAYS_BEFORE_2026))


def test_eves_are_short_days_where_they_are_not_off() -> None:
    calendar = _calendar(holidays="SE", day_before_holiday=["08:00-12:00"])

    assert _hours(calendar, "2026-06-18", *SWEDISH_EVES_2026) == [
        "08:00-12:00 13:00-17:00",
        *["08:00-12:00"] * 3,
    ]


def test_plain_sundays_are_no_holidays() -> None:
    calendar = _calendar(open={"every-day": ["08:00-12:00"]}, holidays="SE", day_before_holiday=["08:00-09:00"])

    assert _hours(calendar, "2026-11-21", "2026-11-22", "2026-04-05") == ["08:00-12:00", "08:00-12:00", ""]


def test_region_has_holidays_of_its_own() -> None:
    whit_thursday = "2026-06-04"

    assert _hours(_calendar(holidays="DE", region="BY"), whit_thursday) == [""]
    assert _hours(_calendar(holidays="DE", region="BE"), whit_thursday) == ["08:00-12:00 13:00-17:00"]


def test_substitute_day_of_a_weekend_holiday_is_closed() -> None:
    calendar = _calendar(holidays="US")

    assert _hours(calendar, "2021-12-31", "2026-07-03") == ["", ""]


def test_closed_covers_dates_and_ranges() -> None:
    calendar = _calendar(closed=["2026-11-18", "2026-11-23..2026-11-24", "07-06..07-10", "12-28..01-05"])
    closed = [str(day) for day in _weekdays_of_2026() if not calendar.hours_on(day)]

    assert closed == [
        *("2026-01-01", "2026-01-02", "2026-01-05"),
        *("2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09", "2026-07-10"),
        *("2026-11-18", "2026-11-23", "2026-11-24"),
        *("2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-12-23", "08:00-10:00"),  # half-day of every year
        ("2027-12-23", "09:00-10:00"),  # the full date before the yearly one
        ("2028-12-23", ""),  # a Saturday stays closed
        ("2026-01-05", "08:00-14:00"),  # half_days before day_before_holiday
        ("2026-04-30", "08:00-12:00"),
        ("2026-05-01", ""),  # a holiday before half_days
        ("2026-12-30", "10:00-11:00"),  # extra hours on a closed date
        ("2026-11-21", "09:00-10:00"),  # extra hours on a Saturday
        ("2026-11-18", "07:00-12:00 13:00-17:00"),  # extra hours join the week's
        ("2028-02-29", ""),
    ],
)
def test_first_rule_that_says_something_decides_the_hours(day: str, hours: str) -> None:
    calendar = _calendar(
        holidays="SE",
        day_before_holiday=["08:00-12:00"],
        closed=["2026-12-28..2026-12-30", "02-29"],
        half_days={
            "12-23": ["08:00-10:00"],
            "2027-12-23": ["09:00-10:00"],
            "2026-01-05": ["08:00-14:00"],
            "05-01": ["08:00-10:00"],
        },
        extra_open={
            "2026-12-30": ["10:00-11:00"],
            "2026-11-21": ["09:00-10:00"],
            "2026-11-18": ["07:00-09:00"],
        },
    )

    assert _hours(calendar, day) == [hours]


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-06-15", "09:00-15:00"),
        ("2026-07-04", ""),  # a Saturday stays closed
        ("2026-07-01", "10:00-12:00"),  # the range of one year before that of every year
        ("2026-07-02", "11:00-12:00"),  # a single date before a range
        ("2026-08-14", "09:00-15:00"),
        ("2026-08-17", "08:00-12:00 13:00-17:00"),
        ("2026-11-28", "10:00-12:00"),  # extra hours on the days of a range, on closed ones too
        ("2026-11-30", "08:00-12:00 13:00-22:00"),
    ],
)
def test_ranges_change_the_hours_of_their_days(day: str, hours: str) -> None:
    calendar = _calendar(
        half_days={
            "06-15..08-15": ["09:00-15:00"],
            "2026-07-01..2026-07-03": ["10:00-12:00"],
            "07-02": ["11:00-12:00"],
        },
        extra_open={"2026-11-28": ["10:00-12:00"], "11-29..11-30": ["17:00-22:00"]},
    )

    assert _hours(calendar, day) == [hours]


@pytest.mark.parametrize(
    ("at", "is_open", "opening", "closing"),
    [
        ("2026-11-18T09:00", True, "2026-11-18T09:00", "2026-11-18T12:00"),
        ("2026-11-18T08:00", True, "2026-11-18T08:00", "2026-11-18T12:00"),
        ("2026-11-18T12:00", False, "2026-11-18T13:00", "2026-11-18T12:00"),
        ("2026-11-18T16:59:59.999999", True, "2026-11-18T16:59:59.999999", "2026-11-18T17:00"),
        ("2026-11-20T17:00", False, "2026-11-23T08:00", "2026-11-20T17:00"),
        ("2026-12-31T18:00", False, "2027-01-04T08:00", "2026-12-31T18:00"),
    ],
)
def test_opening_and_closing_of_the_desk(at: str, is_open: bool, opening: str, closing: str) -> None:  # noqa: FBT001 - a table
    calendar = _calendar(holidays="SE")
    now = datetime.fromisoformat(at).replace(tzinfo=calendar.zone)

    assert calendar.is_open(now) == is_open
    assert calendar.next_opening(now) == datetime.fromisoformat(opening).replace(tzinfo=calendar.zone)
    assert calendar.next_closing(now) == datetime.fromisoformat(closing).replace(tzinfo=calendar.zone)


def test_nights_close_once_after_midnight() -> None:
    calendar = _calendar(open={"every-day": ["00:00-06:00", "22:00-24:00"]})
    new_years_eve = datetime(2026, 12, 31, 22, 30, tzinfo=calendar.zone)

    assert calendar.next_closing(new_years_eve) == datetime(2027, 1, 1, 6, 0, tzinfo=calendar.zone)


@pytest.mark.parametrize("spec", [CalendarSpec(always=True), _calendar(open={"every-day": ["00:00-24:00"]})._spec])
def test_round_the_clock_never_closes(spec: CalendarSpec) -> None:
    calendar = build_calendar(spec)
    now = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)

    assert calendar.is_open(now)
    assert calendar.next_opening(now) == now
    assert calendar.next_closing(now) is None


def test_spec_zone_goes_before_the_default() -> None:
    raw = {"open": {"weekdays": FULL}}
    here = build_calendar(CalendarSpec.model_validate(raw), default_zone=STOCKHOLM)
    there = build_calendar(CalendarSpec.model_validate(raw | {"time_zone": "Asia/Kolkata"}), default_zone=STOCKHOLM)

    assert [str(here.zone), str(there.zone)] == [STOCKHOLM, "Asia/Kolkata"]


@pytest.mark.parametrize(
    ("keys", "last_chance"),
    [
        ({"open": {"weekdays": []}}, "2025-01-01"),
        ({"open": {}, "extra_open": {"2026-11-18": FULL}}, "2025-01-01"),
        ({"open": {}, "extra_open": {"02-29": FULL}}, "2025-01-01"),
        ({"closed": ["01-01..12-31"]}, "2025-01-01"),
        ({"closed": ["2026-07-01..2206-07-31"]}, "2026-06-30"),
    ],
)
def test_calendar_that_never_opens_is_refused(keys: dict[str, object], last_chance: str) -> None:
    message = f"no opening hours for 366 days after {last_chance}: a desk must open at least once a year$"

    with pytest.raises(ValueError, match=message):
        _calendar(**keys)


def test_calendar_open_once_a_year_is_enough() -> None:
    calendar = _calendar(open={}, extra_open={"12-01": ["08:00-09:00"]})
    asked = datetime(2026, 12, 1, 8, 30, tzinfo=calendar.zone)

    assert business_deadline(calendar, asked, 60) == datetime(2027, 12, 1, 8, 30, tzinfo=calendar.zone)


def test_year_tables_are_in_order_and_meet() -> None:
    calendar = _calendar(open={"every-day": ["00:00-24:00"]}, closed=["12-31"])
    tables = [calendar.year(year) for year in range(2024, 2030)]

    assert [earlier.end for earlier, _ in pairwise(tables)] == [later.begin for _, later in pairwise(tables)]
    assert [len(table.starts) for table in tables] == [2] * 6


def _weekdays_of_2026() -> list[date]:
    days = (date.fromordinal(date(2026, 1, 1).toordinal() + ahead) for ahead in range(365))
    return [day for day in days if day.weekday() < 5]
