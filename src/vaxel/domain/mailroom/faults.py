"""What can be wrong with a mailbox: a code that is stored, and what to do about it in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MailboxFault(StrEnum):
    """Every fault that the set-up test and the fetching tell apart; tests prove that each has its words."""

    NAME = "name"
    NO_ANSWER = "no-answer"
    NOT_IMAP = "not-imap"
    TLS = "tls"
    CERTIFICATE = "certificate"
    SIGN_IN = "sign-in"
    TOKEN = "token"  # noqa: S105  # a fault, no secret
    FOLDER = "folder"
    PERMISSION = "permission"
    BROKEN_OFF = "broken-off"
    SECRET = "secret"  # noqa: S105  # a fault, no secret
    OTHER = "other"


WORDS: Final[Mapping[MailboxFault, Promise]] = {
    MailboxFault.NAME: _("There is no server of that name. Check the spelling."),
    MailboxFault.NO_ANSWER: _(
        "The server does not answer at that port. Check the port, and that no firewall is between."
    ),
    MailboxFault.NOT_IMAP: _("Something answers at that port, but it does not speak IMAP. Check the port."),
    MailboxFault.TLS: _("The server and we do not agree on encryption. Choose another way: TLS is usual at port 993."),
    MailboxFault.CERTIFICATE: _(
        "The server's certificate cannot be trusted: it is for another name, too old, or signed by nobody we know. "
        "Check the name, or ask whoever runs the server."
    ),
    MailboxFault.SIGN_IN: _("The server does not accept the user name and password. Type both anew."),
    MailboxFault.TOKEN: _("The permission to read the mailbox has ended or was taken back. Give it anew."),
    MailboxFault.FOLDER: _("The mailbox has no folder of that name. INBOX is the usual one."),
    MailboxFault.PERMISSION: _("We may look into the folder but not mark its mails as read. Give us the right to."),
    MailboxFault.BROKEN_OFF: _("The connection broke. We try again by ourselves."),
    MailboxFault.SECRET: _("The stored password cannot be opened with today's secret key. Type it anew."),
    MailboxFault.OTHER: _("The server says no. Its own words stand beside."),
}
