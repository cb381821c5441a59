"""Mails that a delivery service posts (trust 28, 66, 68)."""

import base64
import json

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from tests.channels.incoming.test_imap import letter, stored
from tests.domain.mailroom.mails import make_mailbox
from tests.factories import make_desk
from vaxel.channels.mail.services import anymail_settings
from vaxel.channels.webhooks.raw_posts import PostedMail, raw_mails
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


def test_t21_posted_bytes_are_stored_as_they_came(mailbox: Mailbox) -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{each}\r\n\r\n--b{each}\r\n" for each in range(5_000))
    mail = f"From: maj@kund.example\r\nTo: <{mailbox.address}>\r\n{deep}Hej\r\n".encode()

    assert post("", mail=mail) == 200
    assert stored() == [mail]


@pytest.mark.parametrize("encoded", [True, False])
def test_t21_sparkpost_and_mailersend_post_bytes_too(rf: RequestFactory, *, encoded: bool) -> None:
    raw = "Subject: Hej då\r\n\r\n"
    content = base64.b64encode(raw.encode("latin-1")).decode() if encoded else raw
    relayed = {
        "msg_from": "maj@kund.example",
        "rcpt_to": "support@desk.example",
        "content": {"email_rfc822": content, "email_rfc822_is_base64": encoded},
    }
    data = {
        "raw": raw,
        "sender": {"email": "maj@kund.example"},
        "recipients": {"rcptTo": [{"email": "support@desk.example"}]},
    }
    posts = [
        raw_mails("sparkpost", _json(rf, [{"msys": {"relay_message": relayed}}])),
        raw_mails("mailersend", _json(rf, {"data": data})),
    ]

    envelope = ("maj@kund.example", "support@desk.example")
    assert posts == [
        [PostedMail(raw.encode("latin-1" if encoded else "utf-8"), *envelope)],
        [PostedMail(raw.encode(), *envelope)],
    ]


def test_t21_mailgun_posts_bytes_in_a_form(rf: RequestFactory) -> None:
    form = {"body-mime": "Subject: Hej\r\n\r\n", "sender": "maj@kund.example", "recipient": "support@desk.example"}

    assert raw_mails("mailgun", rf.post("/", form)) == [
        PostedMail(b"Subject: Hej\r\n\r\n", "maj@kund.example", "support@desk.example")
    ]
    assert raw_mails("mailgun", rf.post("/", {**form, "attachments": "[]"})) is None


@pytest.mark.parametrize("told", [{}, [], 7, {"RawEmail": None}, {"RawEmail": "x", "Headers": 3}])
def test_posts_of_another_shape_are_left_to_the_library(rf: RequestFactory, told: object) -> None:
    assert [raw_mails(name, _json(rf, told)) for name in ("postmark", "sparkpost", "brevo")] == [None] * 3


def _json(rf: RequestFactory, told: object) -> HttpRequest:
    return rf.post("/", json.dumps(told), content_type="application/json")


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
