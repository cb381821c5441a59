"""A desk with a manual, an agent who drafts, and an editor who publishes."""

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.domain.manual.writers import begin_manual
from tests.factories import make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read

MANUAL = "/kompass/workspace/manual/"


@dataclass(frozen=True, slots=True)
class Desk:
    """The office with an editor's browser beside the agent's."""

    office: Office
    editor: Client

    @property
    def agent(self) -> Client:
        """The browser of somebody who may draft and not publish."""
        return self.office.client

    def form(self, slug: str, query: str = "", *, client: Client | None = None) -> dict[str, str]:
        """The fields of an article's form as the page shows them."""
        page = read((client or self.editor).get(at(slug) + query))
        return page.one("#article").fields()


def at(slug: str, page: str = "") -> str:
    """An address of an article's."""
    return f"{MANUAL}articles/{slug}/{page}"


def said(page: Page) -> list[str]:
    """What the page says was done."""
    return [toast.text for toast in page.all(".toast__text")]


@pytest.fixture
def desk(office: Office) -> Desk:
    begin_manual(office.desk, is_public=False)
    office.desk.refresh_from_db()
    editor = make_staff(office.desk, name="Eva Ström", may_edit_manual=True)
    return Desk(office=office, editor=signed_in(editor.account))
