"""What went wrong at a mailbox, in the words that somebody reads who shall mend it."""

from imaplib import IMAP4

import pytest
from imapclient.exceptions import LoginError

from vaxel.channels.mail.incoming.trouble import trouble_in
from vaxel.domain.mailroom.faults import MailboxFault


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            LoginError("b'[AUTHENTICATIONFAILED] Authentication failed.'"),
            "[AUTHENTICATIONFAILED] Authentication failed.",
        ),
        (IMAP4.error(b"[CANNOT] Invalid name"), "[CANNOT] Invalid name"),
        (IMAP4.abort('unexpected response: b"220 it\'s Postfix"'), "unexpected response: 220 it's Postfix"),
        (OSError(111, "Connection refused"), "Connection refused"),
        (EOFError(), "EOFError"),
    ],
)
def test_servers_words_stand_without_python_around_them(error: Exception, words: str) -> None:
    assert trouble_in(error, otherwise=MailboxFault.SIGN_IN).detail == words
