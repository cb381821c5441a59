"""When an answer comes, as the review says it of a question asked while nobody is there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from time_machine import travel

from tests import factories as world
from tests.stories.portal.asked import ask_by_portal

_STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked_at", "promised", "closed"),
    [
        (datetime(2026, 11, 20, 10, tzinfo=_STOCKHOLM), "måndag 23 november kl. 15.00", ""),
        (
            datetime(2026, 11, 22, 10, tzinfo=_STOCKHOLM),
            "tisdag 24 november kl. 15.00",
            "Vi har stängt nu. Tiden börjar räknas i morgon kl. 09.00.",
        ),
    ],
)
def test_review_says_from_when_the_time_counts(asked_at: datetime, promised: str, closed: str) -> None:
    desk = world.make_desk("tarna", slug="tarna")
    organisation = world.make_organisation(desk, plan="plus", products=("booking",))
    person = world.make_person(organisation, certified=False)
    with travel(asked_at, tick=False):
        said = ask_by_portal(person, "Kalendern är tom", kind="fault", product="booking").said
    assert promised in said
    assert ("Vi har stängt nu" in said) == bool(closed)
    assert closed in said
