"""Instants in words, in Stockholm's time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from vaxel.surfaces.ui.moments import brief, clock, day, end_of, exact, moment, relative

STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: A Thursday, 10:00 in Stockholm.
NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "swedish", "english"),
    [
        (datetime(2026, 11, 19, 13, 20, tzinfo=UTC), "i dag kl. 14.20", "today 14:20"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "i morgon kl. 10.00", "tomorrow 10:00"),
        (datetime(2026, 11, 18, 15, 2, tzinfo=UTC), "i går kl. 16.02", "yesterday 16:02"),
        (datetime(2026, 11, 27, 13, 20, tzinfo=UTC), "fredag 27 november kl. 14.20", "Friday 27 November at 14:20"),
        (datetime(2027, 1, 4, 7, 5, tzinfo=UTC), "måndag 4 januari 2027 kl. 08.05", "Monday 4 January 2027 at 08:05"),
        # Half past eleven at night in London is already the next day in Stockholm.
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "i dag kl. 00.30", "today 00:30"),
    ],
)
def test_exact_names_the_day_as_people_do(at: datetime, swedish: str, english: str) -> None:
    assert exact(at, now=NOW, zone=STOCKHOLM, language="sv") == swedish
    assert exact(at, now=NOW, zone=STOCKHOLM, language="en") == english


@pytest.mark.parametrize(
    ("start", "end", "swedish", "english"),
    [
        (datetime(2026, 11, 19, 4, 0, tzinfo=UTC), datetime(2026, 11, 19, 13, 20, tzinfo=UTC), "14.20", "14:20"),
        (datetime(2026, 11, 27, 4, 0, tzinfo=UTC), datetime(2026, 11, 27, 13, 20, tzinfo=UTC), "14.20", "14:20"),
        (
            datetime(2026, 11, 19, 4, 0, tzinfo=UTC),
            datetime(2026, 11, 19, 23, 5, tzinfo=UTC),
            "i morgon kl. 00.05",
            None,
        ),
    ],
)
def test_end_of_a_span_names_its_day_when_it_is_another(
    start: datetime, end: datetime, swedish: str, english: str | None
) -> None:
    assert end_of(start, end, now=NOW, zone=STOCKHOLM, language="sv").exact == swedish
    told = end_of(start, end, now=NOW, zone=STOCKHOLM, language="en")
    assert told.exact == (english or "tomorrow 00:05")


@pytest.mark.parametrize(
    ("at", "swedish", "english"),
    [
        (datetime(2026, 11, 19, 9, 0, 20, tzinfo=UTC), "nu", "now"),
        (datetime(2026, 11, 19, 9, 24, tzinfo=UTC), "om 24 min", "in 24 min"),
        (datetime(2026, 11, 19, 11, 10, tzinfo=UTC), "om 2 h 10 min", "in 2 h 10 min"),
        (datetime(2026, 11, 19, 8, 12, tzinfo=UTC), "för 48 min sedan", "48 min ago"),
        (datetime(2026, 11, 20, 21, 4, tzinfo=UTC), "om 36 h", "in 36 h"),
        (datetime(2026, 11, 19, 18, 59, tzinfo=UTC), "om 9 h 59 min", "in 9 h 59 min"),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "om 3 dagar", "in 3 days"),
    ],
)
def test_relative_counts_minutes_near_and_days_far(at: datetime, swedish: str, english: str) -> None:
    assert relative(at, now=NOW, language="sv") == swedish
    assert relative(at, now=NOW, language="en") == english


@pytest.mark.parametrize(
    ("at", "swedish", "english"),
    [
        (datetime(2026, 11, 19, 13, 20, tzinfo=UTC), "i dag 14.20", "today 14:20"),
        (datetime(2026, 11, 27, 13, 20, tzinfo=UTC), "27 nov. 14.20", "27 Nov 14:20"),
        (datetime(2027, 1, 4, 7, 5, tzinfo=UTC), "4 jan. 2027", "4 Jan 2027"),
    ],
)
def test_brief_fits_a_column(at: datetime, swedish: str, english: str) -> None:
    assert brief(at, now=NOW, zone=STOCKHOLM, language="sv") == swedish
    assert brief(at, now=NOW, zone=STOCKHOLM, language="en") == english


def test_day_leaves_out_the_year_that_is_now() -> None:
    assert day(date(2026, 12, 1), today=date(2026, 11, 19), language="sv") == "tisdag 1 december"
    assert day(date(2027, 12, 1), today=date(2026, 11, 19), language="sv") == "onsdag 1 december 2027"


def test_moment_keeps_the_zone_across_the_autumn_change() -> None:
    given = moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), now=NOW, zone=STOCKHOLM, language="sv")
    assert given.iso == "2026-10-25T02:30:00+01:00"
    assert given.exact == "söndag 25 oktober kl. 02.30"


@pytest.mark.parametrize(
    ("minute", "swedish", "english"), [(8 * 60, "08.00", "08:00"), (0, "00.00", "00:00"), (1440, "24.00", "24:00")]
)
def test_clock_is_written_as_in_dates(minute: int, swedish: str, english: str) -> None:
    assert (clock(minute, language="sv"), clock(minute, language="en")) == (swedish, english)
