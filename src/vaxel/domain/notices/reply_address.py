"""The signed names that a mail carries out and that answers and bounces bring back.

- the reply address (`support+r16-p2t-…@…`): the ticket, and to whom the mail went;
- the Message-ID: a random part and its signature, so that an id in References proves that it is ours;
- the return path (`support+b2n9c-…@…`): which mail it is that came back (VERP).

None of them gives a right: whoever reads one asks next whether the sender may write in that ticket (trust 3, 4, 5).
Everything is in small letters, because gateways make it so, and signed with 130 bits under a key of its own, derived
from SECRET_KEY; keys in SECRET_KEY_FALLBACKS are still read.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, cast

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from vaxel.domain.notices.models import OutgoingMail
from vaxel.kit.ids import new_public_id

RecipientKind = Literal["person", "staff", "colleague"]

#: 26 letters of base32 carry 130 bits.
_SIGNATURE_LENGTH: Final = 26
_SIGNATURE: Final = rf"[a-z2-7]{{{_SIGNATURE_LENGTH}}}"
#: RFC 5321 4.5.3.1.1; a mailbox whose name leaves no room gets its plain address.
_LONGEST_LOCAL_PART: Final = 64
_LETTERS: Final[dict[RecipientKind, str]] = {"person": "p", "staff": "s", "colleague": "c"}
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}

#: No number in base 36 is longer than 13 characters: that is what fits in 64 bits.
_REPLY: Final = re.compile(rf"[^@]+\+(r[0-9a-z]{{1,13}}-[psc][0-9a-z]{{0,13}})-({_SIGNATURE})@[^@]+")
_RETURN: Final = re.compile(rf"[^@]+\+(b[0-9a-z]{{1,13}})-({_SIGNATURE})@[^@]+")
_HEADER_ID: Final = re.compile(rf"<?([0-9a-z]{{20,40}})\.({_SIGNATURE})@[^@<>\s]+>?")


@dataclass(frozen=True, slots=True)
class ReplyClaim:
    """What a signed reply address says: the ticket that the mail was about, and to whom it went."""

    ticket_id: int
    kind: RecipientKind
    #: Of the Person, the Staff or the Participant; None for the colleague whose address stands in the ticket.
    recipient_id: int | None


def reply_address(mail: OutgoingMail) -> str:
    """Where an answer to the mail goes; the desk's plain address when there is no ticket or no room."""
    if mail.ticket_id is None or not mail.recipient_kind:
        return mail.sender
    letter = _LETTERS[cast("RecipientKind", mail.recipient_kind)]
    of_recipient = "" if mail.recipient_id is None else int_to_base36(mail.recipient_id)
    return _with_tag(mail.sender, f"r{int_to_base36(mail.ticket_id)}-{letter}{of_recipient}", salt="reply")


def read_reply_address(address: str) -> ReplyClaim | None:
    """What the address says; None when it is not one of ours."""
    tag = _read(_REPLY, address, salt="reply")
    if tag is None:
        return None
    ticket, recipient = tag.removeprefix("r").split("-")
    recipient_id = base36_to_int(recipient[1:]) if recipient[1:] else None
    return ReplyClaim(base36_to_int(ticket), _KINDS[recipient[0]], recipient_id)


def return_path(mail: OutgoingMail) -> str:
    """Where a server that cannot deliver the mail reports; only with a saved mail."""
    return _with_tag(mail.sender, f"b{int_to_base36(mail.pk)}", salt="return")


def read_return_path(address: str) -> int | None:
    """The id of the OutgoingMail that came back; None when the address is not one of ours."""
    tag = _read(_RETURN, address, salt="return")
    return None if tag is None else base36_to_int(tag.removeprefix("b"))


def header_id(sender: str) -> str:
    """A new Message-ID, in angle brackets, at the sender's domain."""
    random = new_public_id()
    return f"<{random}.{_sign(random, salt='header', key=settings.SECRET_KEY)}@{sender.rpartition('@')[2].lower()}>"


def is_ours(message_id: str) -> bool:
    """Whether this installation made the Message-ID, with or without its angle brackets."""
    return _read(_HEADER_ID, message_id, salt="header") is not None


def _with_tag(address: str, tag: str, *, salt: str) -> str:
    name, _at, domain = address.rpartition("@")
    local = f"{name}+{tag}-{_sign(tag, salt=salt, key=settings.SECRET_KEY)}"
    return f"{local}@{domain}" if len(local) <= _LONGEST_LOCAL_PART else address


def _read(pattern: re.Pattern[str], words: str, *, salt: str) -> str | None:
    """The part that was signed, if it was signed by one of our keys."""
    found = pattern.fullmatch(words.strip().lower())
    if found is None:
        return None
    said, signature = found.groups()
    signed = (_sign(said, salt=salt, key=key) for key in _keys())
    return said if any(constant_time_compare(signature, each) for each in signed) else None


def _keys() -> Iterator[str]:
    yield str(settings.SECRET_KEY)
    yield from map(str, settings.SECRET_KEY_FALLBACKS)


def _sign(said: str, *, salt: str, key: str) -> str:
    digest = salted_hmac(f"vaxel.mail.{salt}", said, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:_SIGNATURE_LENGTH]
