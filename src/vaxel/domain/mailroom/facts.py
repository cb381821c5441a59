"""From rows to plain values: who sent a mail, which ticket it answers, and what they may do there today."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from django.conf import settings
from django.db.models.functions import Lower

from vaxel.domain.mailroom.authentication import Authentication, authentication
from vaxel.domain.mailroom.judging import Case, Thread
from vaxel.domain.mailroom.models import BlockedSender, Mailbox, ReceivedMail
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.participants import is_let_in
from vaxel.domain.notices.reply_address import ReplyClaim, is_ours, read_reply_address, read_return_path
from vaxel.domain.people.models import Account, Staff
from vaxel.domain.people.queries import customers_with_address
from vaxel.domain.people.viewers import CustomerViewer
from vaxel.domain.tickets.merging import goes_on_in
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of
from vaxel.domain.tickets.status import Status
from vaxel.kit.compiled import Compiled, columns_of, compiled, rows_as
from vaxel.kit.mail import Mail

#: Addresses and ids of one mail that are looked at: nobody names more, and each costs a signature.
_MOST: Final = 50
_TAG: Final = re.compile(r"\+[^@]*@")
#: Stand in the compiled queries for the values of a mail: each of them is asked for every mail.
_A_DESK_ID: Final = -1
_A_MAIL_ID: Final = -2
_AN_ADDRESS: Final = "<address>"
_AN_ID: Final = "<message-id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A ticket that a mail seems to answer."""

    ticket: Ticket
    claim: ReplyClaim | None
    thread: Thread
    #: Who of the sender's persons may write there.
    writer: CustomerViewer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything about a mail that the verdict and its carrying out need."""

    case: Case
    #: In small letters; empty when there is none, or more than one.
    sender: str
    found: Found | None
    customers: tuple[CustomerViewer, ...]
    staff: Staff | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all mails of a moment: read once for a batch."""

    #: Every address of every mailbox of the installation.
    own: frozenset[str]
    #: Addresses and "@domain" that are blocked, with the desk.
    blocked: frozenset[tuple[int, str]]


def surroundings() -> Surroundings:
    """As they are now; two queries."""
    mailboxes = Mailbox.unscoped.only("address", "aliases")
    return Surroundings(
        own=frozenset(address for mailbox in mailboxes for address in mailbox.addresses),
        blocked=frozenset(BlockedSender.unscoped.values_list("desk_id", "address")),
    )


def known_of(row: ReceivedMail, mail: Mail, around: Surroundings) -> Known:
    """Look everything up. The row's mailbox and desk have been read with it."""
    sender = mail.froms[0].address.lower() if len(mail.froms) == 1 else ""
    verdict = _authentication(row.mailbox, mail, sender)
    staff = _staff(row.desk_id, sender) if sender else None
    customers = tuple(customers_with_address(desk_id=row.desk_id, address=sender)) if sender else ()
    found = _found(row, mail, sender=sender, staff=staff, customers=customers)
    case = Case(
        kind=mail.kind,
        automatic=mail.automatic,
        senders=len(mail.froms),
        authentication=verdict,
        is_own=_is_own(row, sender, around),
        is_blocked=_is_blocked(row.desk_id, sender, around),
        is_spam=mail.is_marked_spam,
        is_sent_twice=_is_sent_twice(row, sender),
        thread=None if found is None else found.thread,
        staff="no" if staff is None else "active" if staff.is_active and staff.account.is_active else "left",
        organisations=len(customers),
    )
    return Known(case=case, sender=sender, found=found, customers=customers, staff=staff)


def _authentication(mailbox: Mailbox, mail: Mail, sender: str) -> Authentication:
    domain = sender.rpartition("@")[2]
    return authentication(
        mail.authentication_results, authserv_id=mailbox.authserv_id or settings.MAIL_AUTHSERV_ID, domain=domain
    )


