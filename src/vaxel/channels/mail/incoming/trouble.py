"""What went wrong at a mailbox, told apart so that somebody can mend it."""

import re
import socket
import ssl
from imaplib import IMAP4
from typing import TYPE_CHECKING, Final

from vaxel.domain.mailroom.faults import MailboxFault
from vaxel.kit.later import later

if TYPE_CHECKING:
    from imapclient import exceptions
else:
    exceptions = later("imapclient.exceptions")

_LONGEST: Final = 300
#: How the libraries write the server's words into theirs: b'[AUTHENTICATIONFAILED] …'.
_PYTHON_BYTES: Final = re.compile(r"""\bb(['"])(.*)\1""", re.DOTALL)
_CUT: Final = (IMAP4.abort, EOFError, ConnectionResetError, BrokenPipeError)


class MailboxTroubleError(Exception):
    """A mailbox cannot be read: which fault, and the server's own words."""

    def __init__(self, fault: MailboxFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


def trouble_in(error: Exception, *, otherwise: MailboxFault) -> MailboxTroubleError:
    """The fault behind an exception; `otherwise` is what a plain "no" of the server means at this step."""
    if isinstance(error, MailboxTroubleError):
        return error
    return MailboxTroubleError(_fault(error, otherwise), _words(error))


def _fault(error: Exception, otherwise: MailboxFault) -> MailboxFault:
    at_greeting = otherwise == MailboxFault.NOT_IMAP
    if isinstance(error, exceptions.LoginError) and isinstance(error.__context__, _CUT):
        # The library calls it a refusal when the connection breaks in the middle of signing in.
        return MailboxFault.BROKEN_OFF
    meanings = (
        (ssl.SSLCertVerificationError, MailboxFault.CERTIFICATE),
        (ssl.SSLError, MailboxFault.TLS),
        ((socket.gaierror, UnicodeError), MailboxFault.NAME),
        (exceptions.LoginError, otherwise),
        # At the greeting this means that something else lives at the port.
        (_CUT, MailboxFault.NOT_IMAP if at_greeting else MailboxFault.BROKEN_OFF),
        (OSError, MailboxFault.NO_ANSWER if at_greeting else MailboxFault.BROKEN_OFF),
    )
    return next((fault for kinds, fault in meanings if isinstance(error, kinds)), otherwise)


def _words(error: Exception) -> str:
    said = error.args[-1] if error.args else type(error).__name__
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else _PYTHON_BYTES.sub(r"\2", str(said))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_LONGEST]
