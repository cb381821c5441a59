"""Letting one of the vendor's own people in, and telling them how to sign in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.brakes import closed_addresses
from vaxel.domain.notices.compose import rendered
from vaxel.domain.notices.facts import language_of
from vaxel.domain.notices.mail_row import keep_back_if_braked, mail_row
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Account, Staff
from vaxel.domain.people.staffing import StaffProfile, add_staff

KIND: Final = "staff-invited"


class AccountClosedError(ValueError):
    """The account with the address is closed; whoever runs the installation opens it, and no desk by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffInvitation:
    """Every value that the mail's template may name."""

    language: str
    desk: str
    recipient: str
    #: Who let them in.
    by: str
    link: str
    accent: str


@transaction.atomic(durable=True)
def invite_staff(desk: Desk, *, email: str, profile: StaffProfile, by: Actor, now: datetime) -> Staff:
    """Let the owner of `email` work at the desk, and have them told. Raises WorksHereError and AccountClosedError."""
    if Account.objects.filter(email__iexact=email, is_active=False).exists():
        raise AccountClosedError(email)
    staff = add_staff(desk, email=email, profile=profile, language=desk.languages[0], by=by, now=now)
    mail = _mail(staff, by=by, now=now)
    closed = closed_addresses(desk_id=desk.pk, addresses=[mail.recipient])
    keep_back_if_braked(mail, closed=closed, now=now)
    outbox.put_out([mail], hold=False)
    return staff


def _mail(staff: Staff, *, by: Actor, now: datetime) -> OutgoingMail:
    desk, language = staff.desk, staff.account.language or language_of(staff.desk)
    invitation = StaffInvitation(
        language=language,
        desk=desk.name,
        recipient=staff.name,
        by=by.name,
        link=f"{links.desk_link(desk)}/workspace/",
        accent=desk.accent,
    )
    composed = rendered(f"{KIND}.{language}.jinja", invitation)
    to = Recipient(kind="staff", id=staff.pk, name=staff.name, email=staff.account.email, language=language)
    return mail_row(desk, to, composed, kind=KIND, now=now)
