"""What an agreement includes a number of times: used and left, as the policy counts."""

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.policies import current_policy, publish_policy
from vaxel.domain.people.models import Agreement
from vaxel.domain.tickets.counts import quotas_of

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
