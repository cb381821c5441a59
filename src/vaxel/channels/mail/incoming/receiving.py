"""Mails that a mail server hands to us, by SMTP or LMTP: 250 after they are stored, and not before (trust 66).

Whoever hands over is our own mail server, in front of which the world is kept: we relay nothing, and take mail for our
own addresses alone. Run it on loopback or behind the mail server.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from vaxel.channels.mail.reading.limits import LONGEST_MAIL
from vaxel.domain.mailroom.choosing import mailbox_of_address
from vaxel.domain.mailroom.storing import Arrival, store

log = structlog.get_logger("vaxel.mailroom")

#: Seconds for which a silent client keeps its connection.
_PATIENCE: Final = 120.0
#: Recipients of one mail; a mail to more is no question to a support desk.
_MOST_RECIPIENTS: Final = 50

_NOT_OURS: Final = "550 5.1.1 No mailbox of that address here"
_TOO_MANY: Final = "452 4.5.3 Too many recipients"
_STORED: Final = "250 2.0.0 Stored"
_LATER: Final = "451 4.3.0 Cannot store it now, try again later"


class Receiver:
    """What is done at each step of a mail's handing over; the names are the library's."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def handle_RCPT(  # noqa: N802  # the library's name
        self,
        server: SMTP,  # noqa: ARG002  # the library's hook
        session: Session,  # noqa: ARG002  # the library's hook
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take mail for our own addresses, with any tag; try again later when we cannot know."""
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return _TOO_MANY
        try:
            is_ours = await sync_to_async(_is_ours)(address)
        except Exception as error:  # noqa: BLE001  # whatever it is, the mail server keeps the mail
            log.error("recipient not looked up", fault=type(error).__name__)  # noqa: TRY400  # it may quote contents
            return _LATER
        if not is_ours:
            return _NOT_OURS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # the library's name
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002  # the library's hook
        envelope: Envelope,
    ) -> str:
        """Store it in every mailbox that it is for; 250 only after the commit."""
        raw = envelope.original_content or b""
        try:
            stored = await sync_to_async(partial(_store, raw, envelope, clock=self._clock))()
        except Exception as error:  # noqa: BLE001  # whatever it is, the mail server keeps the mail
            log.error("mail not stored", fault=type(error).__name__)  # noqa: TRY400  # it may quote contents
            return _LATER
        # LMTP wants an answer for each recipient; the library sends what it is given.
        return "\r\n".join([stored] * len(envelope.rcpt_tos)) if isinstance(server, LMTP) else stored


def _is_ours(address: str) -> bool:
    close_old_connections()
    return mailbox_of_address(address) is not None


def _store(raw: bytes, envelope: Envelope, *, clock: Callable[[], datetime]) -> str:
    close_old_connections()
    mailboxes = {box.pk: box for address in envelope.rcpt_tos if (box := mailbox_of_address(address)) is not None}
    arrival = Arrival(
        raw=raw,
        size=len(raw),
        envelope_sender=envelope.mail_from or "",
        envelope_recipients=tuple(envelope.rcpt_tos),
    )
    for mailbox in mailboxes.values():
        store([arrival], mailbox=mailbox, now=clock())
    return _STORED if mailboxes else _NOT_OURS


def server(handler: Receiver, *, lmtp: bool) -> SMTP:
    """One conversation with a mail server."""
    kind = LMTP if lmtp else SMTP
    return kind(handler, data_size_limit=LONGEST_MAIL, enable_SMTPUTF8=True, timeout=_PATIENCE, ident="Vaxel")


async def listen(*, host: str, port: int, lmtp: bool, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Take mail until told to stop; what is being handed over then gets its answer."""
    receiver = Receiver(clock=clock)
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(partial(server, receiver, lmtp=lmtp), host=host, port=port)
    log.info("listening for mail", host=host, port=port, protocol="lmtp" if lmtp else "smtp")
    async with listening:
        await stop.wait()