def _staff(desk_id: int, sender: str) -> Staff | None:
    """One of the staff, also one who has left: somebody else may be using the name."""
    found = _reading_staff().run({_A_DESK_ID: desk_id, _AN_ADDRESS: sender})
    if not found:
        return None
    staff: Staff
    staff, staff.account = rows_as((Staff, Account), found[0])
    return staff


@cache
def _reading_staff() -> Compiled:
    rows = Staff.unscoped.annotate(address=Lower("account__email")).filter(desk_id=_A_DESK_ID, address=_AN_ADDRESS)
    columns = (*columns_of(Staff), *columns_of(Account, "account__"))
    return compiled(rows.order_by("-is_active").values_list(*columns)[:1], _A_DESK_ID, _AN_ADDRESS)


def _is_own(row: ReceivedMail, sender: str, around: Surroundings) -> bool:
    """From an address of ours, or with an id that we signed (trust 16). A mark that anybody can write says nothing
    (trust 11).
    """
    if row.header_id and is_ours(row.header_id):
        return True
    ours = around.own | {settings.DEFAULT_FROM_EMAIL.lower(), row.desk.mail_address.lower()} - {""}
    return bool({sender, _TAG.sub("@", sender)} & ours)


def _is_blocked(desk_id: int, sender: str, around: Surroundings) -> bool:
    domain = "@" + sender.rpartition("@")[2]
    return bool(sender) and bool({(desk_id, sender), (desk_id, domain)} & around.blocked)


def _is_sent_twice(row: ReceivedMail, sender: str) -> bool:
    """An earlier mail has its Message-ID and its sender, and something has become of that one."""
    if not row.header_id or not sender:
        return False
    values = {_A_DESK_ID: row.desk_id, _AN_ID: row.header_id, _AN_ADDRESS: sender, _A_MAIL_ID: row.pk}
    return bool(_reading_sent_twice().run(values))


@cache
def _reading_sent_twice() -> Compiled:
    earlier = ReceivedMail.unscoped.filter(desk_id=_A_DESK_ID, header_id=_AN_ID, sender=_AN_ADDRESS)
    # Said once more for the plan: the index holds no mails without an id.
    earlier = earlier.exclude(header_id="")
    became = earlier.filter(state__in=[ReceivedMail.State.TICKET, ReceivedMail.State.REPLY]).exclude(pk=_A_MAIL_ID)
    return compiled(became.values_list("pk")[:1], _A_DESK_ID, _AN_ID, _AN_ADDRESS, _A_MAIL_ID)


def _found(
    row: ReceivedMail, mail: Mail, *, sender: str, staff: Staff | None, customers: tuple[CustomerViewer, ...]
) -> Found | None:
    """The ticket by the strongest sign there is: our address, then an id of ours, then one of the customers'."""
    claim = _claim(row, mail)
    if claim is not None and (ticket := _ticket(row.desk_id, claim.ticket_id)) is not None:
        return _shown(ticket, "address", claim, sender=sender, staff=staff, customers=customers)
    ids = list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))[:_MOST]
    if ids and (ticket := _ticket_of_our_mail(row.desk_id, ids)) is not None:
        return _shown(ticket, "our-id", None, sender=sender, staff=staff, customers=customers)
    if ids and (ticket := _ticket_of_their_mail(row.desk_id, ids, sender)) is not None:
        return _shown(ticket, "their-id", None, sender=sender, staff=staff, customers=customers)
    return None


def recipients_of(row: ReceivedMail, mail: Mail) -> list[str]:
    """Every address that the mail was sent to, as far as anybody has noted; the surest first."""
    shown = [each.address for each in (*mail.to, *mail.cc)]
    return list(dict.fromkeys([*row.envelope_recipients, *mail.delivered_to, *shown]))[:_MOST]


