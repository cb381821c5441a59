"""What a mail brings beside its words: files, what it quotes, its Message-ID, and people who were not there before."""

from datetime import datetime
from typing import Final

from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.attaching import Left, attach
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.notices.participants import name_participants
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.conversation import take_note
from vaxel.domain.tickets.models import Message, Note, Ticket
from vaxel.kit.mail import Mail
from vaxel.kit.tenancy import Scope

#: People in To and Cc of one mail who are noted.
_MOST_PARTICIPANTS: Final = 20


def keep(mail: Mail, *, to: Message, now: datetime) -> Left:
    """Files, what it quotes, and the id by which later mails name it."""
    Message.unscoped.filter(pk=to.pk).update(header_id=mail.message_id[:998], quoted=mail.quoted)
    return keep_files(mail, to=to, now=now)


def keep_files(mail: Mail, *, to: Message | Note, now: datetime) -> Left:
    """Files alone: a note quotes nothing, and a question has brought the rest with it."""
    return attach(mail.attachments, to=to, now=now) if mail.attachments else Left((), 0)


def note_files_left(left: Left, *, ticket: Ticket, desk: Desk, now: datetime) -> None:
    """Staff read which files were not taken out of the mail."""
    if not left.programs and not left.too_many:
        return
    with translation.override(desk.languages[0]):
        sentences = []
        if left.programs:
            said = _("These files may hold programs, so they stay in the original mail: %(names)s.")
            sentences.append(said % {"names": ", ".join(left.programs)[:2_000]})
        if left.too_many:
            more = ngettext(
                "%(count)d more file stays in the original mail.",
                "%(count)d more files stay in the original mail.",
                left.too_many,
            )
            sentences.append(more % {"count": left.too_many})
        text = " ".join(sentences)
    scope = Scope(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id)
    take_note(scope=scope, number=ticket.number, text=text, by=SYSTEM, now=now)


def note_participants(mail: Mail, *, ticket: Ticket, mailbox: Mailbox, now: datetime) -> None:
    """Whoever else the mail went to, and is nobody to the ticket: staff see them, they see nothing (trust 2, 6)."""
    sender = mail.froms[0].address.lower() if mail.froms else ""
    others = {each.address.lower(): each.name for each in (*mail.to, *mail.cc)}
    strange = [address for address in others if _without_tag(address) not in mailbox.addresses and address != sender]
    strange = strange[:_MOST_PARTICIPANTS]
    if not strange:
        return
    known = _known_among(strange, ticket=ticket)
    new = {address: others[address] for address in strange if address not in known}
    if new:
        name_participants(new, ticket=ticket, now=now)


def _without_tag(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _known_among(addresses: list[str], *, ticket: Ticket) -> frozenset[str]:
    """People of the same organisation and staff: they need nobody's leave to be known."""
    people = Person.unscoped.annotate(address=Lower("email")).filter(
        organisation=ticket.organisation_id, address__in=addresses
    )
    staff = Staff.unscoped.annotate(address=Lower("account__email")).filter(desk=ticket.desk_id, address__in=addresses)
    mailboxes = Mailbox.unscoped.filter(address__in=addresses)
    found = (rows.values_list("address", flat=True) for rows in (people, staff, mailboxes))
    return frozenset(address for addresses_found in found for address in addresses_found)
