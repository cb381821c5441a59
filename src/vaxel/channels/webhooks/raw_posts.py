"""Where a delivery service's post holds a mail as it came. Those bytes are stored, and nobody takes them apart here: a
mail is read in a child process with limits, and a bomb posted to the web server would meet none (trust 21).
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from vaxel.channels.mail.services import ServiceName


@dataclass(frozen=True, slots=True)
class PostedMail:
    """A mail's bytes, and whom the sending server named; empty where the service does not say."""

    raw: bytes
    sender: str
    recipient: str


def raw_mails(service: ServiceName, request: HttpRequest) -> list[PostedMail] | None:
    """The mails in the post, whose sender has been proven; None where they come in pieces, or otherwise than known."""
    find = _PLACES.get(service)
    if find is None:
        return None
    try:
        return find(request) or None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _mailersend(request: HttpRequest) -> list[PostedMail]:
    told = json.loads(request.body)["data"]
    recipients = told.get("recipients", {}).get("rcptTo") or [{}]
    return [_posted(told["raw"], told.get("sender", {}).get("email"), recipients[0].get("email"))]


def _mailgun(request: HttpRequest) -> list[PostedMail]:
    """Only what a route forwards; django-anymail explains other posts."""
    told = request.POST
    if "body-mime" not in told or "attachments" in told or told.get("event", "inbound") != "inbound":
        return []
    return [_posted(told["body-mime"], told.get("sender"), told.get("recipient"))]


def _postmark(request: HttpRequest) -> list[PostedMail]:
    told = json.loads(request.body)
    if "RawEmail" not in told or told.get("RecordType", "Inbound") != "Inbound":
        return []
    return [_posted(told["RawEmail"], _return_path(told.get("Headers") or []), told.get("OriginalRecipient"))]


def _return_path(headers: list[Mapping[str, str]]) -> str:
    """Only the first header is the service's own word; further down anybody may have written it."""
    if not headers or headers[0]["Name"].lower() != "return-path":
        return ""
    return headers[0]["Value"].strip().removeprefix("<").removesuffix(">")


def _sparkpost(request: HttpRequest) -> list[PostedMail]:
    return [_relayed(event["msys"]["relay_message"]) for event in json.loads(request.body)]


def _relayed(told: Mapping[str, Any]) -> PostedMail:
    raw = told["content"]["email_rfc822"]
    as_sent = base64.b64decode(raw) if told["content"].get("email_rfc822_is_base64") else raw
    return _posted(as_sent, told.get("msg_from"), told.get("rcpt_to"))


def _posted(raw: str | bytes, sender: str | None, recipient: str | None) -> PostedMail:
    return PostedMail(
        raw=raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace"),
        sender=sender or "",
        recipient=recipient or "",
    )


_PLACES: Final[Mapping[str, Callable[[HttpRequest], list[PostedMail]]]] = {
    "mailersend": _mailersend,
    "mailgun": _mailgun,
    "postmark": _postmark,
    "sparkpost": _sparkpost,
}
