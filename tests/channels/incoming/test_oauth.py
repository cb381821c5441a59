"""Permission to read a mailbox, from a token server on loopback (trust 63, 70)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.factories import NOW, make_desk
from tests.loopback import serving
from vaxel.channels.mail.incoming.oauth import access_token, forget_token
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import add_mailbox
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.mailroom.sealing import unseal

pytestmark = pytest.mark.django_db


@dataclass
class TokenServer:
    """What it answers with, and what it was asked."""

    address: str = ""
    status: int = 200
    answer: Any = field(default_factory=lambda: {"access_token": "t1", "expires_in": 3600})
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def token_server() -> Iterator[TokenServer]:
    told = TokenServer()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            told.asked.append({name: values[0] for name, values in form.items()})
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(json.dumps(told.answer).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            pass

    with serving(Answer) as address:
        told.address = f"{address}/token"
        yield told


def mailbox_at(server: TokenServer, *, sign_in: str = "microsoft", **secrets: str) -> tuple[Mailbox, dict[str, str]]:
    known = {"client_id": "us", "client_secret": "hemligt", "token_address": server.address, **secrets}
    desk = make_desk()
    mailbox = add_mailbox(
        desk=desk, address=desk.mail_address, way="imap", sign_in=sign_in, secrets=known, by=SYSTEM, now=NOW
    )
    return mailbox, known


@pytest.mark.parametrize(
    ("sign_in", "secrets", "grant"),
    [
        ("microsoft", {}, "client_credentials"),
        ("microsoft", {"refresh_token": "r1"}, "refresh_token"),
        ("google", {"refresh_token": "r1"}, "refresh_token"),
    ],
)
def test_permission_is_asked_for_once_while_it_lasts(sign_in: str, secrets: dict[str, str], grant: str) -> None:
    with token_server() as server:
        mailbox, known = mailbox_at(server, sign_in=sign_in, **secrets)
        tokens = [access_token(mailbox, known) for _ in range(3)]
        forget_token(mailbox)
        access_token(mailbox, known)

    assert tokens == ["t1"] * 3
    assert [asked["grant_type"] for asked in server.asked] == [grant] * 2


def test_permission_that_is_about_to_end_is_asked_for_anew() -> None:
    with token_server() as server:
        server.answer = {"access_token": "t1", "expires_in": 60}
        mailbox, known = mailbox_at(server)
        for _ in range(2):
            access_token(mailbox, known)

    assert len(server.asked) == 2


def test_renewed_refresh_token_is_kept_sealed() -> None:
    with token_server() as server:
        server.answer = {"access_token": "t1", "expires_in": 3600, "refresh_token": "the renewed one"}
        mailbox, known = mailbox_at(server, refresh_token="r1")
        access_token(mailbox, known)
    mailbox.refresh_from_db()

    assert unseal(mailbox.secret) == {**known, "refresh_token": "the renewed one"}
    assert "the renewed one" not in mailbox.secret


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, {"error": "invalid_grant", "error_description": "expired"}),
        (200, {}),
        (200, ["odd"]),
    ],
)
def test_t70_permission_that_was_taken_back_is_told_as_such(status: int, answer: object) -> None:
    with token_server() as server:
        server.status, server.answer = status, answer
        mailbox, known = mailbox_at(server)
        with pytest.raises(MailboxTroubleError) as trouble:
            access_token(mailbox, known)

    assert trouble.value.fault == MailboxFault.TOKEN
    assert "hemligt" not in trouble.value.detail


def test_t74_a_sign_in_service_that_is_away_is_told_apart() -> None:
    with token_server() as server:
        mailbox, known = mailbox_at(server)
    with pytest.raises(MailboxTroubleError) as trouble:
        access_token(mailbox, known)

    assert trouble.value.fault == MailboxFault.NO_ANSWER
