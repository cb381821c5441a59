"""Counted facts: what a quota sees."""

from datetime import date, timedelta

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import current_policy, publish_policy
from vaxel.domain.tickets.counts import _anniversary, _begin, counted_facts
from vaxel.domain.tickets.models import Ticket

QUOTA = """
[facts.incidents]
name = { sv = "Fel det här kvartalet", en = "Errors this quarter" }
from = "count"
number = true
counts = "tickets"
of = { kind = "unexpected-error" }
per = "quarter"
limits = { standard = 2 }
"""


@pytest.mark.django_db
def test_counted_facts_count_the_organisations_own_tickets_of_the_quarter() -> None:
    desk = world.make_desk()
    publish_policy(desk=desk, source=world.policy_source("kompass") + QUOTA, by=SYSTEM, now=world.NOW)
    person = world.make_person(world.make_organisation(desk))
    neighbour = world.make_person(world.make_organisation(desk), name="Ove Lind")
    world.ask(person, now=world.NOW - timedelta(days=60))
    world.ask(person)
    world.ask(person, kind="login-problem")
    world.ask(neighbour)

    counted = counted_facts(
        current_policy(desk),
        desk=desk,
        organisation_id=person.organisation_id,
        agreement_starts=date(2025, 1, 1),
        now=world.NOW,
    )
    newest = Ticket.unscoped.filter(requester=person).order_by("-id").first()

    assert counted == {"incidents": 1}
    assert newest is not None
    assert newest.facts["declared"]["incidents"] == 1


@pytest.mark.parametrize(
    ("per", "first_day"),
    [
        ("day", date(2026, 11, 19)),
        ("week", date(2026, 11, 16)),
        ("month", date(2026, 11, 1)),
        ("quarter", date(2026, 10, 1)),
        ("half-year", date(2026, 7, 1)),
        ("year", date(2026, 1, 1)),
        ("agreement-year", date(2026, 3, 15)),
        ("agreement", date(2024, 3, 15)),
    ],
)
def test_a_period_begins_on_its_first_day(per: str, first_day: date) -> None:
    assert _begin(per, today=date(2026, 11, 19), starts=date(2024, 3, 15)) == first_day


@pytest.mark.parametrize(
    ("starts", "today", "began"),
    [
        (date(2024, 2, 29), date(2026, 2, 28), date(2025, 3, 1)),
        (date(2024, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 6, 1), date(2026, 7, 1), date(2026, 6, 1)),
        (date(2025, 12, 31), date(2026, 12, 30), date(2025, 12, 31)),
    ],
)
def test_t76_a_year_of_an_agreement_begins_on_its_day(starts: date, today: date, began: date) -> None:
    assert _anniversary(starts, today) == began
