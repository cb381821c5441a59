"""Which day an instant is on at a desk."""

from datetime import UTC, date, datetime

import pytest

from vaxel.domain.desks.models import Desk


@pytest.mark.parametrize(
    ("time_zone", "day"),
    [
        ("Europe/Stockholm", date(2026, 11, 23)),
        ("Europe/London", date(2026, 11, 22)),
        ("America/New_York", date(2026, 11, 22)),
    ],
)
def test_day_of_an_instant_is_that_of_the_desks_own_clock(time_zone: str, day: date) -> None:
    assert Desk(time_zone=time_zone).day_of(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == day
