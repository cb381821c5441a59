"""The fields of a delivery report (RFC 3464): who did not get the mail, and what the other side said."""

import re
from dataclasses import dataclass
from typing import Final

from vaxel.channels.mail.reading.addresses import bare_address, canonical
from vaxel.channels.mail.reading.headers import Headers, read_headers
from vaxel.channels.mail.reading.words import header_text

_MOST_BLOCKS: Final = 200
#: The worst first: a report about several recipients is told by the one that failed.
_ORDER: Final = ("failed", "failure", "undeliverable", "", "delayed", "deferred")
_ADDRESS: Final = re.compile(r"[^\s<>;:,\"()@]{1,200}@[^\s<>;:,\"()@]{1,200}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient of the mail that came back; everything as the report says it.

    The original recipient where the report names it, for that is whom we wrote to.
    """

    recipient: str = ""
    #: "failed", "delayed", "delivered", "relayed", "expanded", lower-cased; empty where the report does not say.
    action: str = ""
    status: str = ""
    diagnostic: str = ""


def deliveries(report: bytes) -> list[Delivery]:
    """One for each block of fields that names a recipient."""
    found = []
    at = 0
    for _ in range(_MOST_BLOCKS):
        at = _next_block(report, at)
        if at >= len(report):
            break
        headers, after = read_headers(report, at, len(report))
        if headers.has("final-recipient", "original-recipient") or (headers.has("action") and headers.has("status")):
            found.append(_delivery(headers))
        at = after if after > at else _next_line(report, at)
    return found


def worst(found: list[Delivery]) -> Delivery:
    """The one that somebody must hear of: a failed one before a delayed one before one that arrived."""
    return min(found, key=lambda one: _ORDER.index(one.action) if one.action in _ORDER else len(_ORDER))


def _delivery(headers: Headers) -> Delivery:
    return Delivery(
        recipient=_recipient(headers.first("original-recipient")) or _recipient(headers.first("final-recipient")),
        action=headers.text("action").split(" ")[0].lower(),
        status=headers.text("status"),
        diagnostic=" ".join(header_text(value) for value in headers.every("diagnostic-code"))[:4000],
    )


def _recipient(value: str) -> str:
    """`rfc822; eva@example` without the kind of address before it."""
    address = value.partition(";")[2] or value
    match = _ADDRESS.search(address)
    return canonical(match[0]) if match else bare_address(address)


def _next_block(report: bytes, at: int) -> int:
    while at < len(report) and report[at : at + 1] in {b"\n", b"\r", b" ", b"\t"}:
        at += 1
    return at


def _next_line(report: bytes, at: int) -> int:
    end = report.find(b"\n", at)
    return len(report) if end < 0 else end + 1
