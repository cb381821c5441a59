"""A mail server to send to, and a mail to send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from tests import factories as world
from tests.channels.smtp_stub import SmtpStub, smtp_stub
from vaxel.channels.mail import outbound
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.kit.ids import new_public_id


@pytest.fixture
def stub(settings: Settings) -> Iterator[SmtpStub]:
    """A stub that settings point to; patience is short, and the breaker begins closed."""
    with smtp_stub() as server:
        settings.EMAIL_BACKEND = "vaxel.channels.mail.smtp.WatchedBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 0.5
        outbound.BREAKER.answered()
        yield server
        outbound.BREAKER.answered()


@pytest.fixture
def person(db: None) -> Person:
    return world.make_person(world.make_organisation(world.make_desk()))


@pytest.fixture
def make_mail(person: Person) -> Callable[..., OutgoingMail]:
    """Queued mails, each with an id of its own."""

    def make(**values: Any) -> OutgoingMail:
        mail = OutgoingMail(
            desk_id=person.desk_id,
            kind="answer",
            language="sv",
            sender_name="Sven Berg, Kompass",
            sender="support@kompass.example",
            recipient_name=person.name,
            recipient=person.email,
            subject="[KOM-1001] Svar: Oväntat fel",
            text="Hej!\n\nNu är felet rättat.\n",
            html="<p>Hej!</p><p>Nu är felet rättat.</p>",
            header_id=f"<{new_public_id()}@kompass.example>",
            created_at=world.NOW,
        )
        for name, value in values.items():
            setattr(mail, name, value)
        mail.save(force_insert=True)
        return mail

    return make
