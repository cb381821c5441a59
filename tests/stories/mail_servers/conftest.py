"""Real mail servers, and a desk whose mail goes through them in both directions."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.channels.mail_servers import MailServers, mail_servers


@pytest.fixture(scope="session")
def running() -> Iterator[MailServers]:
    with mail_servers() as servers:
        yield servers


@pytest.fixture
def servers(running: MailServers, settings: Settings) -> MailServers:
    """Nothing lies in any mailbox, and Växel sends by Postfix."""
    running.empty()
    settings.EMAIL_BACKEND = "vaxel.channels.mail.smtp.WatchedBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.postfix.port
    return running
