"""Reports of systems that do not follow the standard: what can be told from their sender, subject and words."""

import re
from itertools import islice
from typing import Final

from vaxel.channels.mail.reading.addresses import addresses, bare_address
from vaxel.channels.mail.reading.delivery_reports import Delivery
from vaxel.channels.mail.reading.headers import Headers, read_headers
from vaxel.channels.mail.reading.parts import Part

_SENDERS: Final = re.compile(
    r"^(?:(?:mailer-?daemon|mail-?daemon|post_?master|mail-?deliver\w*|mdaemon)\b|bounces?(?:[@+=-]|$))", re.IGNORECASE
)
_SENDER_NAMES: Final = re.compile(
    r"^\W{0,3}(?:(?:internet )?mail (?:delivery (?:sub)?system|administrator|system)|mailer-daemon|postmaster)",
    re.IGNORECASE,
)
#: Programs that write for somebody else; what they write of is told by the words.
_PROGRAMS: Final = re.compile(r"^(?:no|do-?not)[-_.]?reply", re.IGNORECASE)
_FORWARDED: Final = re.compile(r"^\s*(?:(?:re|sv|vs|aw|antw|fwd?|vb|vl|wg|tr|rv|i)\s?:|.{0,20}\bfwd?:)", re.IGNORECASE)
_SUBJECTS: Final = re.compile(
    r"undeliver|returned (?:mail|to sender)|mail failure|return(?:ing)? message to sender|mail delivery"
    r"|delivery (?:status|failure|fail|notif|problem|report|incomplete|error)"
    r"|failure notice|failed (?:mail|delivery|to deliver)|mail (?:system )?(?:error|failure)"
    r"|(?:not|never) (?:be )?delivered|could ?n[o']t be (?:sent|delivered)"
    r"|non-?delivery|unable to deliver|message status|warning: (?:message|could not)|user unknown"
    r"|unknown (?:user|address)|unzustellbar|nicht zugestellt|nicht zustellbar"
    r"|(?:gick|kunde|kan) inte (?:att )?(?:leverera|levereras)|olevererbart|ikke leveres|kunne ikke levere"
    r"|non remis|no se (?:puede|pudo) entregar|mancata consegna|onbestelbaar"
    r"|message (?:delivery|undeliv|not)|rejected|notification d'état|delivery-status|there was an error sending"
    r"|mail could not",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r"(?:could|can|was|were|has|have|did)\s?n[o']?t (?:be |been |able to )*"
    r"(?:deliver|sent|reach|process|accept|complet)"
    r"|unable to deliver|undeliver|not delivered|delivery (?:to|of|has|failed|failure|fail|error)"
    r"|failed (?:permanently|to deliver|recipient|addresses)|permanent (?:error|fatal)|fatal errors|rejected"
    r"|user unknown|unknown user|unknown (?:address|recipient)|no such|returned"
    r"|gick inte att leverera|kunde inte levereras|nicht zugestellt|konnte nicht|n'a pas pu|no se pudo"
    r"|does not exist|wasn't delivered|message blocked|address not found"
    r"|undelivered|not found|disabled|unrouteable|too many hops|not reach|delayed|warning message|mailbox|quota",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(?<![\d.])(?:[45]\d\d[ \-]|[45]\.\d{1,3}\.\d{1,3})")
_FIELDS: Final = re.compile(
    r"^(?:final-recipient|original-recipient|action|diagnostic-code):", re.IGNORECASE | re.MULTILINE
)
#: Where the returned mail begins in a plain text.
_ORIGINAL: Final = re.compile(
    r"^[-=_* >]{0,60}(?:below (?:this line )?is (?:a|the) copy|this is a copy of"
    r"|original (?:message|mail|e-?mail)|returned message|included is|message header|message headers? follow"
    r"|unsent message|message text follows|header of the original|returned mail|copy of (?:the|your)"
    r"|the original message|possibly truncated original message"
    r"|rejected message|undelivered message|received:|return-path:)",
    re.IGNORECASE | re.MULTILINE,
)
#: The recipient stands near the beginning, and is soon found.
_MOST_TOLD: Final = 20_000
_MOST_TRIED: Final = 50
_ADDRESS: Final = r"([^\s<>()\[\];:,\"'|@]{1,120}@[A-Za-z0-9.\-_]{1,200})"
_NAMED: Final = (
    r"^[ \t>]*(?:(?:final|original|failed|intended|unknown)?[ -]?(?:recipient|address)(?: address)?|mottagare)"
)
_SAID: Final = (
    r"(?:deliver(?:y|ed|ing)?(?: it| your message)? to|levererat? (?:ditt meddelande )?till"
    r"|recipients?:?|address(?:es)?:?|to|for|user)"
)
#: In the order of how sure they are.
_RECIPIENTS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"{_NAMED}\s{{0,20}}[:=]\s{{0,20}}(?:rfc822;)?\s{{0,20}}<?{_ADDRESS}",
        rf"rcpt to:?\s{{0,20}}<?{_ADDRESS}",
        rf"^[ \t]{{0,20}}<{_ADDRESS}>\s{{0,20}}(?::|\.\.\.|$|,|\()",
        rf"^[ \t]{{0,20}}{_ADDRESS}\s{{0,20}}(?::|\.\.\.|$|\()",
        rf"{_SAID}\s{{1,20}}['\"<]{{0,5}}{_ADDRESS}",
        rf"<{_ADDRESS}>",
        _ADDRESS,
    )
)


