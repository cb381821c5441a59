"""Trying a mailbox's settings before they are used: what is wrong, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.incoming.trouble import MailboxTroubleError
from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.models import Mailbox


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the trial found. Everything is well when `fault` is None."""

    fault: MailboxFault | None
    #: What is wrong and what to do, in the reader's language; empty when all is well.
    words: str
    #: The server's own words; often empty.
    detail: str
    #: Mails that lie in the folder now.
    mails: int | None = None


def check_mailbox(mailbox: Mailbox, secrets: Mapping[str, str]) -> Checkup:
    """Go every step of reading the mailbox but the reading; takes a minute at most. The row need not be saved."""
    try:
        with Session.open(mailbox, secrets) as session:
            if not session.may_mark:
                return _found(MailboxFault.PERMISSION, "")
            return Checkup(fault=None, words="", detail="", mails=len(session.uids_after(0)))
    except MailboxTroubleError as trouble:
        return _found(trouble.fault, trouble.detail)


def _found(fault: MailboxFault, detail: str) -> Checkup:
    return Checkup(fault=fault, words=str(WORDS[fault]), detail=detail)
