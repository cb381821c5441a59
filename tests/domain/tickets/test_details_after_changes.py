"""A question by mail whose details come when the desk has published another policy."""

import re

import pytest

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import publish_policy
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.details import Details, give_details
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_before() -> tuple[Ticket, Person]:
    """A question by mail that lacks its checklist, and whose terms are about to change."""
    person = world.make_person(world.make_organisation(world.make_desk()))
    return world.ask(person, channel="mail", priority="critical"), person


def test_details_are_taken_under_a_policy_that_has_dropped_a_priority(asked_before: tuple[Ticket, Person]) -> None:
    ticket, person = asked_before
    publish_with(person, critical="vital")

    after = give_checklist(ticket, person)

    today = Desk.objects.get(pk=person.desk_id).policy_id
    assert (after.details_missing, after.status, after.policy_id) == ([], Status.NEW, today)


def test_details_are_taken_by_the_terms_of_a_plan_that_was_dropped(asked_before: tuple[Ticket, Person]) -> None:
    ticket, person = asked_before
    before = ticket.policy_id
    publish_with(person, standard="basic")

    after = give_checklist(ticket, person)

    assert (after.details_missing, after.status, after.policy_id) == ([], Status.NEW, before)


def publish_with(person: Person, **names: str) -> None:
    """The desk's policy with some names replaced by others."""
    desk = Desk.objects.get(pk=person.desk_id)
    source = world.policy_source("kompass").replace('prefix = "KOM"', f'prefix = "{desk.prefix}"')
    for old, new in names.items():
        source = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, source)
    publish_policy(desk=desk, source=source, by=SYSTEM, now=world.NOW)


def give_checklist(ticket: Ticket, person: Person) -> Ticket:
    return give_details(
        scope=world.customer_scope(person),
        number=ticket.number,
        details=Details(kind=ticket.kind, product=ticket.product, checked=tuple(ticket.decision["checklist"])),
        by=world.actor(person),
        now=world.NOW,
    )
