"""Mail servers that hand mails over: 250 means stored (trust 28, 66)."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from tests.channels.incoming.test_imap import letter
from tests.domain.mailroom.mails import make_mailbox
from tests.factories import make_desk
from vaxel.channels.mail.incoming import receiving
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail

pytestmark = pytest.mark.django_db(transaction=True)
SENDER = "maj@kund.example"


@contextmanager
def listening(*, lmtp: bool = False, port: int = 0) -> Iterator[int]:
    """`vaxel mail listen` in a thread of the test."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        port = int(taken.getsockname()[1])
    started, ended = threading.Event(), threading.Event()

    async def serve() -> None:
        stop = asyncio.Event()
        asking = asyncio.create_task(asyncio.to_thread(ended.wait))
        asking.add_done_callback(lambda _done: stop.set())
        task = asyncio.create_task(
            receiving.listen(host="127.0.0.1", port=port, lmtp=lmtp, clock=timezone.now, stop=stop)
        )
        await asyncio.sleep(0)
        started.set()
        await task

    def run() -> None:
        asyncio.run(serve())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(60)
    try:
        yield port
    finally:
        ended.set()
        thread.join(timeout=60)


@contextmanager
def speaking(port: int, *, lmtp: bool = False) -> Iterator[smtplib.SMTP]:
    kind = smtplib.LMTP if lmtp else smtplib.SMTP
    for _ in range(100):
        try:
            client = kind("127.0.0.1", port)
            break
        except ConnectionRefusedError:
            threading.Event().wait(0.05)
    with client:
        yield client


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return make_mailbox(make_desk(), way="smtp")


@pytest.mark.parametrize("lmtp", [False, True])
def test_t66_a_mail_is_stored_with_its_envelope_before_it_is_acknowledged(mailbox: Mailbox, lmtp: bool) -> None:  # noqa: FBT001  # from the table above
    tagged = mailbox.address.replace("@", "+r1-p1-abc@")
    with listening(lmtp=lmtp) as port, speaking(port, lmtp=lmtp) as client:
        assert client.sendmail(SENDER, [tagged], letter(1)) == {}
        mail = ReceivedMail.unscoped.get()

    assert (mail.mailbox_id, mail.envelope_sender, mail.envelope_recipients) == (mailbox.pk, SENDER, [tagged])


def test_t63_nobodys_address_stands_in_the_log(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    with listening() as port, speaking(port) as client:
        client.sendmail(SENDER, [mailbox.address], letter(1))

    assert [address for address in (SENDER, mailbox.address) if address in caplog.text] == []


def test_mail_for_somebody_else_is_refused(mailbox: Mailbox) -> None:
    with listening() as port, speaking(port) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail(SENDER, ["offer@annan.example"], letter(1))

    assert refused.value.recipients["offer@annan.example"][0] == 550
    assert not ReceivedMail.unscoped.exists()


def test_t68_the_same_mail_handed_over_twice_is_one(mailbox: Mailbox) -> None:
    with listening() as port, speaking(port) as client:
        for _ in range(2):
            client.sendmail(SENDER, [mailbox.address], letter(1))

    assert list(ReceivedMail.unscoped.values_list("copies", flat=True)) == [1]


def test_t28_a_mail_that_is_too_large_is_refused_at_once(mailbox: Mailbox) -> None:
    with listening() as port, speaking(port) as client:
        client.ehlo()
        assert client.docmd("MAIL", f"FROM:<{SENDER}> SIZE=50000000")[0] == 552


def test_t66_what_cannot_be_stored_stays_with_the_mail_server(mailbox: Mailbox) -> None:
    with listening() as port, speaking(port) as client:
        client.ehlo()
        client.mail(SENDER)
        client.rcpt(mailbox.address)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE mailroom_receivedmail RENAME TO hidden")
        try:
            assert client.data(letter(1))[0] == 451
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE hidden RENAME TO mailroom_receivedmail")

    assert not ReceivedMail.unscoped.exists()
