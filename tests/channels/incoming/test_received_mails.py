"""Mails that a delivery service posts (trust 28, 66, 68)."""

import base64
import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.channels.incoming.test_imap import letter, stored
from tests.domain.mailroom.mails import make_mailbox
from tests.factories import make_desk
from vaxel.channels.mail.services import anymail_settings
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail

pytestmark = pytest.mark.django_db
SECRET = "vaxel:hemligt"


@pytest.fixture
def mailbox(db: None, settings: Settings) -> Mailbox:
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = anymail_settings("postmark", key="server-token", reports_secret=SECRET)
    return make_mailbox(make_desk(), way="service")


def post(
    to: str, *, secret: str = SECRET, service: str = "postmark", mail: bytes = b"", client: Client | None = None
) -> int:
    """What the service posts for a mail; the status of our answer."""
    told = {
        "From": "maj@kund.example",
        "OriginalRecipient": to,
        "Headers": [{"Name": "Return-Path", "Value": "<maj@kund.example>"}],
        "RawEmail": (mail or letter(1)).decode(),
    }
    login = base64.b64encode(secret.encode()).decode()
    response = (client or Client()).post(
        reverse("received_mails", args=[service]),
        data=json.dumps(told),
        content_type="application/json",
        headers={"Authorization": f"Basic {login}"},
    )
    return response.status_code


def test_t66_a_posted_mail_is_stored_with_its_envelope(mailbox: Mailbox) -> None:
    tagged = mailbox.address.replace("@", "+r1@")

    assert post(tagged) == 200
    mail = ReceivedMail.unscoped.get()
    assert (mail.mailbox_id, mail.envelope_recipients, mail.envelope_sender) == (
        mailbox.pk,
        [tagged],
        "maj@kund.example",
    )
    assert b"<n1@kund.example>" in stored()[0]


def test_t68_a_mail_posted_twice_is_one(mailbox: Mailbox) -> None:
    assert [post(mailbox.address), post(mailbox.address)] == [200, 200]
    assert list(ReceivedMail.unscoped.values_list("copies", flat=True)) == [1]


def test_mail_longer_than_a_form_is_taken(mailbox: Mailbox) -> None:
    assert post(mailbox.address, mail=letter(1, size=3_000_000)) == 200
    assert ReceivedMail.unscoped.get().size > 3_000_000


@pytest.mark.parametrize(
    ("to", "secret", "service", "status"),
    [
        ("", "vaxel:fel", "postmark", 400),
        ("", SECRET, "mailgun", 404),
        ("", SECRET, "finns-inte", 404),
        ("offer@annan.example", SECRET, "postmark", 404),
    ],
)
def test_t55_nobody_else_posts_mails(mailbox: Mailbox, to: str, secret: str, service: str, status: int) -> None:
    assert post(to or mailbox.address, secret=secret, service=service) == status
    assert not ReceivedMail.unscoped.exists()


def test_t55_without_a_secret_nobody_posts_at_all(mailbox: Mailbox, settings: Settings) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}

    assert post(mailbox.address) == 400


def test_t66_what_cannot_be_stored_is_posted_again(mailbox: Mailbox) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mailroom_receivedmail RENAME COLUMN identity TO hidden")

    assert post(mailbox.address, client=Client(raise_request_exception=False)) == 500
