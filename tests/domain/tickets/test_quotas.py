"""What an agreement includes a number of times: used and left, as the policy counts."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import current_policy, publish_policy
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.counts import Quota, quotas_of, quotas_of_each

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

    assert [(one.fact, one.per, one.used, one.limit, one.left) for one in found] == [
        ("incidents", "quarter", 2, 1, 0),
        ("sessions", "year", 4, 6, 2),
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
    agreements, policy = list(Agreement.unscoped.all()), current_policy(desk)

    with django_assert_num_queries(1):
        found = quotas_of_each(policy, agreements=agreements, desk=desk, now=world.NOW)

    assert found == {
        one.organisation_id: quotas_of(policy, agreement=one, desk=desk, now=world.NOW) for one in agreements
    }
    assert [quotas[0].used for quotas in found.values()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("used", "limit", "is_nearly_used"), [(3, 4, False), (4, 5, True), (9, 5, True), (0, 0, False)]
)
def test_quota_is_nearly_used_at_four_fifths(used: int, limit: int, *, is_nearly_used: bool) -> None:
    quota = Quota(fact="incidents", per="year", used=used, limit=limit)

    assert quota.is_nearly_used == is_nearly_used
