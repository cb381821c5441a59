"""Hand one mail of the outbox to the mail server.

Every step of the mail's state is committed before the next thing happens, and no transaction is open while the
server is spoken to. What each way of dying leaves behind is told in `domain/notices/outbox.py`.
"""

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.mime.image import MIMEImage
from hashlib import sha256
from typing import Final

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from vaxel.channels.mail.breaker import Breaker
from vaxel.channels.mail.outcome import Meaning, Outcome, outcome_of
from vaxel.channels.mail.smtp import WatchedBackend
from vaxel.domain.notices import outbox
from vaxel.domain.notices.blocking import is_blocked
from vaxel.domain.notices.brakes import pause_for
from vaxel.domain.notices.logo import logo_of, with_logo
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address, return_path

log = structlog.get_logger("vaxel.mail")

BREAKER: Final = Breaker()


class TryLaterError(Exception):
    """The mail waits in the queue; the worker is to run the job again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"again in {wait.total_seconds():.0f} s")
        self.wait = wait


def send(*, mail_id: int, now: datetime) -> None:
    """Try once. Does nothing when the mail is sent already or somebody else has it. Raises TryLaterError."""
    pause = BREAKER.wait(now=now)
    if pause is not None:
        raise TryLaterError(pause)
    pause = pause_for(mail_id=mail_id, now=now)
    if pause is not None:
        log.error("automatic mails wait: too many in an hour", mail=mail_id)
        raise TryLaterError(pause)
    mail = outbox.claim(mail_id=mail_id, now=now)
    if mail is None:
        return
    if _must_not_leave(mail):
        return
    connection: BaseEmailBackend = get_connection()
    try:
        taken_as = _hand_over(mail, connection, now=now)
    except outbox.NotMineError:
        log.warning("mail taken over by another worker", mail=mail.pk, attempt=mail.attempts)
    except Exception as error:  # noqa: BLE001  # whatever it is, the mail must get a state that tells the truth
        _settle(mail, outcome_of(error, words_left=mail.handed_over_at is not None), now=now)
    else:
        outbox.sent(mail, now=now, service_id=taken_as)
        BREAKER.answered()
        log.info("mail sent", mail=mail.pk, attempt=mail.attempts)
    finally:
        _hang_up(connection)


def _must_not_leave(mail: OutgoingMail) -> bool:
    """Whether something has happened since the mail was written that keeps it here."""
    if outbox.recipient_left(mail):
        outbox.failed(mail, reason=outbox.Reason.LEFT)
        log.info("mail not sent", mail=mail.pk, meaning="recipient left")
        return True
    if is_blocked(desk_id=mail.desk_id, address=mail.recipient):
        outbox.held_back(mail, reason=outbox.Reason.BLOCKED)
        log.info("mail not sent", mail=mail.pk, meaning="address blocked")
        return True
    return False


def _hand_over(mail: OutgoingMail, connection: BaseEmailBackend, *, now: datetime) -> str:
    """What a delivery service calls the mail; empty for a mail server."""
    built = build(mail)
    if _is_service(connection):
        _without_envelope(built)
    connection.open()
    if isinstance(connection, WatchedBackend):
        connection.watch(lambda: outbox.words_leave(mail, now=now))
    else:
        outbox.words_leave(mail, now=now)
    connection.send_messages([built])
    return str(getattr(getattr(built, "anymail_status", None), "message_id", None) or "")


def _is_service(connection: BaseEmailBackend) -> bool:
    """Told by where the class comes from: the library is loaded only by those who have set a service."""
    return any(parent.__module__.startswith("anymail.") for parent in type(connection).__mro__)


def _without_envelope(built: EmailMultiAlternatives) -> None:
    """A delivery service has a return path of its own, and tells about bounces by its reports."""
    built.from_email = built.extra_headers.pop("From")


def build(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it leaves: text first, HTML as the alternative, and the marks of an automatic mail (trust 14).

    Addresses are put together by the library from name and address, never as text (trust 20). The envelope's sender
    names the mail, and the reply address the ticket, where the desk's mailbox is read; where it is not, both are the
    desk's plain address.
    """
    headers = {
        "From": _address(mail.sender_name, mail.sender),
        "Message-ID": mail.header_id,
        "Content-Language": mail.language,
    }
    if mail.references:
        headers["References"] = mail.references
        headers["In-Reply-To"] = mail.references.split()[-1]
    if mail.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
        headers["X-Vaxel-Loop"] = mail.desk.slug
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=return_path(mail) if mail.desk.reads_mail else mail.sender,
        to=[_address(mail.recipient_name, mail.recipient)],
        reply_to=[reply_address(mail)] if mail.desk.reads_mail else None,
        headers=headers,
    )
    _dress(built, mail)
    return built


def _dress(built: EmailMultiAlternatives, mail: OutgoingMail) -> None:
    """The HTML, and the desk's logo with it: in the mail and named by its content's id, so that nothing is fetched."""
    logo = logo_of(mail.desk)
    if logo is None:
        built.attach_alternative(mail.html, "text/html")
        return
    name = f"logo-{sha256(logo.picture).hexdigest()[:16]}@{mail.sender.rpartition('@')[2]}"
    built.attach_alternative(with_logo(mail.html, logo, source=f"cid:{name}"), "text/html")
    picture = MIMEImage(bytes(logo.picture), _subtype=logo.form)
    picture.add_header("Content-ID", f"<{name}>")
    picture.add_header("Content-Disposition", "inline", filename=f"logo.{logo.form}")
    # Until Django 6, which writes mails anew and leaves this out.
    built.mixed_subtype = "related"  # type: ignore[attr-defined]  # Django has it, the stubs do not
    built.attach(picture)


def _address(name: str, address: str) -> str:
    return str(Address(display_name=name, addr_spec=address))


def _settle(mail: OutgoingMail, outcome: Outcome, *, now: datetime) -> None:
    log.warning("mail not sent", mail=mail.pk, attempt=mail.attempts, meaning=outcome.meaning.value)
    if outcome.server == "silent":
        BREAKER.did_not_answer(now=now)
    elif outcome.server == "answers":
        BREAKER.answered()
    match outcome.meaning:
        case Meaning.FAILED:
            outbox.failed(mail, reason=outcome.reason)
        case Meaning.UNCERTAIN:
            outbox.uncertain(mail, reason=outcome.reason)
        case Meaning.TRY_LATER:
            wait = outbox.try_later(mail, reason=outcome.reason)
            if wait is not None:
                raise TryLaterError(wait)


def _hang_up(connection: BaseEmailBackend) -> None:
    """What happens after the server's last word changes nothing (a slow QUIT is no fault of the mail)."""
    try:
        connection.close()
    except OSError:
        log.info("mail server hung up first")
