"""Days and instants out of the fields of a form."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from vaxel.surfaces.ui.typed import day_in, instant_in

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("2026-02-29", None),
        ("28/2 2026", None),
        ("2026-02-28T10:00", None),
        ("", None),
    ],
)
def test_day_in_takes_a_day_of_the_calendar(typed: str, day: date | None) -> None:
    assert day_in(typed) == day


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-11-22T14:15", datetime(2026, 11, 22, 13, 15, tzinfo=UTC)),
        ("2026-07-01T14:15", datetime(2026, 7, 1, 12, 15, tzinfo=UTC)),
        ("2026-11-22T14:15+05:00", None),
        ("1026-11-22T14:15", None),
        ("2026-11-22T25:00", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_instant_in_is_by_the_clock_of_the_zone(typed: str, instant: datetime | None) -> None:
    assert instant_in(typed, zone=STOCKHOLM) == instant
