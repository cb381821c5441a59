"""A desk with somebody who runs it, and one customer with a person."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from django.test import Client

from tests import factories as world
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.models import AuditEntry
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Organisation, Person, Staff
from vaxel.kit.tenancy import Scope


@dataclass(frozen=True, slots=True)
class Board:
    """The desk, who runs it, their browser, and a customer."""

    desk: Desk
    administrator: Staff
    client: Client
    organisation: Organisation
    person: Person

    @property
    def scope(self) -> Scope:
        return world.desk_scope(self.desk)

    def url(self, page: str = "") -> str:
        """A page of the settings."""
        return f"/{self.desk.slug}/workspace/settings/{page}"

    @property
    def home(self) -> str:
        """The customer's own page."""
        return self.url(f"organisations/{self.organisation.pk}/")

    def get(self, page: str = "") -> Page:
        return read(self.client.get(self.url(page)))

    def form(self, page: str) -> dict[str, str]:
        """What the page's form would send as it stands."""
        return self.get(page).one("#settings-form").fields()

    def send(self, page: str, form: Mapping[str, object], *, status: int = 200) -> Page:
        """Send the form, and read where that leads."""
        return read(self.client.post(self.url(page), dict(form), follow=True), status=status)

    def another(self) -> "Board":
        """The same desk before the eyes of another administrator."""
        colleague = world.make_staff(self.desk, name="Sara Norrby", may_administer=True)
        return Board(self.desk, colleague, signed_in(colleague.account), self.organisation, self.person)

    def last_change(self, kind: str) -> dict[str, object]:
        """What was and what is, of the newest entry of the kind."""
        entry = AuditEntry.unscoped.filter(desk=self.desk, kind=kind).order_by("-pk")[0]
        return dict(entry.changes or {})


@pytest.fixture
def board(db: None) -> Board:
    desk = world.make_desk(slug="kompass")
    administrator = world.make_staff(desk, name="Britt Sand", may_administer=True)
    organisation = world.make_organisation(desk, name="Åsklinge kommun", products=("suite", "meetings"))
    person = world.make_person(organisation, name="Maj Ekdahl")
    return Board(desk, administrator, signed_in(administrator.account), organisation, person)


def shown_errors(page: Page) -> list[str]:
    """What the page says is wrong."""
    return [each.text for each in page.all(".error-summary__link")]
