"""Real mail servers behind a wire that breaks at each step of the conversation (trust 67, 69, 74)."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Final

import pytest
from pytest_django import Settings

from tests import factories as world
from tests.channels.conftest import make_mail, person
from tests.channels.incoming.dovecot import PASSWORD
from tests.channels.incoming.test_imap import letter, stored
from tests.channels.mail_servers import FETCHED, USER, MailServers, id_of, mail_servers
from tests.domain.mailroom.mails import make_mailbox
from tests.faults.wire import Fault, once, wire_to
from vaxel.channels.mail import outbound
from vaxel.channels.mail.incoming import session as sessions
from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.notices.models import OutgoingMail

pytestmark = pytest.mark.django_db

__all__ = ["make_mail", "person"]

#: What the client says at each step.
SENDING: Final = {
    "ehlo": rb"(?i)ehlo ",
    "mail": rb"(?i)mail from:",
    "rcpt": rb"(?i)rcpt to:",
    "data": rb"(?i)data\r\n",
    "end": rb"\r\n\.\r\n$",
    "quit": rb"(?i)quit\r\n",
}
FETCHING: Final = {
    "login": rb" LOGIN ",
    "select": rb" SELECT ",
    "search": rb" UID SEARCH ",
    "sizes": rb" UID FETCH .*SIZE",
    "mails": rb" UID FETCH .*PEEK",
    "mark": rb" UID STORE ",
    "logout": rb" LOGOUT",
}
WAYS: Final = ("slow", "silent", "cut", "reset")
_serial = count(100_000)


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with mail_servers() as running:
        yield running


@pytest.fixture(autouse=True)
def _sound_breaker() -> Iterator[None]:
    outbound.BREAKER.answered()
    yield
    outbound.BREAKER.answered()


def faults(pattern: bytes) -> list[Fault]:
    """Each way of breaking at a step, before and after the server has heard the words."""
    heard = (Fault(way, at=pattern, is_heard=True) for way in WAYS if way != "slow")
    return [*(Fault(way, at=pattern) for way in WAYS), *heard]


@pytest.mark.parametrize("step", SENDING)
def test_t67_a_mail_counts_as_sent_only_when_it_lies_in_the_mailbox(
    step: str, servers: MailServers, make_mail: Callable[..., OutgoingMail], settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "vaxel.channels.mail.smtp.WatchedBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    sent = []
    for fault in faults(SENDING[step]):
        outbound.BREAKER.answered()
        mail = make_mail()
        with wire_to(servers.postfix.port, once(fault)) as wire:
            settings.EMAIL_PORT = wire.port
            states = (_sent(mail, after=timedelta()), _sent(mail, after=timedelta(hours=1)))
        assert wire.struck == 1
        sent.append((fault, mail.header_id, states))
    servers.postfix.hand_out()
    taken = Counter(id_of(each) for each in servers.read("kund.example"))

    assert [(fault, *states, taken[header_id]) for fault, header_id, states in sent] == [
        (fault, *_must_be(step, fault)) for fault, _, _ in sent
    ]


def _sent(mail: OutgoingMail, *, after: timedelta) -> str:
    with suppress(outbound.TryLaterError):
        outbound.send(mail_id=mail.pk, now=world.NOW + after)
    return OutgoingMail.unscoped.get(pk=mail.pk).state


def _must_be(step: str, fault: Fault) -> tuple[str, str, int]:
    """The states after each try, and how often it lies in the mailbox.

    Nobody knows only when the last word was lost; before that the mail goes later, after that it has gone.
    """
    if fault.way == "slow" or step == "quit":
        return "sent", "sent", 1
    if step == "end":
        return "uncertain", "uncertain", int(fault.is_heard)
    return "queued", "sent", 1


@pytest.mark.parametrize("step", FETCHING)
def test_t69_what_lies_in_the_mailbox_is_stored_once(
    step: str, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_PATIENCE", {"connect": 2, "read": 2})
    servers.empty()
    mailbox = make_mailbox(
        world.make_desk(), address=FETCHED, way="imap", host="127.0.0.1", tls="none", username=USER,
        secrets={"password": PASSWORD},
    )  # fmt: skip
    letters: list[bytes] = []
    for fault in faults(FETCHING[step]):
        new = [letter(next(_serial), size=1_500) for _ in range(3)]
        servers.dovecot.put(USER, *new)
        letters += new
        with wire_to(servers.dovecot.port, once(fault)) as wire:
            Mailbox.unscoped.filter(pk=mailbox.pk).update(port=wire.port)
            told = [_looked(mailbox), _looked(mailbox)]

        assert (fault, wire.struck, told) == (fault, 1, [_trouble(step, fault), None])
        assert sorted(stored()) == sorted(letters)


def _looked(mailbox: Mailbox) -> MailboxFault | None:
    """What is wrong with the mailbox, as its page would tell."""
    try:
        with Session.open(Mailbox.unscoped.get(pk=mailbox.pk), {"password": PASSWORD}) as session:
            fetch_new(session, mailbox_id=mailbox.pk, clock=lambda: world.NOW)
    except MailboxTroubleError as trouble:
        return trouble.fault
    return None


def _trouble(step: str, fault: Fault) -> MailboxFault | None:
    return None if fault.way == "slow" or step == "logout" else MailboxFault.BROKEN_OFF
