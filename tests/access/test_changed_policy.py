"""A policy that has dropped what open tickets are about: every page and every job about them goes on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.contrib.auth import SESSION_KEY
from pytest_django import DjangoDbBlocker

from tests import factories as world
from tests.access import routes
from tests.access.conftest import Matrix, make_matrix
from tests.worlds import world_of_its_own
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version, publish_policy
from vaxel.domain.notices import telling
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation, lifecycle
from vaxel.domain.tickets.models import Draft, Event, Ticket
from vaxel.domain.tickets.redeciding import version_for
from vaxel.domain.tickets.status import Status
from vaxel.kit.tenancy import Scope


def without(*names: str) -> Callable[[str], str]:
    """The desk's policy in which these names are gone, for others have come in their place."""

    def renamed(source: str) -> str:
        for name in names:
            source = re.sub(rf'(?<![\w-])(?<!type = "){name}(?![\w-])', f"new-{name}", source)
        return source

    return renamed


def another_vendors(source: str) -> str:
    """A policy that has hardly a name in common with the desk's."""
    prefix = re.search(r'prefix = "\w+"', source)
    assert prefix is not None
    return re.sub(r'prefix = "\w+"', prefix.group(), world.policy_source("baver"))


_MOST_TO_LOSE = frozenset({routes.OWNER, routes.SEER, routes.AGENT, routes.ADMINISTRATOR})
#: Pages that are the same whatever has been done to a ticket since: seen once after the change.
_TELL_OF_NO_TICKET = (
    "helpcentre:",
    *(f"workspace:{part}" for part in ("mailbox", "mail_logo", "mail_text", "manual", "policy", "settings", "widget")),
)
CHANGES = {
    "destinations": without("support", "account-manager", "customer-success-manager", "local-contacts"),
    "questions": without(
        *("unexpected-error", "training", "suite", "meetings"), *("normal", "critical"), *("standard", "enterprise")
    ),
    "all": another_vendors,
}


@pytest.fixture(scope="module", params=CHANGES)
def world_of_change(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Matrix]:
    """Made once for all tests of a change: each sees it as it was made."""
    with django_db_blocker.unblock(), world_of_its_own():
        yield make_changed(CHANGES[request.param])


@pytest.fixture
def changed(world_of_change: Matrix, db: None) -> Matrix:
    """With readers of the test's own: what they do to their sessions goes with the test."""
    return replace(world_of_change, _readers={})


def make_changed(change: Callable[[str], str]) -> Matrix:
    """The owner's tickets at every destination, and a draft about what is no longer there."""
    matrix = make_matrix()
    owner = Person.unscoped.get(account=matrix.accounts[routes.OWNER])
    desk = Desk.objects.get(pk=owner.desk_id)
    for role in ("account-manager", "customer-success-manager"):
        world.hold_role(world.make_staff(desk, name=role.title(), roles=(role,)), role)
    for kind in ("change-request", "training", "login-problem"):
        world.ask(owner, kind=kind, priority="critical")
    data = {"words": "Det går inte.", "kind": "unexpected-error", "product": "suite", "priority": "critical"}
    Draft.unscoped.filter(sent=None, person=owner).update(data=data)
    source = change(world.policy_source("kompass").replace('prefix = "KOM"', f'prefix = "{desk.prefix}"'))
    publish_policy(desk=desk, source=source, by=SYSTEM, now=world.NOW)
    return matrix


def ways_of_writing(ticket: Ticket, *, person: Person, agent: Staff) -> list[Callable[[], object]]:
    """Everything that can be done with a ticket, in an order in which all of it can."""
    scope, number, now = world.desk_scope(agent.desk), ticket.number, world.NOW

    def say(who: Person | Staff, scope: Scope) -> object:
        return conversation.reply(scope=scope, number=number, text="Hej", by=world.actor(who), now=now)

    by = world.actor(agent)
    return [
        lambda: lifecycle.assign(scope=scope, number=number, staff_id=agent.pk, by=by, now=now),
        lambda: say(agent, scope),
        lambda: say(person, world.customer_scope(person)),
        lambda: lifecycle.set_status(scope=scope, number=number, status=Status.WAITING_CUSTOMER, by=by, now=now),
        lambda: lifecycle.set_priority(scope=scope, number=number, priority="high", by=by, now=now),
        lambda: lifecycle.solve(scope=scope, number=number, by=by, now=now),
        lambda: lifecycle.reopen(scope=scope, number=number, by=by, now=now),
        lambda: lifecycle.close(scope=scope, number=number, by=by, now=now),
    ]


