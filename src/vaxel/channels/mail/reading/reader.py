"""The story of reading one mail, step by step."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from vaxel.channels.mail.reading.addresses import addresses, bare_address
from vaxel.channels.mail.reading.attachments import attachments
from vaxel.channels.mail.reading.automatic import automatic_kind
from vaxel.channels.mail.reading.bodies import sorted_parts
from vaxel.channels.mail.reading.bounces import read_bounce
from vaxel.channels.mail.reading.headers import Headers
from vaxel.channels.mail.reading.identifiers import identifiers
from vaxel.channels.mail.reading.limits import LONGEST_MAIL, TooMuchError
from vaxel.channels.mail.reading.pages import read_page
from vaxel.channels.mail.reading.parts import Part, split
from vaxel.channels.mail.reading.replies import split_reply
from vaxel.channels.mail.reading.words import header_text
from vaxel.kit.mail import Mail, MailAddress

_LONGEST_SUBJECT: Final = 500
_LONGEST_NOTE: Final = 2_000
#: Opaque signatures come in the first two as well: their words cannot be read either.
_ENCRYPTED: Final = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_SPAM_FLAGS: Final = ("x-spam-flag", "x-spam-status", "x-spam", "x-barracuda-spam-flag")


def read(raw: bytes) -> Mail:
    """What the mail says. Never raises: the worst case is a mail of the kind `unreadable`, with its reason."""
    if len(raw) > LONGEST_MAIL:
        return Mail(kind="unreadable", reason=f"It is longer than {LONGEST_MAIL // 1_000_000} MB.")
    if not raw.strip(b"\0\r\n\t "):
        return Mail(kind="unreadable", reason="It is empty.")
    try:
        return _read(_straightened(raw))
    except TooMuchError as much:
        return Mail(kind="unreadable", reason=str(much))
    except MemoryError:
        return Mail(kind="unreadable", reason="It needs more memory than one mail may have.")
    except Exception as fault:  # noqa: BLE001  # a mistake of ours costs one mail, which people then see, and no more
        return Mail(kind="unreadable", reason=f"The reader made a mistake ({type(fault).__name__}).")


def _straightened(raw: bytes) -> bytes:
    """Line ends that can be looked for, and no marks of other encodings before the first header."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    return raw.replace(b"\r", b"\n") if b"\n" not in raw else raw


def _read(raw: bytes) -> Mail:
    parts = split(raw)
    contents = sorted_parts(parts)
    page = read_page(contents)
    reply = split_reply(page.text)
    headers = parts.headers
    bounce = read_bounce(parts, page.text)
    automatic = "" if bounce else automatic_kind(parts, page.text)
    froms = tuple(one for value in headers.every("from") for one in addresses(value))
    return Mail(
        kind="bounce" if bounce else "automatic" if automatic else "message",
        subject=_subject(headers),
        froms=froms,
        sender=next(iter(addresses(headers.first("sender"))), None),
        to=_every_address(headers, "to"),
        cc=_every_address(headers, "cc"),
        reply_to=_every_address(headers, "reply-to"),
        delivered_to=_delivered_to(headers),
        return_path=bare_address(headers.first("return-path")),
        message_id=next(iter(identifiers(headers.first("message-id"))), ""),
        in_reply_to=identifiers(headers.first("in-reply-to")),
        references=identifiers(" ".join(headers.every("references"))),
        date=_date(headers.first("date")),
        authentication_results=tuple(
            header_text(value)[:_LONGEST_NOTE] for value in headers.every("authentication-results")
        ),
        is_marked_spam=_is_marked_spam(headers),
        loop_mark=headers.text("x-vaxel-loop")[:_LONGEST_NOTE],
        text=reply.text,
        quoted=reply.quoted,
        html=page.html,
        remote_images=page.remote_images,
        attachments=attachments(contents, html=page.html or ""),
        bounce=bounce,
        automatic=automatic,
        warnings=(*page.warnings, *_warnings(parts, froms)),
    )


def _subject(headers: Headers) -> str:
    subject = headers.text("subject")
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1] + "…"


def _every_address(headers: Headers, name: str) -> tuple[MailAddress, ...]:
    return tuple(one for value in headers.every(name) for one in addresses(value))


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
    found = [bare_address(value) for name in names for value in headers.every(name)]
    return tuple(dict.fromkeys(address for address in found if address))


def _date(value: str) -> datetime | None:
    """In UTC; none for what is no date, or none that a computer can hold."""
    try:
        date = parsedate_to_datetime(value[:200])
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _is_marked_spam(headers: Headers) -> bool:
    """What receiving servers write; a score alone is for them to judge."""
    return any(value.strip().lower().startswith("yes") for name in _SPAM_FLAGS for value in headers.every(name))


def _warnings(mail: Part, froms: tuple[MailAddress, ...]) -> list[str]:
    found = []
    if any(part.content_type in _ENCRYPTED for part in mail.leaves()):
        found.append("It is encrypted, and cannot be read here.")
    if len(mail.headers.every("from")) > 1 or len(froms) > 1:
        found.append("It names more than one writer.")
    if not froms:
        found.append("It names no writer with an address.")
    return found
