"""Postfix in front of Dovecot: the world of mail that a desk lives in, on loopback.

customers ──SMTP──> Postfix ──> Dovecot <──IMAP── Växel
                       └──────LMTP──────> `vaxel mail listen`
Växel ────────SMTP──> Postfix ──> Dovecot <──IMAP── customers
"""

import imaplib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from tests.channels.incoming.dovecot import Dovecot, running_dovecot
from tests.channels.postfix import Postfix, running_postfix
from tests.cli.programs import free_port

#: The desk's address whose mails are fetched from Dovecot, and the one whose mails are handed over by LMTP.
FETCHED: Final = "support@kompass.example"
HANDED_OVER: Final = "fel@kompass.example"
#: Domains of customers; all mails of one lie in one mailbox.
CUSTOMERS: Final = ("norrvik.example", "malarvik.example", "kund.example")
#: Whom the mails to FETCHED lie with, at Dovecot.
USER: Final = "support"
#: Where the mails of all staff lie.
STAFF: Final = "staff"


@dataclass(frozen=True)
class MailServers:
    """`lmtp_port` is where Postfix looks for somebody who takes the mails of HANDED_OVER."""

    dovecot: Dovecot
    postfix: Postfix
    lmtp_port: int

    def write(self, to: str, *, sender: str, subject: str, text: str, **headers: str) -> EmailMessage:
        """Send a mail as a customer's mail program does; it has returned when Postfix has taken it."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        self.postfix.take(mail, sender=sender, to=to)
        return mail

    def read(self, user: str) -> list[EmailMessage]:
        """All mails that lie in a mailbox at Dovecot, oldest first."""
        with self.dovecot.mailbox(user) as imap:
            imap.select("INBOX", readonly=True)
            numbers = _all_in(imap)
            found = imap.fetch(numbers, "(BODY.PEEK[])")[1] if numbers else []
        return [message_from_bytes(each[1], policy=policy.default) for each in found if isinstance(each, tuple)]

    def empty(self) -> None:
        """Nobody has a mail any more."""
        self.postfix.hand_out()
        for user in (USER, STAFF, *CUSTOMERS):
            with self.dovecot.mailbox(user) as imap:
                imap.select("INBOX")
                if numbers := _all_in(imap):
                    imap.store(numbers, "+FLAGS", "\\Deleted")
                    imap.expunge()


def id_of(mail: EmailMessage) -> str:
    """Its Message-ID in angle brackets, without the fold before a long one."""
    return str(mail["Message-ID"]).strip()


def _all_in(imap: imaplib.IMAP4) -> str:
    """The numbers of all mails in the folder that is open; empty when there are none."""
    found: bytes = imap.search(None, "ALL")[1][0]
    return found.decode().replace(" ", ",")


@contextmanager
def mail_servers() -> Iterator[MailServers]:
    """Both of them, in a folder that processes of other users can enter."""
    folder, lmtp_port = Path(tempfile.mkdtemp(prefix="vaxel-mail-")), free_port()
    folder.chmod(0o755)
    mailboxes = {FETCHED: USER, "@kompass.example": STAFF, **{f"@{domain}": domain for domain in CUSTOMERS}}
    try:
        with running_dovecot(folder / "dovecot") as dovecot:
            delivering = running_postfix(
                folder / "postfix",
                mail=dovecot.folder / "mail",
                mailboxes=mailboxes,
                by_lmtp={HANDED_OVER: lmtp_port},
            )
            with delivering as postfix:
                yield MailServers(dovecot, postfix, lmtp_port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