def tell_of_tickets() -> frozenset[str]:
    """Routes of pages on which one may see what has been done to a ticket."""
    return frozenset(route.name for route in routes.guarded() if not route.name.startswith(_TELL_OF_NO_TICKET))


def walk(matrix: Matrix, *, method: str = "get", only: frozenset[str] = frozenset()) -> dict[tuple[str, str], str]:
    """What breaks, by route and role. Where a form leads to is a page, and each of them is walked by itself."""
    broken = {}
    for route in routes.guarded():
        if only and route.name not in only:
            continue
        # Whom the tickets belong to, who sees them all, and staff; others where a page is theirs alone.
        audience = routes.AUDIENCE[route.name]
        for role in audience & _MOST_TO_LOSE or audience:
            client = matrix.reader(role)
            client.raise_request_exception = False
            answer = getattr(client, method)(matrix.address(route), follow=method == "get")
            b"".join(answer.streaming_content if answer.streaming else ())
            if answer.status_code >= 500:
                broken[route.name, role] = repr(answer.exc_info[1] if answer.exc_info else answer.status_code)
            elif SESSION_KEY not in client.session:
                broken[route.name, role] = "signed out: whatever comes next would be seen by nobody"
    return broken


def give_a_kind(ticket: Ticket, agent: Staff) -> None:
    """Another kind of the policy that changes of the ticket are decided by, and a product of it."""
    file = policy_version(version_for(ticket, desk=Desk.objects.get(pk=agent.desk_id))).file
    lifecycle.reclassify(
        scope=world.desk_scope(agent.desk),
        number=ticket.number,
        kind=next(kind for kind in file.kinds if kind != ticket.kind),
        product=next(iter(file.products)),
        by=world.actor(agent),
        now=world.NOW,
    )


def places_of(ticket: Ticket) -> frozenset[str]:
    """The destinations of the version that decided the ticket."""
    return frozenset(policy_version(ticket.policy_id).file.destinations)


def tell_all(*, after: int = 0) -> int:
    """What has happened since that event; the newest is given."""
    for event in Event.unscoped.filter(id__gt=after).order_by("id"):
        telling.tell(event_id=event.pk, now=world.NOW)
        after = event.pk
    return after


def test_every_page_is_shown(changed: Matrix) -> None:
    tell_all()

    assert walk(changed) == {}


def test_every_form_is_answered(changed: Matrix) -> None:
    assert walk(changed, method="post") == {}


def test_details_that_a_mail_lacks_are_asked_for_still(changed: Matrix) -> None:
    missing = ["kind", "field-what-happened", "checklist"]
    Ticket.unscoped.update(details_missing=missing, status=Status.NEEDS_DETAILS)
    pages = frozenset({"portal:ticket_details", "workspace:details"})

    assert (walk(changed, only=pages), walk(changed, only=pages, method="post")) == ({}, {})


def test_every_door_opens_and_is_told(changed: Matrix) -> None:
    person = Person.unscoped.get(account=changed.accounts[routes.OWNER])
    agent = Staff.unscoped.get(account=changed.accounts[routes.AGENT])

    told = tell_all()
    for ticket in Ticket.unscoped.order_by("id"):
        for write in ways_of_writing(ticket, person=person, agent=agent):
            write()
            told = tell_all(after=told)
    tell_all()
    assert walk(changed, only=tell_of_tickets()) == {}


def test_every_ticket_gets_another_kind_and_a_place_that_there_is(changed: Matrix) -> None:
    agent = Staff.unscoped.get(account=changed.accounts[routes.AGENT])

    for ticket in Ticket.unscoped.order_by("id"):
        give_a_kind(ticket, agent)
    tell_all()

    assert walk(changed, only=tell_of_tickets()) == {}
    lost = [each.number for each in Ticket.unscoped.all() if each.destination not in places_of(each)]
    assert lost == []
