"""What keeps automatic mails from becoming too many, or from talking to programs (trust 13 to 19).

Held mails are never dropped: staff see them at the ticket with the reason, and may send them. What staff write
themselves passes every brake; only a block of the address holds it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.blocking import blocked_among
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.outbox import Reason
from vaxel.domain.people.models import Person

#: Automatic mails to one address about one ticket, or one known problem, in an hour (trust 15).
MOST_PER_TICKET: Final = 4
#: Automatic mails to one customer's address about all tickets in an hour; staff have as many as there is work.
MOST_PER_ADDRESS: Final = 30
#: Receipts to somebody else's colleague, whose address nobody has proven, in a day (trust 19).
MOST_RECEIPTS_TO_COLLEAGUE: Final = 1
#: Receipts to colleagues that one person's questions may cause in a day, whoever they go to (trust 19).
MOST_RECEIPTS_BY_ASKER: Final = 10
#: Invitations to one address in a day, and for one organisation: whoever administers there types the addresses, and
#: nobody has proven them (trust 19). The second is as long as the longest list that is taken in.
MOST_INVITATIONS_TO_ADDRESS: Final = 1
MOST_INVITATIONS_BY_ORGANISATION: Final = 2000
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
#: The kind of mail that lets somebody in at an organisation.
INVITED: Final = "invited"
#: What the brake on all automatic mails together lets pass once it has cooled down this long.
_PAUSE: Final = timedelta(minutes=5)
#: Names of mailboxes that programs write from and nobody reads.
_ROBOT: Final = re.compile(
    r"(?:do[-_.]?)?(?:no|not|inte|ej)[-_.]?(?:reply|svara?|response)|mailer[-_.]?daemon|postmaster|bounces?"
)


@dataclass(frozen=True, slots=True)
class Closed:
    """Those of some addresses, in small letters, that mails do not go to."""

    blocked: frozenset[str]
    our_own: frozenset[str]

    def reason(self, mail: OutgoingMail) -> Reason | None:
        """Why the mail stays here; None lets it through."""
        address = mail.recipient.lower()
        if address in self.blocked:
            return Reason.BLOCKED
        if mail.is_automatic and (address in self.our_own or is_robot(address)):
            return Reason.NOBODY_READS
        return None


def closed_addresses(*, desk_id: int, addresses: Iterable[str]) -> Closed:
    """What is known of the addresses; two queries. No desk of this installation gets automatic mails (trust 16)."""
    asked = [address.lower() for address in addresses]
    desks = Desk.objects.annotate(address=Lower("mail_address")).filter(address__in=asked)
    return Closed(
        blocked=blocked_among(desk_id=desk_id, addresses=asked),
        our_own=frozenset(desks.values_list("address", flat=True)),
    )


def is_robot(address: str) -> bool:
    """Whether only a program has the mailbox, by its name: whatever it got, it would answer or return (trust 13)."""
    name = address.rpartition("@")[0].partition("+")[0].lower()
    return _ROBOT.fullmatch(name) is not None


def brake_of(mail: OutgoingMail, *, now: datetime) -> Reason | None:
    """Whether the address has had too many automatic mails, this one not counted.

    What the policy says must be told comes from staff's own acts and passes.
    """
    if not mail.is_automatic or mail.kind in {NoticeKind.FOR_KNOWLEDGE, NoticeKind.JOB_NEWS}:
        return None
    same = OutgoingMail.unscoped.filter(recipient__iexact=mail.recipient, is_automatic=True, desk_id=mail.desk_id)
    same = same.exclude(state=OutgoingMail.State.HELD)
    this_hour = same.filter(created_at__gt=now - _HOUR)
    if mail.recipient_kind == "colleague" and mail.kind == NoticeKind.RECEIVED:
        is_enough = not _is_of_the_organisation(mail) and (
            same.filter(kind=mail.kind, created_at__gt=now - _DAY).count() >= MOST_RECEIPTS_TO_COLLEAGUE
            or _receipts_by_asker(mail, now=now) >= MOST_RECEIPTS_BY_ASKER
        )
    elif mail.kind == INVITED:
        is_enough = same.filter(kind=INVITED, created_at__gt=now - _DAY).count() >= MOST_INVITATIONS_TO_ADDRESS
        is_enough = is_enough or _invitations(mail, now=now) >= MOST_INVITATIONS_BY_ORGANISATION
    else:
        is_enough = this_hour.filter(_about_the_same(mail)).count() >= MOST_PER_TICKET
    if not is_enough and mail.recipient_kind != "staff":
        is_enough = this_hour.count() >= MOST_PER_ADDRESS
    return Reason.BRAKE if is_enough else None


def _about_the_same(mail: OutgoingMail) -> Q:
    """The mails about the same ticket or known problem; what is about neither is told once each anyway."""
    if mail.problem_update is None and mail.ticket_id is None:
        return Q(pk=None)
    if mail.problem_update is None:
        return Q(ticket=mail.ticket_id)
    return Q(problem_update__problem=mail.problem_update.problem_id)


def _is_of_the_organisation(mail: OutgoingMail) -> bool:
    """Whether the colleague's address is that of one of the organisation's own people: nobody made it up, and a local
    contact passes several of their questions on in a day (A12).
    """
    people = Person.unscoped.filter(organisation__tickets=mail.ticket_id, is_active=True)
    return people.filter(email__iexact=mail.recipient).exists()


def _invitations(mail: OutgoingMail, *, now: datetime) -> int:
    """How many addresses have been invited by the organisation today."""
    sent = OutgoingMail.unscoped.exclude(state=OutgoingMail.State.HELD)
    return sent.filter(organisation=mail.organisation_id, kind=mail.kind, created_at__gt=now - _DAY).count()


def _receipts_by_asker(mail: OutgoingMail, *, now: datetime) -> int:
    """How many colleagues have been written to today because of the asker's questions."""
    sent = OutgoingMail.unscoped.exclude(state=OutgoingMail.State.HELD).filter(
        ticket__requester__tickets=mail.ticket_id,
        recipient_kind=mail.recipient_kind,
        kind=mail.kind,
        created_at__gt=now - _DAY,
    )
    return sent.count()


def is_brake_on(*, now: datetime) -> bool:
    """Whether this installation has sent as many automatic mails in an hour as settings allow (trust 19)."""
    limit: int = settings.AUTOMATIC_MAILS_PER_HOUR
    sent = OutgoingMail.unscoped.filter(is_automatic=True, sent_at__gt=now - _HOUR)
    return sent[:limit].count() >= limit


def pause_for(*, mail_id: int, now: datetime) -> timedelta | None:
    """How long an automatic mail waits in its queue while the brake is on; None lets it through."""
    if is_brake_on(now=now) and OutgoingMail.unscoped.filter(pk=mail_id, is_automatic=True).exists():
        return _PAUSE
    return None