def says_not_delivered(headers: Headers, text: str) -> bool:
    """True where the fields of a report stand in the words of a mail that nobody wrote.

    People paste such reports to ask what they mean: then it is their question.
    """
    by_program = is_server(headers) or headers.first("return-path").strip() == "<>"
    by_program = by_program or _SUBJECTS.search(headers.text("subject")) is not None
    return by_program and len({match[0].lower() for match in _FIELDS.finditer(text)}) > 1


def returned_text(mail: Part, text: str) -> Delivery | None:
    """The delivery that failed, by the mail's words; None for a mail that is no such report."""
    failed = ",".join(mail.headers.every("x-failed-recipients"))
    told = _told(text)
    if not failed and not _is_report(mail.headers, told) and not _returns_mail(mail):
        return None
    own = {one.address.lower() for name in ("from", "to") for one in addresses(mail.headers.first(name))}
    recipient = bare_address(failed) or _recipient(told, own) or _returned_to(mail, text) or _recipient(text, own)
    if not recipient and not _is_by_program(mail.headers):
        # People write of failures and numbers, too; a report is about somebody.
        return None
    return Delivery(recipient=recipient, diagnostic=told[:20_000])


def is_server(headers: Headers) -> bool:
    """True for senders by whose name no person writes, with a domain or without."""
    froms = addresses(headers.first("from"))
    if not froms:
        return _SENDERS.match(headers.text("from").strip("<> ")) is not None
    return any(_SENDERS.match(one.address) or _SENDER_NAMES.search(one.name) for one in froms)


def _is_report(headers: Headers, told: str) -> bool:
    """A sender that reports, or a subject that does, and words that say what went wrong."""
    by_sender = is_server(headers)
    by_subject = _SUBJECTS.search(headers.text("subject")) is not None
    if headers.first("in-reply-to") and not by_sender:
        return False
    has_words = _FAILED.search(told) is not None or _CODE.search(told) is not None
    if by_sender:
        return by_subject or has_words
    if _FORWARDED.match(headers.text("subject")) and not _is_by_program(headers):
        return False
    return by_subject and has_words and (_is_by_program(headers) or _CODE.search(told) is not None)


def _is_by_program(headers: Headers) -> bool:
    """True where nobody is to be answered."""
    is_null = headers.first("return-path").strip() == "<>"
    return is_null or is_server(headers) or _PROGRAMS.match(bare_address(headers.first("from"))) is not None


def _returns_mail(mail: Part) -> bool:
    """A mail without a return path brings another one: only servers do that."""
    is_null = mail.headers.first("return-path").strip() == "<>"
    return is_null and any(part.content_type in {"message/rfc822", "text/rfc822-headers"} for part in mail.leaves())


def _told(text: str) -> str:
    """The words before the returned mail."""
    match = next((match for match in _ORIGINAL.finditer(text) if match.start() > 40), None)  # noqa: PLR2004  # no title
    return text[: match.start()] if match else text


def _recipient(told: str, own: set[str]) -> str:
    """The address that did not get the mail; never one of those that the report came from or went to."""
    for pattern in _RECIPIENTS:
        for match in islice(pattern.finditer(told[:_MOST_TOLD]), _MOST_TRIED):
            address = bare_address(match[1])
            if address and address.lower() not in own and not _SENDERS.match(address):
                return address
    return ""


def _returned_to(mail: Part, text: str) -> str:
    """Whom the returned mail was written to."""
    for part in mail.leaves():
        if part.content_type in {"message/rfc822", "text/rfc822-headers"}:
            content = part.content[:100_000]
            if found := addresses(read_headers(content, 0, len(content))[0].first("to")):
                return found[0].address
    match = re.search(r"^to:[ \t]*(.{3,300})$", text, re.IGNORECASE | re.MULTILINE)
    return bare_address(match[1]) if match else ""
