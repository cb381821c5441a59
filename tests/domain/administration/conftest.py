"""A Kompass customer on Standard, which has two seats."""

import pytest

from tests import factories as world
from vaxel.domain.people.models import Agreement, Organisation


@pytest.fixture
def organisation(db: None) -> Organisation:
    return world.make_organisation(world.make_desk(), name="Åsklinge kommun")


@pytest.fixture
def agreement(organisation: Organisation) -> Agreement:
    return Agreement.unscoped.select_related("desk").get(organisation=organisation)
