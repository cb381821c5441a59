"""What a mail says, as plain values: made by the reader in `channels/mail`, used by whatever decides about mails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

MailKind: TypeAlias = Literal["message", "bounce", "automatic", "unreadable"]
Severity: TypeAlias = Literal["hard", "soft", "unknown"]


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One mailbox; `address` is lower-cased in the domain only, and what people see of it is the true address."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAttachment:
    """A part that is kept as a file. `name` is fit for a disk and unique within the mail; `content` is decoded."""

    name: str
    content_type: str
    content: bytes
    sha256: str
    #: Shown in place by the HTML (`cid:`), under this id without angle brackets; empty for an ordinary attachment.
    content_id: str = ""
    is_inline: bool = False
    #: A small picture that belongs to a signature or a letterhead: kept, and shown apart from what was meant.
    is_decoration: bool = False

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a delivery report says about a mail that was sent."""

    recipient: str
    severity: Severity
    #: The enhanced status code, "5.1.1"; empty where the report has none.
    status: str = ""
    #: The Message-ID of the mail that came back, without angle brackets; empty where the report does not tell.
    original_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail that arrived. Ids are without angle brackets; texts hold no NUL and no lone surrogates."""

    kind: MailKind
    #: Why it cannot be read; empty otherwise. An unreadable mail may lack everything else.
    reason: str = ""
    subject: str = ""
    #: Every address in every From header, in order: identity is theirs only when there is exactly one (trust 7).
    froms: tuple[MailAddress, ...] = ()
    sender: MailAddress | None = None
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    reply_to: tuple[MailAddress, ...] = ()
    #: Where the last server put it: Delivered-To, X-Original-To, Envelope-To. Tokens in addresses survive here.
    delivered_to: tuple[str, ...] = ()
    #: The envelope's sender where the server noted it; "" both for the null path and where it is unknown.
    return_path: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    #: What the mail claims; never decides order or deadlines.
    date: datetime | None = None
    #: The raw values of Authentication-Results, topmost first; only the configured server's topmost one counts.
    authentication_results: tuple[str, ...] = ()
    #: A receiving server marked it as spam (X-Spam-Flag, X-Spam-Status and the like).
    is_marked_spam: bool = False
    #: Our own mark on automatic mails (`X-Vaxel-Loop`), as found.
    loop_mark: str = ""
    #: The visible new text, plain, and what is folded away below it; nothing is ever deleted.
    text: str = ""
    quoted: str = ""
    #: Sanitised; None where there is no usable HTML.
    html: str | None = None
    #: Addresses of pictures elsewhere that the HTML lost: shown only to somebody who asks for them (trust 31).
    remote_images: tuple[str, ...] = ()
    attachments: tuple[MailAttachment, ...] = ()
    bounce: Bounce | None = None
    #: "out-of-office", "auto-reply", "list", "receipt" …; empty for what a person wrote.
    automatic: str = ""
    #: What was repaired or guessed.
    warnings: tuple[str, ...] = ()

    @property
    def from_(self) -> MailAddress | None:
        """Whom it shows as its writer; None where no address can be found."""
        return self.froms[0] if self.froms else None
