"""What docs/agents.md says is what there is."""

import re
from pathlib import Path

from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Ticket
from vaxel.surfaces.workspace.happenings import _SENTENCES

AGENTS = (Path(__file__).parents[3] / "docs" / "agents.md").read_text(encoding="utf-8")


def test_every_kind_of_event_is_explained() -> None:
    table = AGENTS.split("## What the history tells")[1]
    assert re.findall(r"^\| `([a-z-]+)` \| \S", table, flags=re.MULTILINE) == [kind.value for kind in EventKind]


def test_every_kind_of_event_has_its_sentence() -> None:
    assert set(_SENTENCES) == set(EventKind)


def test_every_key_of_the_sheet_is_explained(office: Office, ticket: Ticket) -> None:
    table = AGENTS.split("## Keyboard")[1].split("## ")[0]
    told = set(re.findall(r"`(.|Esc)`", table))
    page = read(office.client.get(office.url(ticket)))
    assert told == {key.text for key in page.all("#shortcuts .kbd")} - {"Enter", "Ctrl", "Shift"}


def test_keys_of_the_ticket_are_on_its_page(office: Office, ticket: Ticket) -> None:
    page = read(office.client.get(office.url(ticket)))
    assert {part.attributes["data-key"] for part in page.all("[data-key]")} == {"r", "n", "a", "e", "/", "g"}
    assert {part.attributes["data-key"] for part in read(office.client.get(office.inbox())).all("[data-key]")} == {
        "c",
        "/",
    }
