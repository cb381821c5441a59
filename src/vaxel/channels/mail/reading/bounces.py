"""Mails that came back: the standard report first (RFC 3464), then what systems without it write in words."""

import re
from collections.abc import Iterator
from typing import Final

from vaxel.channels.mail.reading.bounce_texts import is_server, returned_text, says_not_delivered
from vaxel.channels.mail.reading.delivery_reports import Delivery, deliveries, worst
from vaxel.channels.mail.reading.headers import Headers, read_headers
from vaxel.channels.mail.reading.identifiers import identifiers
from vaxel.channels.mail.reading.parts import Part
from vaxel.channels.mail.reading.statuses import severity_of, status_in
from vaxel.kit.mail import Bounce

_REPORTS: Final = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED: Final = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "text/rfc822"}
#: Everything else that a multipart/report may be about: complaints and receipts are told by `automatic`.
_OTHER_REPORTS: Final = {"message/feedback-report", "message/disposition-notification"}
#: A report says in one of these that nothing went wrong.
_FINE: Final = {"delivered", "relayed", "expanded"}
_INNER_ID: Final = re.compile(r"^[>\s]{0,8}message-id:\s{0,8}<([^<>\s]{1,990})>", re.IGNORECASE | re.MULTILINE)
_MOST_TEXT: Final = 60_000
#: A report is one part; more are looked at for programs that write one for each recipient.
_MOST_REPORTS: Final = 10


def read_bounce(mail: Part, text: str) -> Bounce | None:
    """What came back, and why; None where the mail is no failed delivery."""
    leaves = list(mail.leaves())
    if any(part.content_type in _OTHER_REPORTS for part in leaves):
        return None
    found = _reported(mail, text[:_MOST_TEXT])
    delivery = worst(found) if found else returned_text(mail, text[:_MOST_TEXT])
    if delivery is None or delivery.action in _FINE:
        return None
    about = "\n".join(
        line for line in text[:_MOST_TEXT].split("\n") if delivery.recipient and delivery.recipient in line
    )
    status = status_in(delivery.status, delivery.diagnostic, about)
    return Bounce(
        recipient=delivery.recipient,
        severity=severity_of(
            status=status, diagnostic=delivery.diagnostic, action=delivery.action, text=text[:_MOST_TEXT]
        ),
        status=status,
        original_message_id=_original_id(mail, leaves, text[:_MOST_TEXT]),
    )


def is_delivery_receipt(mail: Part, text: str) -> bool:
    """True for a report that a mail arrived."""
    found = _reported(mail, text[:_MOST_TEXT])
    delivery = worst(found) if found else None
    return delivery is not None and delivery.action in _FINE


def _reported(mail: Part, text: str) -> list[Delivery]:
    """The deliveries that the report's own part tells; else those of a report inside, or whose fields are in the text.

    A report inside counts only from a server: people attach such reports to ask what they mean.
    """
    leaves = list(mail.leaves())
    parts = [part for part in leaves if part.content_type in _REPORTS]
    found = [delivery for part in parts[:_MOST_REPORTS] for delivery in deliveries(part.content[:_MOST_TEXT])]
    if found:
        return found
    inner = [part for part in leaves if part.content_type == "message/rfc822" and is_server(mail.headers)]
    found = [delivery for part in inner[:_MOST_REPORTS] for delivery in deliveries(part.content[:_MOST_TEXT])]
    if found:
        return found
    return deliveries(text.encode()) if says_not_delivered(mail.headers, text) else []


def _original_id(mail: Part, leaves: list[Part], text: str) -> str:
    """The Message-ID of what came back: in the returned mail, in the text, or in the report's own thread headers."""
    for headers in _returned(leaves):
        if ids := identifiers(headers.first("message-id")):
            return ids[0]
    own = identifiers(mail.headers.first("message-id"))
    if match := next((match for match in _INNER_ID.finditer(text) if match[1] not in own), None):
        return match[1]
    for name in ("in-reply-to", "references"):
        if ids := identifiers(mail.headers.first(name)):
            return ids[-1]
    return ""


def _returned(leaves: list[Part]) -> Iterator[Headers]:
    for part in leaves:
        if part.content_type in _RETURNED:
            content = part.content[:_MOST_TEXT]
            yield read_headers(content, 0, len(content))[0]
