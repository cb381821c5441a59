"""Calendars in words, without a desk."""

from datetime import UTC, date, datetime

from django.utils import translation

from tests import factories as world
from vaxel.rules.policy import read_policy
from vaxel.surfaces.workspace.labels import Labels, Names
from vaxel.surfaces.workspace.policy.hours import calendars
from vaxel.surfaces.workspace.policy.words import Words

KOMPASS = world.policy_source("kompass")
WEEK = 'weekdays = ["08:00-17:00"]'

UNNAMED = Names(
    kinds={},
    products={},
    topics={},
    plans={},
    priorities={},
    raised={},
    destinations={},
    queues=frozenset(),
    roles={},
    fields={},
    facts={},
    values={},
    checklist={},
    statuses={},
)


def test_hours_of_public_holidays_stand_beside_the_week() -> None:
    assert WEEK in KOMPASS
    policy = read_policy(KOMPASS.replace(WEEK, f'{WEEK}, holidays = ["09:00-12:00"]', 1))
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    with translation.override("sv"):
        labels = Labels(language="sv", now=now, zone=policy.calendars["office"].zone, names=UNNAMED)
        office = next(
            each for each in calendars(Words(policy, labels), today=date(2026, 12, 1)) if each.name == "office"
        )

    assert [(each.days, each.hours) for each in office.week][-1] == ("Helgdagar", "09.00–12.00")
    assert ("Juldagen", "09.00–12.00") in [(each.name, each.hours) for each in office.ahead]
