"""A mail server to fetch from, and a desk's mailbox there."""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.channels.incoming.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.factories import NOW, make_desk
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.mailroom.mailboxes import add_mailbox
from vaxel.domain.mailroom.models import Mailbox

_users = count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One server for the run; its processes may look into a folder that others than us can enter."""
    folder = Path(tempfile.mkdtemp(prefix="vaxel-dovecot-"))
    try:
        with running_dovecot(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def user() -> str:
    """Nobody else's mailbox."""
    return f"support{next(_users)}"


@pytest.fixture
def mailbox(db: None, dovecot: Dovecot, user: str) -> Mailbox:
    desk = make_desk()
    return add_mailbox(
        desk=desk,
        address=desk.mail_address,
        way="imap",
        secrets={"password": PASSWORD},
        host="127.0.0.1",
        port=dovecot.port,
        tls="none",
        username=user,
        by=SYSTEM,
        now=NOW,
    )
