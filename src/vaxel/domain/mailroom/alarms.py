"""Telling a desk's administrators that something is wrong with its mail, by another route than that mail (trust 70).

Outgoing mail has a server of its own, and `/health/` and `vaxel check` show the same in red.
"""

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation

from vaxel.domain.mailroom.faults import WORDS, MailboxFault
from vaxel.domain.mailroom.letters import Letter, Recipient, send_letter, sent_since
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.notices.moments import moment_in_words
from vaxel.domain.people.models import Staff

log = structlog.get_logger("vaxel.mailroom")

#: A fault that lasts this long is no hiccup; with a look a minute, people know within fifteen.
FAULT_IS_TOLD_AFTER: Final = timedelta(minutes=5)
#: A mailbox that nobody has looked into for this long: its worker is gone, or hangs.
LOOK_IS_MISSED_AFTER: Final = timedelta(minutes=10)
_OF_SINGLE_MAILS: Final = frozenset({"mail-broke", "mail-too-large"})


def watch_mailboxes(*, now: datetime) -> int:
    """Tell administrators of mailboxes that fail or are silent, once each time; how many were told of."""
    told = 0
    for mailbox in Mailbox.unscoped.filter(is_on=True).select_related("desk"):
        about = trouble_of(mailbox, now=now)
        if about is None:
            Mailbox.unscoped.filter(pk=mailbox.pk, alarmed_at__isnull=False).update(alarmed_at=None)
        else:
            told += _alarm_once(mailbox, about=about, now=now)
    return told


def trouble_of(mailbox: Mailbox, *, now: datetime) -> str | None:
    """`mailbox-fault`, `mailbox-silent`, or None for one that is well."""
    if mailbox.faulty_since is not None and now - mailbox.faulty_since >= FAULT_IS_TOLD_AFTER:
        return "mailbox-fault"
    if mailbox.way == Mailbox.Way.IMAP and now - (mailbox.looked_at or mailbox.created_at) >= LOOK_IS_MISSED_AFTER:
        return "mailbox-fault"
    silent = timedelta(hours=mailbox.silent_hours or 0)
    if silent and now - (mailbox.heard_at or mailbox.created_at) >= silent:
        return "mailbox-silent"
    return None


@transaction.atomic
def _alarm_once(mailbox: Mailbox, *, about: str, now: datetime) -> bool:
    if not Mailbox.unscoped.filter(pk=mailbox.pk, alarmed_at=None).update(alarmed_at=now):
        return False
    log.error("mailbox in trouble", mailbox=mailbox.pk, about=about, fault=mailbox.fault)
    tell_administrators(mailbox, about=about, now=now)
    return True


def tell_administrators(mailbox: Mailbox, *, about: str, now: datetime) -> None:
    """One letter to each of the desk's administrators, in their language; of single mails at most one an hour."""
    if about in _OF_SINGLE_MAILS and sent_since([about], desk=mailbox.desk, since=now - timedelta(hours=1)):
        return
    people = Staff.unscoped.filter(
        account__is_active=True, desk_id=mailbox.desk_id, may_administer=True, is_active=True
    )
    for staff in people.select_related("account"):
        language = staff.account.language or mailbox.desk.languages[0]
        letter = _letter(mailbox, name=staff.name, language=language if language in {"sv", "en"} else "sv", now=now)
        send_letter(
            about, letter, desk=mailbox.desk, to=Recipient(address=staff.account.email, name=staff.name), now=now
        )


def _letter(mailbox: Mailbox, *, name: str, language: str, now: datetime) -> Letter:
    since = mailbox.faulty_since or mailbox.heard_at or mailbox.created_at
    with translation.override(language):
        return Letter(
            desk=mailbox.desk.name,
            language=language,
            accent=mailbox.desk.accent,
            recipient=name,
            mailbox=mailbox.address,
            fault=str(WORDS[MailboxFault(mailbox.fault)]) if mailbox.fault else "",
            detail=mailbox.fault_detail,
            since=moment_in_words(since, now=now, time_zone=mailbox.desk.time_zone, language=language),
            link=settings.BASE_URL,
        )
