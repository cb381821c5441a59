"""What an agreement includes a number of times: used and left, as the policy counts."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import current_policy, publish_policy
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.counts import Quota, quotas_of, quotas_of_each, renews_on

QUOTAS = """

[facts.incidents]
name = { sv = "Ärenden", en = "Incidents" }
from = "count"
number = true
counts = "tickets"
per = "quarter"
limits = { standard = 1 }

[facts.sessions]
name = { sv = "Visningar", en = "Sessions" }
from = "count"
number = true
counts = "sessions"
per = "year"
limits = { standard = 6 }
"""


@pytest.mark.django_db
def test_quotas_tell_what_is_used_and_left() -> None:
    desk = world.make_desk()
    publish_policy(desk=desk, source=world.policy_source("kompass") + QUOTAS, by=SYSTEM, now=world.NOW)
    organisation = world.make_organisation(desk)
    Agreement.unscoped.filter(organisation=organisation).update(facts={"sessions": 4})
    person = world.make_person(organisation)
    for _ in range(2):
        world.ask(person)
    agreement = Agreement.unscoped.get(organisation=organisation)
    desk.refresh_from_db()

    found = quotas_of(current_policy(desk), agreement=agreement, desk=desk, now=world.NOW)

    assert [(one.fact, one.per, one.used, one.beyond, one.limit, one.left, one.renews_on) for one in found] == [
        ("incidents", "quarter", 1, 1, 1, 0, date(2027, 1, 1)),
        ("sessions", "year", 4, 0, 6, 2, date(2027, 1, 1)),
    ]


@pytest.mark.django_db
def test_quotas_of_several_customers_are_those_of_each_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desk = world.make_desk()
    publish_policy(desk=desk, source=world.policy_source("kompass") + QUOTAS, by=SYSTEM, now=world.NOW)
    for tickets in range(3):
        person = world.make_person(world.make_organisation(desk))
        for _ in range(tickets):
            world.ask(person)
    desk.refresh_from_db()
    agreements, policy = list(Agreement.unscoped.order_by("pk")), current_policy(desk)

    with django_assert_num_queries(1):
        found = quotas_of_each(policy, agreements=agreements, desk=desk, now=world.NOW)

    assert found == {
        one.organisation_id: quotas_of(policy, agreement=one, desk=desk, now=world.NOW) for one in agreements
    }
    assert [quotas[0].counted for quotas in found.values()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("counted", "limit", "is_nearly_used"), [(3, 4, False), (4, 5, True), (9, 5, True), (0, 0, False)]
)
def test_quota_is_nearly_used_at_four_fifths(counted: int, limit: int, *, is_nearly_used: bool) -> None:
    quota = Quota(fact="incidents", per="year", counted=counted, limit=limit)

    assert quota.is_nearly_used == is_nearly_used


@pytest.mark.parametrize(
    ("per", "today", "renews"),
    [
        ("day", date(2026, 12, 31), date(2027, 1, 1)),
        ("week", date(2026, 11, 22), date(2026, 11, 23)),
        ("month", date(2026, 12, 1), date(2027, 1, 1)),
        ("quarter", date(2026, 11, 22), date(2027, 1, 1)),
        ("half-year", date(2026, 6, 30), date(2026, 7, 1)),
        ("year", date(2026, 1, 1), date(2027, 1, 1)),
        ("agreement-year", date(2026, 11, 22), date(2027, 3, 1)),
        ("agreement-year", date(2027, 11, 22), date(2028, 2, 29)),
        ("agreement", date(2026, 11, 22), None),
    ],
)
def test_quota_is_renewed_when_its_next_period_begins(per: str, today: date, renews: date | None) -> None:
    assert renews_on(per, today=today, starts=date(2024, 2, 29)) == renews
