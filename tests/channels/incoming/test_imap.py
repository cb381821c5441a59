"""Fetching from a real Dovecot (trust 66, 68, 69, 70)."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from tests.channels.incoming.dovecot import PASSWORD, Dovecot
from tests.channels.incoming.proxy import cutting_proxy
from tests.factories import NOW
from vaxel.channels.mail.incoming import fetching
from vaxel.channels.mail.incoming.checkup import check_mailbox
from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.channels.mail.incoming.watching import look_until_trouble
from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.models import Delivery, Mailbox, ReceivedMail
from vaxel.domain.tickets.blobs import blob_path

pytestmark = pytest.mark.django_db


def letter(number: int, *, size: int = 200) -> bytes:
    return f"Message-ID: <n{number}@kund.example>\r\nSubject: {number}\r\n\r\n{'x' * size} {number}\r\n".encode()


def look(mailbox: Mailbox, **other: object) -> int:
    """One look, at the mailbox as it is or with other settings."""
    present = Mailbox.unscoped.get(pk=mailbox.pk)
    for name, value in other.items():
        setattr(present, name, value)
    with Session.open(present, {"password": PASSWORD}) as session:
        return fetch_new(session, mailbox_id=mailbox.pk, clock=lambda: NOW)


def stored() -> list[bytes]:
    rows = ReceivedMail.unscoped.select_related("raw").order_by("id")
    return [blob_path(mail.raw.key).read_bytes() for mail in rows if mail.raw is not None]


def test_mails_are_stored_as_they_came_and_marked_afterwards(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    letters = [letter(1), letter(2, size=40_000), b"\xff no headers at all\r\n"]
    dovecot.put(user, *letters)

    assert look(mailbox) == 3
    assert stored() == letters
    assert all(b"\\Seen" in flags for flags in dovecot.flags(user))


def test_t68_a_second_look_adds_nothing(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    dovecot.put(user, letter(1), letter(2))

    assert (look(mailbox), look(mailbox)) == (2, 0)
    dovecot.put(user, letter(3))
    assert (look(mailbox), ReceivedMail.unscoped.count()) == (1, 3)


def test_t68_the_same_mail_twice_in_the_mailbox_is_one(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    dovecot.put(user, letter(1), letter(1), letter(2))

    assert look(mailbox) == 2
    assert list(ReceivedMail.unscoped.order_by("id").values_list("copies", flat=True)) == [1, 0]
    assert Delivery.objects.count() == 3


def test_t69_numbers_that_begin_anew_bring_nothing_twice(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    dovecot.put(user, letter(1), letter(2))
    look(mailbox)
    Mailbox.unscoped.filter(pk=mailbox.pk).update(uid_validity=4)
    dovecot.put(user, letter(3))

    assert (look(mailbox), ReceivedMail.unscoped.count()) == (1, 3)


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("after", [10, 200, 400, 700, 1_000, 2_500, 6_000, 9_000, 13_000, 17_500])
def test_t69_a_connection_that_breaks_loses_and_doubles_nothing(
    dovecot: Dovecot,
    mailbox: Mailbox,
    user: str,
    after: int,
    reset: bool,  # noqa: FBT001  # from the table above
) -> None:
    letters = [letter(number, size=1_500) for number in range(8)]
    dovecot.put(user, *letters)
    with cutting_proxy(dovecot.port, after=after, reset=reset) as port:
        faults = set()
        for _ in range(3):
            try:
                look(mailbox, port=port)
            except MailboxTroubleError as trouble:
                faults.add(trouble.fault)
    look(mailbox)

    assert sorted(stored()) == sorted(letters)
    assert faults <= {MailboxFault.BROKEN_OFF, MailboxFault.NOT_IMAP, MailboxFault.NO_ANSWER}


def test_t28_a_mail_that_is_too_large_is_listed_and_the_others_come(
    dovecot: Dovecot, mailbox: Mailbox, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_MAIL", 5_000)
    dovecot.put(user, letter(1), letter(2, size=6_000), letter(3))

    assert look(mailbox) == 3
    large = ReceivedMail.unscoped.get(raw=None)
    assert (large.state, large.reason, large.size > 6_000) == ("quarantine", "too-large", True)
    assert look(mailbox) == 0


@contextmanager
def something_else() -> Iterator[int]:
    """A port where somebody speaks another language."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            client, _address = listener.accept()
            client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            client.close()

        threading.Thread(target=answer, daemon=True).start()
        yield int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, None),
        ({"host": "finns-inte.invalid"}, MailboxFault.NAME),
        ({"host": "två..punkter.invalid"}, MailboxFault.NAME),
        ({"port": 1}, MailboxFault.NO_ANSWER),
        ({"tls": "tls"}, MailboxFault.TLS),
        ({"tls": "starttls"}, MailboxFault.CERTIFICATE),
        ({"folder": "Finns inte"}, MailboxFault.FOLDER),
    ],
)
def test_check_of_a_mailbox_tells_what_is_wrong(
    mailbox: Mailbox, change: dict[str, object], fault: MailboxFault | None
) -> None:
    for name, value in change.items():
        setattr(mailbox, name, value)
    found = check_mailbox(mailbox, {"password": PASSWORD})

    assert (found.fault, found.words) == (fault, "" if fault is None else str(WORDS[fault]))


def test_check_tells_a_wrong_password_from_a_wrong_port(mailbox: Mailbox) -> None:
    assert check_mailbox(mailbox, {"password": "fel"}).fault == MailboxFault.SIGN_IN
    with something_else() as port:
        mailbox.port = port
        assert check_mailbox(mailbox, {"password": PASSWORD}).fault == MailboxFault.NOT_IMAP


def test_check_tells_a_certificate_that_nobody_vouches_for(dovecot: Dovecot, mailbox: Mailbox) -> None:
    mailbox.tls, mailbox.port = "tls", dovecot.tls_port

    assert check_mailbox(mailbox, {"password": PASSWORD}).fault == MailboxFault.CERTIFICATE


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_comes_while_we_wait_is_stored_at_once(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(mailbox.pk, stop))
    watcher.start()
    try:
        _until(lambda: Mailbox.unscoped.get(pk=mailbox.pk).looked_at is not None)
        dovecot.put(user, letter(1))
        _until(ReceivedMail.unscoped.exists)
    finally:
        stop.set()
        watcher.join(timeout=60)

    assert not watcher.is_alive()


@pytest.mark.django_db(transaction=True)
def test_t68_two_who_look_at_once_store_each_mail_once(dovecot: Dovecot, mailbox: Mailbox, user: str) -> None:
    letters = [letter(number) for number in range(30)]
    dovecot.put(user, *letters)
    lookers = [threading.Thread(target=_look_in_thread, args=(mailbox,)) for _ in range(2)]
    for each in lookers:
        each.start()
    for each in lookers:
        each.join(timeout=60)

    assert sorted(stored()) == sorted(letters)


def _watch(mailbox_id: int, stop: threading.Event) -> None:
    look_until_trouble(mailbox_id, stop)
    connection.close()


def _look_in_thread(mailbox: Mailbox) -> None:
    look(mailbox)
    connection.close()


def _until(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    waited = threading.Event()
    until = timezone.now().timestamp() + seconds
    while not condition():
        assert timezone.now().timestamp() < until
        waited.wait(0.05)
