"""Who read what: noted when it is read, and shown to those who run the desk (trust 84)."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests import factories as world
from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.surfaces.workspace.conftest import signed_in
from tests.surfaces.workspace.settings.conftest import Board
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.audit.models import AuditEntry, Reading
from vaxel.domain.audit.reading import note_reading
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Attachment, Ticket


@pytest.fixture
def agent(board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Staff:
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    return world.make_staff(board.desk, name="Sven Berg")


def _ticket(board: Board) -> tuple[Ticket, Attachment]:
    """A ticket with a file."""
    person = board.person
    given = {"desk_id": person.desk_id, "organisation_id": person.organisation_id, "person_id": person.pk}
    draft = new_draft(**given, data={}, now=world.NOW)
    incoming = Incoming(name="bild.png", content_type="image/png", size=3, chunks=[b"png"])
    file = store_for_draft(incoming, draft=draft, organisation_id=person.organisation_id, now=world.NOW)
    return world.ask(person, draft_id=draft.pk), file


def _open(client: Client, address: str) -> int:
    """As a browser does: to the last byte."""
    response = client.get(address)
    assert response.getvalue()
    return response.status_code


def _noted() -> list[tuple[str, str, int | None]]:
    return list(Reading.unscoped.order_by("pk").values_list("what", "by_kind", "by_id"))


def test_t84_an_opened_ticket_is_noted_once_for_one_look(board: Board, agent: Staff) -> None:
    ticket, _ = _ticket(board)
    client, address = signed_in(agent.account), f"/kompass/workspace/tickets/KOM-{ticket.number}/"

    assert [_open(client, address), _open(client, address)] == [200, 200]
    assert _noted() == [("ticket", "staff", agent.pk)]
    assert Reading.unscoped.get().organisation_id == board.organisation.pk


def test_t84_a_ticket_that_is_not_there_is_not_noted(board: Board, agent: Staff) -> None:
    assert (_open(signed_in(agent.account), "/kompass/workspace/tickets/KOM-9999/"), _noted()) == (404, [])


def test_t84_a_file_is_noted_whoever_takes_it(board: Board, agent: Staff) -> None:
    ticket, file = _ticket(board)
    assert board.person.account is not None
    address = f"/kompass/files/{file.public_id}/bild.png"

    _open(signed_in(agent.account), address)
    _open(signed_in(board.person.account), address)

    assert _noted() == [("attachment", "staff", agent.pk), ("attachment", "person", board.person.pk)]
    assert set(Reading.unscoped.values_list("ticket_id", flat=True)) == {ticket.pk}


def test_t84_a_mail_in_original_is_noted(board: Board, agent: Staff) -> None:
    mail = deliver(mail_from(board.person), make_mailbox(board.desk))

    assert _open(signed_in(agent.account), f"/kompass/workspace/mailroom/{mail.public_id}/original/") == 200

    reading = Reading.unscoped.get()
    assert (reading.what, reading.what_id, reading.ticket_id) == ("original", mail.pk, mail.ticket_id)


def test_t84_the_list_tells_who_what_and_where(board: Board, agent: Staff) -> None:
    ticket, file = _ticket(board)
    _open(signed_in(agent.account), f"/kompass/files/{file.public_id}/bild.png")

    cells = [cell.text for cell in board.get("readings/").all("tbody tr > *")][1:]

    assert cells == ["Sven Berg", "Hämtade en fil: bild.png", f"KOM-{ticket.number}", "Åsklinge kommun"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?who=sven", 1),
        ("?who=ekdahl", 1),
        ("?who=xyzzy", 0),
        ("?what=original", 1),
        ("?what=nonsense", 3),
        ("?ticket=kom-1001", 2),
        ("?ticket=KOM-9999", 0),
        ("?ticket=nonsense", 0),
        ("?since=2026-11-20", 1),
        ("?until=2026-11-19", 2),
        ("?since=2026-11-19&until=2026-11-19&who=sven", 1),
    ],
)
def test_t84_the_list_is_narrowed(board: Board, agent: Staff, query: str, found: int) -> None:
    ticket, _ = _ticket(board)
    assert ticket.number == 1001
    day = timedelta(days=1)
    note_reading(
        Reading.What.TICKET, desk_id=board.desk.pk, what_id=1, ticket_id=ticket.pk, by=world.actor(agent), now=world.NOW
    )
    by = world.actor(board.person)
    note_reading(Reading.What.ATTACHMENT, desk_id=board.desk.pk, what_id=1, ticket_id=ticket.pk, by=by, now=world.NOW)
    note_reading(Reading.What.ORIGINAL, desk_id=board.desk.pk, what_id=1, by=SYSTEM, now=world.NOW + day)

    assert len(board.get(f"readings/{query}").all("tbody tr")) == found


def test_t84_the_list_is_taken_as_a_file_and_that_is_noted(board: Board, agent: Staff) -> None:
    _ticket(board)
    Staff.unscoped.filter(pk=agent.pk).update(name="=HYPERLINK(1)")
    note_reading(Reading.What.TICKET, desk_id=board.desk.pk, what_id=1, by=world.actor(agent), now=world.NOW)

    answer = board.client.get(board.url("readings/file/?what=ticket"))
    text = answer.getvalue().decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert [row[:4] for row in rows[1:]] == [
        ["2026-11-19T09:00:00Z", "'=HYPERLINK(1)", "personal", "Öppnade ett ärende"]
    ]
    assert AuditEntry.unscoped.filter(kind="readings-taken", by_id=board.administrator.pk).count() == 1


def test_t43_another_desk_reads_nothing_of_it(board: Board, agent: Staff) -> None:
    other = world.make_desk("baver", slug="baver")
    note_reading(Reading.What.TICKET, desk_id=other.pk, what_id=1, by=SYSTEM, now=world.NOW)

    assert board.get("readings/").all("tbody tr") == []
