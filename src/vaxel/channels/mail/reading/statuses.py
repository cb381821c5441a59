"""What the codes and words of mail servers mean: for good, or for now."""

import re
from typing import Final

from vaxel.kit.mail import Severity

_ENHANCED: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]\d)")
_REPLY: Final = re.compile(r"(?<![\d.\-])([45])\d\d(?=[ \-:,;)]|$)")
#: Full today and empty tomorrow, whatever class the other side gives it.
_FULL_STATUS: Final = "5.2.2"
_FULL: Final = re.compile(
    r"(?:mailbox|mail box|inbox|quota|storage|brevlåda\w*|postfach|boîte)\b.{0,40}"
    r"(?:full\b|exceed|over|fullt|voll|pleine)"
    r"|over ?quota|exceeded .{0,30}quota|quota exceeded|user is over",
    re.IGNORECASE | re.DOTALL,
)
_FOR_GOOD: Final = re.compile(
    r"user unknown|unknown user|no such (?:user|address|recipient|mailbox|domain|person|local user)|does ?n[o']t exist"
    r"|unknown (?:address|recipient|mailbox|local part|or illegal)|invalid (?:recipient|address|mailbox|user)"
    r"|(?:address|account|mailbox|recipient|user).{0,30}(?:not found|disabled|unavailable|rejected|not known|unknown)"
    r"|not listed in|no (?:mailbox|account) (?:here|by)|host (?:unknown|not found)|name or service not known"
    r"|unrouteable|domain.{0,20}not (?:exist|found)|finns inte|okänd mottagare|unbekannt|n'existe pas|not our customer"
    r"|destination (?:server|host).{0,20}not|relaying denied|fatal errors|gave up on|can't accept",
    re.IGNORECASE,
)
#: Said beside the first kind as well, and truer then: nobody answered for days.
_GAVE_UP: Final = re.compile(
    r"retry time ?out|failing for a long time|retry time not reached|could not connect|connection (?:timed|refused)"
    r"|delivery (?:time expired|timed out)|expired",
    re.IGNORECASE,
)
_PERMANENT: Final = re.compile(r"permanent|fatal error", re.IGNORECASE)
_FOR_NOW: Final = re.compile(
    r"will (?:be|keep|continue|retry).{0,20}(?:retr|try)|temporar|try again|delayed|deferred|not yet been delivered"
    r"|timed? ?out|greylist|grey-?list|försenad|verzögert|too (?:many|busy)|connection refused",
    re.IGNORECASE,
)


def status_in(status: str, *texts: str) -> str:
    """The enhanced code: the report's own, or a more telling one of the same class in what the server said."""
    own = _ENHANCED.search(status)
    said = [match[1] for text in texts for match in _ENHANCED.finditer(text)]
    if own is None:
        return said[0] if said else ""
    if own[1].endswith((".0.0", ".0")):
        better = [code for code in said if code[0] == own[1][0] and not code.endswith(".0.0")]
        return better[0] if own[1].endswith(".0.0") and better else own[1]
    return own[1]


def severity_of(*, status: str, diagnostic: str, action: str, text: str) -> Severity:
    """For good, for now, or nobody knows."""
    if status == _FULL_STATUS or _FULL.search(diagnostic):
        return "soft"
    reply = _REPLY.search(diagnostic)
    kind = status[:1] if status[:1] in {"4", "5"} else reply[1] if reply else ""
    if action in {"delayed", "deferred"} or kind == "4":
        return "soft"
    if kind == "5":
        return "hard"
    return _said(diagnostic) or _said(text) or ("hard" if action.startswith("fail") else "unknown")


def _said(text: str) -> Severity | None:
    if _FULL.search(text) or _GAVE_UP.search(text):
        return "soft"
    if _FOR_GOOD.search(text):
        return "hard"
    if _FOR_NOW.search(text):
        return "soft"
    return "hard" if _PERMANENT.search(text) else None
