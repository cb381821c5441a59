"""One connection to a mailbox on an IMAP server.

IMAPClient speaks the protocol: it has IDLE, XOAUTH2 and UIDs throughout, and leaves mails as bytes (imap_tools would
parse them here, which our own limited children do).
"""

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from vaxel.channels.mail.incoming.oauth import access_token, forget_token
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError, trouble_in
from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.domain.mailroom.models import Mailbox
from vaxel.kit.later import later

if TYPE_CHECKING:
    import imapclient
    from imapclient import exceptions
else:
    # For desks whose mails are fetched.
    imapclient, exceptions = later("imapclient"), later("imapclient.exceptions")

#: Seconds to connect, and for any answer.
_PATIENCE: Final = {"connect": 10, "read": 60}
_FLAGS: Final = b"PERMANENTFLAGS"


class Session:
    """A folder that is open for reading."""

    def __init__(self, client: "imapclient.IMAPClient", folder: Mapping[bytes, Any]) -> None:
        self._client = client
        self._folder = folder

    @classmethod
    @contextmanager
    def open(cls, mailbox: Mailbox, secrets: Mapping[str, str]) -> Iterator[Self]:
        """Connect, sign in and open the folder. Raises MailboxTroubleError, which says at which step it failed."""
        client = _connected(mailbox)
        try:
            _sign_in(client, mailbox, secrets)
            yield cls(client, _folder(client, mailbox))
        finally:
            _leave(client)

    @property
    def uid_validity(self) -> int:
        """What the server's numbering of mails is called; another value means that it began anew."""
        return int(self._folder[b"UIDVALIDITY"])

    @property
    def may_mark(self) -> bool:
        """Whether we may note on the server that a mail has been read."""
        return b"READ-ONLY" not in self._folder and bool(self._folder.get(_FLAGS, (imapclient.SEEN,)))

    @property
    def can_wait(self) -> bool:
        """Whether the server tells by itself that a mail has come (IDLE)."""
        return bool(self._client.has_capability("IDLE"))

    def uids_after(self, last: int) -> list[int]:
        """The numbers of the mails that came after the one with number `last`, in order."""
        with _told(MailboxFault.OTHER):
            found = self._client.search(["UID", f"{last + 1}:*"])
        # "n:*" gives the last mail even when n is beyond it.
        return sorted(uid for uid in found if uid > last)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How many bytes each has; those that are gone meanwhile are left out."""
        with _told(MailboxFault.OTHER):
            answer = self._client.fetch(uids, ["RFC822.SIZE"])
        return {uid: int(each[b"RFC822.SIZE"]) for uid, each in answer.items() if b"RFC822.SIZE" in each}

    def fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The mails as they came, without marking them as read."""
        with _told(MailboxFault.OTHER):
            answer = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: each[b"BODY[]"] for uid, each in answer.items() if isinstance(each.get(b"BODY[]"), bytes)}

    def mark(self, uids: Sequence[int]) -> None:
        """Note on the server that they have been read. That it would not note it changes nothing here."""
        try:
            with _told(MailboxFault.OTHER):
                self._client.add_flags(uids, [imapclient.SEEN], silent=True)
        except MailboxTroubleError as trouble:
            if trouble.fault == MailboxFault.BROKEN_OFF:
                raise

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let the server tell when something comes, for as long as the block lasts."""
        with _told(MailboxFault.BROKEN_OFF):
            self._client.idle()
        try:
            yield
        finally:
            with _told(MailboxFault.BROKEN_OFF):
                self._client.idle_done()

    def something_came(self, seconds: float) -> bool:
        """Whether the server has said anything within so many seconds; within `waiting`."""
        with _told(MailboxFault.BROKEN_OFF):
            return any(
                b"EXISTS" in each for each in self._client.idle_check(timeout=seconds) if isinstance(each, tuple)
            )


def _connected(mailbox: Mailbox) -> "imapclient.IMAPClient":
    with _told(MailboxFault.NOT_IMAP):
        client = imapclient.IMAPClient(
            mailbox.host,
            port=mailbox.port,
            ssl=mailbox.tls == Mailbox.Tls.TLS,
            ssl_context=_context() if mailbox.tls == Mailbox.Tls.TLS else None,
            timeout=imapclient.SocketTimeout(**_PATIENCE),
        )
    if mailbox.tls == Mailbox.Tls.STARTTLS:
        try:
            with _told(MailboxFault.TLS):
                client.starttls(_context())
        except MailboxTroubleError:
            _leave(client)
            raise
    return client


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _sign_in(client: "imapclient.IMAPClient", mailbox: Mailbox, secrets: Mapping[str, str]) -> None:
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD:
        with _told(MailboxFault.SIGN_IN):
            client.login(mailbox.username or mailbox.address, secrets.get("password", ""))
        return
    token = access_token(mailbox, secrets)
    try:
        with _told(MailboxFault.TOKEN):
            client.oauth2_login(mailbox.username or mailbox.address, token)
    except MailboxTroubleError:
        forget_token(mailbox)
        raise


def _folder(client: "imapclient.IMAPClient", mailbox: Mailbox) -> Mapping[bytes, Any]:
    with _told(MailboxFault.FOLDER):
        folder: Mapping[bytes, Any] = client.select_folder(mailbox.folder)
    return folder


def _leave(client: "imapclient.IMAPClient") -> None:
    """Say goodbye; with a server that has gone already, just hang up."""
    try:
        client.logout()
    except (exceptions.IMAPClientError, exceptions.IMAPClientAbortError, OSError):
        with suppress(exceptions.IMAPClientError, OSError):
            client.shutdown()


@contextmanager
def _told(otherwise: MailboxFault) -> Iterator[None]:
    """Whatever goes wrong within, told as a mailbox's trouble."""
    try:
        yield
    except (exceptions.IMAPClientError, OSError, EOFError, UnicodeError, ValueError, KeyError) as error:
        raise trouble_in(error, otherwise=otherwise) from error
