"""A mailbox read with a token instead of a password, at a real Dovecot that asks the sign-in service whose it is."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.channels.incoming.dovecot import Dovecot, running_dovecot
from tests.factories import NOW, make_desk
from tests.loopback import serving
from vaxel.channels.mail.incoming.checkup import Checkup, check_mailbox
from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.oauth import forget_token
from vaxel.channels.mail.incoming.session import Session
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.mailboxes import add_mailbox
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.sealing import unseal

pytestmark = pytest.mark.django_db

LETTER = b"Message-ID: <n1@kund.example>\r\nSubject: 1\r\n\r\nHej\r\n"


@dataclass
class SignInService:
    """Gives tokens out, and says whose one is while it holds."""

    address: str = ""
    #: Token to the mailbox it opens.
    holds: dict[str, str] = field(default_factory=dict)
    given: int = 0

    def give(self, mailbox: str) -> dict[str, object]:
        """A new token; the one before holds no more."""
        self.given += 1
        self.holds = {f"token-{self.given}": mailbox}
        return {"access_token": f"token-{self.given}", "expires_in": 3600}


@contextmanager
def _running_service() -> Iterator[SignInService]:
    service = SignInService()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(200, service.give(asked["client_id"][0]))

        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
            mailbox = service.holds.get(token)
            self._say(200 if mailbox else 401, {"email": mailbox} if mailbox else {"error": "invalid_token"})

        def _say(self, status: int, told: dict[str, object]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            pass

    with serving(Answer) as address:
        service.address = address
        yield service


@pytest.fixture(scope="module")
def service() -> Iterator[SignInService]:
    with _running_service() as service:
        yield service


@pytest.fixture(scope="module")
def mail_server(service: SignInService) -> Iterator[Dovecot]:
    folder = Path(tempfile.mkdtemp(prefix="vaxel-dovecot-"))
    try:
        with running_dovecot(folder, tokens=f"{service.address}/whose") as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def mailbox_of(user: str, *, server: Dovecot, service: SignInService, sign_in: str) -> Mailbox:
    """The desk's mailbox; the service gives tokens to the mailbox that our client's id names."""
    desk = make_desk()
    return add_mailbox(
        desk=desk,
        address=desk.mail_address,
        way="imap",
        sign_in=sign_in,
        secrets={"client_id": user, "client_secret": "hemligt", "token_address": f"{service.address}/token"},
        host="127.0.0.1",
        port=server.port,
        tls="none",
        username=user,
        by=SYSTEM,
        now=NOW,
    )


def look(mailbox: Mailbox) -> int:
    with Session.open(mailbox, unseal(mailbox.secret)) as session:
        return fetch_new(session, mailbox_id=mailbox.pk, clock=lambda: NOW)


def tried(mailbox: Mailbox) -> Checkup:
    return check_mailbox(mailbox, unseal(mailbox.secret))


@pytest.mark.parametrize("sign_in", ["microsoft", "google"])
def test_mails_are_fetched_with_a_token(mail_server: Dovecot, service: SignInService, sign_in: str) -> None:
    mailbox = mailbox_of(sign_in, server=mail_server, service=service, sign_in=sign_in)
    mail_server.put(sign_in, LETTER)

    assert (tried(mailbox).fault, look(mailbox), ReceivedMail.unscoped.count()) == (None, 1, 1)


def test_t70_a_token_that_holds_no_more_is_asked_for_anew(mail_server: Dovecot, service: SignInService) -> None:
    mailbox = mailbox_of("renewed", server=mail_server, service=service, sign_in="microsoft")
    look(mailbox)
    service.holds = {}
    before = service.given

    assert tried(mailbox).fault == MailboxFault.TOKEN
    assert (look(mailbox), service.given) == (0, before + 1)


def test_t70_a_token_to_another_mailbox_opens_nothing(mail_server: Dovecot, service: SignInService) -> None:
    mailbox = mailbox_of("mine", server=mail_server, service=service, sign_in="microsoft")
    Mailbox.unscoped.filter(pk=mailbox.pk).update(username="theirs")
    mailbox.refresh_from_db()
    forget_token(mailbox)

    assert tried(mailbox).fault == MailboxFault.TOKEN
