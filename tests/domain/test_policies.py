"""Publishing a policy."""

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import PolicyVersion
from vaxel.domain.desks.policies import PolicyRefusedError, publish_policy

pytestmark = pytest.mark.django_db


def other_prefix(prefix: str) -> str:
    return world.policy_source("kompass").replace('prefix = "KOM"', f'prefix = "{prefix}"')


def test_the_same_policy_twice_is_one_version() -> None:
    desk = world.make_desk()

    again = publish_policy(desk=desk, source=world.policy_source("kompass"), by=SYSTEM, now=world.NOW)

    assert (again.number, PolicyVersion.unscoped.filter(desk=desk).count()) == (1, 1)


def test_a_desk_whose_tickets_have_names_keeps_its_prefix() -> None:
    desk = world.make_desk()
    world.ask(world.make_person(world.make_organisation(desk)))

    with pytest.raises(PolicyRefusedError, match="KOM"):
        publish_policy(desk=desk, source=other_prefix("ANN"), by=SYSTEM, now=world.NOW)


def test_a_prefix_belongs_to_one_desk() -> None:
    world.make_desk("baver")
    desk = world.make_desk()

    with pytest.raises(PolicyRefusedError, match="BAV"):
        publish_policy(desk=desk, source=other_prefix("BAV"), by=SYSTEM, now=world.NOW)
