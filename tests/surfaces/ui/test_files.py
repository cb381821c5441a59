"""Attached files: who gets them, and with which headers."""

import pytest
from django.http.response import ResponseHeaders as HttpHeaders
from django.test import Client

from tests import factories as world
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import conversation
from vaxel.domain.tickets.attachments import Incoming, store_for_draft
from vaxel.domain.tickets.drafts import new_draft
from vaxel.domain.tickets.models import Attachment
from vaxel.surfaces.ui.files import file_url

pytestmark = pytest.mark.django_db
BACKEND = "vaxel.surfaces.signin.backend.AccountBackend"


@pytest.fixture
def owner() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


def client_of(who: Person | Staff) -> Client:
    client = Client()
    assert who.account is not None
    client.force_login(who.account, backend=BACKEND)
    return client


def fetch(who: Person | Staff | None, address: str) -> tuple[int, HttpHeaders, bytes]:
    """Status, headers and all bytes: a file is closed when it has been read to its end."""
    response = (Client() if who is None else client_of(who)).get(address)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, response.headers, content


def attach(owner: Person, name: str, content: bytes = b"content", *, sent: bool = True) -> Attachment:
    draft = new_draft(
        desk_id=owner.desk_id, organisation_id=owner.organisation_id, person_id=owner.pk, data={}, now=world.NOW
    )
    incoming = Incoming(name=name, content_type="text/html", size=len(content), chunks=[content])
    attachment = store_for_draft(incoming, draft=draft, organisation_id=owner.organisation_id, now=world.NOW)
    if sent:
        world.ask(owner, draft_id=draft.pk)
    attachment.refresh_from_db()
    return attachment


#: How each kind of picture begins.
BEGINNINGS = {
    "fel.png": b"\x89PNG\r\n\x1a\n",
    "foto.jpeg": b"\xff\xd8\xff\xe0",
    "bild.gif": b"GIF89a",
    "bild.webp": b"RIFF\x10\x00\x00\x00WEBP",
}


@pytest.mark.parametrize(("name", "content"), BEGINNINGS.items())
def test_t35_pictures_are_shown(owner: Person, name: str, content: bytes) -> None:
    _, headers, _ = fetch(owner, file_url(attach(owner, name, content), desk=owner.desk))

    assert headers["Content-Disposition"] == f'inline; filename="{name}"'
    assert headers["Content-Type"].startswith("image/")


@pytest.mark.parametrize("name", BEGINNINGS)
def test_t35_what_is_named_as_a_picture_and_is_none_is_saved(owner: Person, name: str) -> None:
    _, headers, _ = fetch(owner, file_url(attach(owner, name, b"text"), desk=owner.desk))

    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("sida.html", "application/octet-stream"),
        ("bild.svg", "application/octet-stream"),
        ("data.xml", "application/octet-stream"),
        ("brev.pdf", "application/pdf"),
        ("anteckning.txt", "text/plain"),
        ("kalkyl.xlsx", "application/octet-stream"),
    ],
)
def test_t35_everything_else_is_saved(owner: Person, name: str, content_type: str) -> None:
    _, headers, _ = fetch(owner, file_url(attach(owner, name), desk=owner.desk))

    assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert headers["Content-Type"] == content_type


def test_t35_a_file_runs_nothing(owner: Person) -> None:
    _, headers, _ = fetch(owner, file_url(attach(owner, "fel.png"), desk=owner.desk))

    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_a_file_comes_as_it_went(owner: Person) -> None:
    _, headers, content = fetch(owner, file_url(attach(owner, "räksmörgås ÅÄÖ.bin", b"\x00\x01\xff"), desk=owner.desk))

    assert content == b"\x00\x01\xff"
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''r%C3%A4ksm")


def test_t37_a_file_is_for_those_who_read_its_ticket(owner: Person) -> None:
    address = file_url(attach(owner, "fel.png"), desk=owner.desk)
    far = world.make_person(world.make_organisation(owner.desk))
    abroad = world.make_person(world.make_organisation(world.make_desk("baver"), products=("baver",)))
    readers = {
        "owner": owner,
        "seer": world.make_person(owner.organisation, may_see_organisation=True),
        "agent": world.make_staff(owner.desk),
        "colleague": world.make_person(owner.organisation),
        "other organisation": far,
        "other desk": abroad,
        "anonymous": None,
    }

    assert {name: fetch(who, address)[0] for name, who in readers.items()} == {
        "owner": 200,
        "seer": 200,
        "agent": 200,
        "colleague": 404,
        "other organisation": 404,
        "other desk": 404,
        "anonymous": 302,
    }


def test_t37_a_file_of_a_draft_is_its_writers_alone(owner: Person) -> None:
    address = file_url(attach(owner, "fel.png", sent=False), desk=owner.desk)
    seer = world.make_person(owner.organisation, may_see_organisation=True)

    answers = [fetch(who, address)[0] for who in (owner, seer, world.make_staff(owner.desk))]

    assert answers == [200, 404, 404]


def test_t44_a_file_of_a_note_is_for_staff(owner: Person) -> None:
    agent = world.make_staff(owner.desk)
    ticket, by = world.ask(owner), world.actor(agent)
    scope = world.desk_scope(owner.desk)
    draft = conversation.save_reply_draft(scope=scope, number=ticket.number, text="", by=by, now=world.NOW)
    incoming = Incoming(name="internt.png", content_type="image/png", size=3, chunks=[b"png"])
    attachment = store_for_draft(incoming, draft=draft, organisation_id=owner.organisation_id, now=world.NOW)
    conversation.note(scope=scope, number=ticket.number, text="Se bilden", by=by, now=world.NOW)

    address = file_url(attachment, desk=owner.desk)
    assert [fetch(who, address)[0] for who in (agent, owner)] == [200, 404]
