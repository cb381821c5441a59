"""What a failed attempt means. Pure: an exception and whether the words had left, in; one of three meanings, out."""

import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from vaxel.domain.notices.outbox import Reason
from vaxel.kit.later import later

if TYPE_CHECKING:
    import requests
    from anymail import exceptions as anymail
    from urllib3 import exceptions as urllib3
else:
    # Only a delivery service has faults of these kinds.
    requests = later("requests")
    anymail, urllib3 = later("anymail.exceptions"), later("urllib3.exceptions")

_TEMPORARY: Final = range(400, 500)
_PERMANENT: Final = range(500, 600)
#: By HTTP: no right, no money, too much at once, closed for a while. The mail was certainly not looked at.
_NOT_NOW: Final = frozenset({401, 402, 403, 429, 503})
_PERMANENT_BY_HTTP: Final = range(400, 500)


class Meaning(Enum):
    #: Certainly not taken; another attempt is right.
    TRY_LATER = "try later"
    #: Certainly not taken, and never will be.
    FAILED = "failed"
    #: Perhaps taken.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`server` tells what the breaker counts: whether it answers at all, whatever it thinks of this mail."""

    meaning: Meaning
    reason: str
    server: Literal["answers", "silent", "unknown"] = "unknown"


def outcome_of(error: Exception, *, words_left: bool) -> Outcome:
    """What is known after this exception; without a final reply, words that have left mean uncertainty."""
    if isinstance(error, anymail.AnymailError):
        return _of_service(error)
    code, words = _reply(error)
    if code in _PERMANENT:
        return Outcome(Meaning.FAILED, f"{Reason.REFUSED}: {code} {words}", server="answers")
    if code in _TEMPORARY:
        return Outcome(Meaning.TRY_LATER, f"{Reason.LATER}: {code} {words}", server="answers")
    if words_left:
        return Outcome(Meaning.UNCERTAIN, Reason.BROKEN)
    if isinstance(error, OSError):
        return Outcome(Meaning.TRY_LATER, f"{Reason.NO_SERVER}: {type(error).__name__}", server="silent")
    return Outcome(Meaning.FAILED, f"{Reason.FAULTY}: {type(error).__name__}")


def _of_service(error: "anymail.AnymailError") -> Outcome:
    """The same for a delivery service: an answer by HTTP is about us, about this mail, or about nothing at all."""
    code = getattr(error, "status_code", None)
    told = "" if code is None else f": {code}"
    if isinstance(error, anymail.AnymailRecipientsRefused):
        return Outcome(Meaning.FAILED, Reason.REFUSED, server="answers")
    if code in _NOT_NOW:
        # A wrong key or an unpaid bill for an hour loses no mail.
        return Outcome(Meaning.TRY_LATER, f"{Reason.LATER}{told}", server="answers")
    if code in _PERMANENT_BY_HTTP:
        return Outcome(Meaning.FAILED, f"{Reason.REFUSED}{told}", server="answers")
    if isinstance(error, requests.ConnectTimeout) or _found_nobody(error):
        return Outcome(Meaning.TRY_LATER, f"{Reason.NO_SERVER}: {type(error.__cause__).__name__}", server="silent")
    if isinstance(error, anymail.AnymailAPIError):
        return Outcome(Meaning.UNCERTAIN, f"{Reason.BROKEN}{told}", server="silent")
    return Outcome(Meaning.FAILED, f"{Reason.FAULTY}: {type(error).__name__}")


def _found_nobody(error: BaseException) -> bool:
    """Whether no connection was made at all: then the words cannot have left."""
    causes = getattr(error.__cause__, "args", ())
    return any(isinstance(getattr(each, "reason", each), urllib3.NewConnectionError) for each in causes)


def _reply(error: Exception) -> tuple[int, str]:
    """The server's reply to this mail; (0, "") when there is none.

    Replies to the greeting and to the sign-in are about the server or our password, not about the mail: they are
    left out here, so that a wrong setting for an hour loses no mail.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        (code, words), *_ = error.recipients.values()
        return code, _one_line(words)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code, _one_line(error.smtp_error)
    return 0, ""


def _one_line(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:300]
