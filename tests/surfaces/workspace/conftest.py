"""A desk with one agent at work, and a customer who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.factories import ask, desk_scope, make_desk, make_organisation, make_person, make_staff
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Account, Organisation, Person, Staff
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.tenancy import Scope
from vaxel.surfaces.ui.ticket_names import ticket_name

BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"


@dataclass(frozen=True, slots=True)
class Office:
    """The desk, its people, and the agent's browser."""

    desk: Desk
    agent: Staff
    colleague: Staff
    organisation: Organisation
    person: Person
    client: Client

    @property
    def scope(self) -> Scope:
        return desk_scope(self.desk)

    def url(self, ticket: Ticket, page: str = "") -> str:
        """The address of a ticket's page, or of what is done there."""
        return f"/{self.desk.slug}/workspace/tickets/{ticket_name(self.desk, ticket.number)}/{page}"

    def inbox(self, query: str = "") -> str:
        return f"/{self.desk.slug}/workspace/tickets/{query}"

    def reload(self, ticket: Ticket) -> Ticket:
        """The row as it is now."""
        return Ticket.unscoped.get(pk=ticket.pk)


def signed_in(account: Account | None) -> Client:
    """A browser that this account is signed in with."""
    client = Client()
    if account is not None:
        client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    """A page activates its reader's language; no test shall find another one's."""
    with translation.override("sv"):
        yield


@pytest.fixture
def office(db: None, tmp_path: Path, settings: Settings) -> Office:
    settings.MEDIA_ROOT = tmp_path
    desk = make_desk(slug="kompass")
    agent = make_staff(desk, name="Sven Berg")
    organisation = make_organisation(desk, name="Åsklinge kommun", products=("suite", "meetings"))
    return Office(
        desk=desk,
        agent=agent,
        colleague=make_staff(desk, name="Sara Norrby"),
        organisation=organisation,
        person=make_person(organisation, name="Maj Ekdahl"),
        client=signed_in(agent.account),
    )


@pytest.fixture
def ticket(office: Office) -> Ticket:
    return ask(office.person)
