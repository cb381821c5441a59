"""Mails for tests, as the reader would give them, and the way of one through the mailroom."""

from datetime import datetime
from itertools import count
from typing import Any

from tests.factories import NOW
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.claiming import Claim, claim
from vaxel.domain.mailroom.mailboxes import add_mailbox
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.mailroom.taking_in import take_in
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person, Staff
from vaxel.kit.mail import Mail, MailAddress

_serial = count(1)
SERVER = "mx.desk.example"
PASS = f"{SERVER}; spf=pass smtp.mailfrom=kund.example; dmarc=pass (p=reject) header.from={{domain}}"
FAIL = f"{SERVER}; dmarc=fail (p=reject) header.from={{domain}}"


def make_mailbox(desk: Desk, **settings: Any) -> Mailbox:
    """The desk's mailbox, read by hand, with a server whose word counts."""
    given = {"address": desk.mail_address, "way": "pipe", "authserv_id": SERVER, **settings}
    return add_mailbox(desk=desk, by=SYSTEM, now=NOW, **given)


def mail_from(writer: str | Person | Staff, /, *, proven: str | None = PASS, **more: Any) -> Mail:
    """What somebody wrote; `proven` is what the receiving server says of it."""
    address = writer if isinstance(writer, str) else _address(writer)
    name = "" if isinstance(writer, str) else writer.name
    said = () if proven is None else (proven.format(domain=address.rpartition("@")[2]),)
    return Mail(
        **{
            "kind": "message",
            "subject": "Oväntat fel när jag sparar",
            "froms": (MailAddress(address, name),),
            "authentication_results": said,
            "message_id": f"m{next(_serial)}@kund.example",
            "text": "Det står att ett oväntat fel har inträffat.",
            **more,
        }
    )


def _address(who: Person | Staff) -> str:
    return who.email if isinstance(who, Person) else who.account.email


def deliver(mail: Mail, mailbox: Mailbox, *, now: datetime = NOW, **more: Any) -> ReceivedMail:
    """Store the mail and take it in; the row afterwards."""
    raw = f"Message-ID: <{mail.message_id}>\r\n\r\n{mail!r}".encode()
    (stored,) = store([Arrival(raw=raw, size=len(raw), **more)], mailbox=mailbox, now=now, is_taken_at_once=True)
    take_in(Claim(stored.mail_id, 1, None), mail, now=now)
    return ReceivedMail.unscoped.get(pk=stored.mail_id)


def letters(kind: str) -> list[str]:
    """Whom letters of a kind have been written to."""
    return list(OutgoingMail.unscoped.filter(kind=kind).order_by("id").values_list("recipient", flat=True))


def claimed(now: datetime = NOW) -> list[Claim]:
    """What a worker would read next."""
    return claim(now=now)