def returned_mail(row: ReceivedMail, mail: Mail) -> int | None:
    """Which mail of ours came back, by the address that the report was sent to."""
    found = (read_return_path(address) for address in recipients_of(row, mail))
    return next((mail_id for mail_id in found if mail_id is not None), None)


def _claim(row: ReceivedMail, mail: Mail) -> ReplyClaim | None:
    claims = (read_reply_address(address) for address in recipients_of(row, mail) if "+" in address)
    return next((claim for claim in claims if claim is not None), None)


def _ticket(desk_id: int, ticket_id: int) -> Ticket | None:
    return Ticket.unscoped.filter(pk=ticket_id, desk_id=desk_id).first()


def _ticket_of_our_mail(desk_id: int, ids: list[str]) -> Ticket | None:
    ours = [f"<{each.strip('<>').lower()}>" for each in ids if is_ours(each)]
    if not ours:
        return None
    mails = OutgoingMail.unscoped.filter(desk_id=desk_id, header_id__in=ours, ticket__isnull=False)
    tickets = dict(mails.values_list("header_id", "ticket_id"))
    nearest = next((tickets[each] for each in ours if each in tickets), None)
    return None if nearest is None else _ticket(desk_id, nearest)


def _ticket_of_their_mail(desk_id: int, ids: list[str], sender: str) -> Ticket | None:
    """Only by the sender's own earlier mail: nobody else's id says anything about them."""
    known = [each.strip("<>") for each in ids]
    mails = ReceivedMail.unscoped.filter(desk_id=desk_id, header_id__in=known, sender=sender, ticket__isnull=False)
    became = mails.filter(state__in=[ReceivedMail.State.TICKET, ReceivedMail.State.REPLY])
    mail = became.select_related("ticket").order_by("-id").first()
    return None if mail is None else mail.ticket


def _shown(
    ticket: Ticket,
    by: Literal["address", "our-id", "their-id"],
    claim: ReplyClaim | None,
    *,
    sender: str,
    staff: Staff | None,
    customers: tuple[CustomerViewer, ...],
) -> Found:
    # What was written to a ticket that has been put into another one is for the one that goes on.
    ticket = goes_on_in(ticket)
    writer = next((each for each in customers if may_write(each, ticket)), None)
    thread = Thread(
        by=by,
        made_for="" if claim is None else claim.kind,
        may_write=writer is not None or _is_its_colleague(ticket, claim, sender),
        is_that_agent=_is_that_agent(ticket, claim, staff),
        is_closed=ticket.status == Status.CLOSED,
    )
    return Found(ticket=ticket, claim=claim, thread=thread, writer=writer)


def may_write(viewer: CustomerViewer, ticket: Ticket) -> bool:
    """The right that pages ask for too, as it is today (trust 5); one query unless the ticket is another customer's."""
    if viewer.organisation_id != ticket.organisation_id:
        return False
    reader = Reader(
        scope=viewer.scope,
        person_id=viewer.person_id,
        sees_organisation=viewer.rights.sees_organisation,
        is_local_contact=viewer.is_local_contact,
    )
    return tickets_of(reader, everyone=True).filter(pk=ticket.pk).exists()


def _is_its_colleague(ticket: Ticket, claim: ReplyClaim | None, sender: str) -> bool:
    """Whom it was asked for, or who came along and was let in, and who was sent the copy that they answer; never among
    a customer's own people.
    """
    if claim is None or claim.kind != "colleague" or ticket.is_first_line:
        return False
    if claim.recipient_id is not None:
        return is_let_in(participant_id=claim.recipient_id, ticket_id=ticket.pk, address=sender)
    colleague = ticket.on_behalf_of or {}
    return bool(sender and colleague.get("copy")) and str(colleague.get("email", "")).lower() == sender


def _is_that_agent(ticket: Ticket, claim: ReplyClaim | None, staff: Staff | None) -> bool:
    if claim is None or staff is None or claim.kind != "staff" or ticket.is_first_line:
        return False
    return claim.recipient_id == staff.pk
