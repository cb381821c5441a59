"""A mail about an invented ticket, for whoever writes the words of mails and wants to see them."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices.audience import NoticeKind
from vaxel.domain.notices.compose import Composed, MailContent, compose
from vaxel.domain.notices.job_mail import JobSaid
from vaxel.domain.notices.moments import moment_in_words
from vaxel.domain.notices.own_words import OwnWords
from vaxel.domain.notices.said import Said

#: Mails of these kinds go to staff.
TO_STAFF: Final = frozenset(
    {
        NoticeKind.HANDED_OVER,
        NoticeKind.FOR_KNOWLEDGE,
        NoticeKind.ASSIGNED,
        NoticeKind.CUSTOMER_REPLIED,
        NoticeKind.REOPENED,
        NoticeKind.NEW_IN_TEAM,
        NoticeKind.JOB_NEWS,
    }
)
_BY_CUSTOMER: Final = frozenset({NoticeKind.CUSTOMER_REPLIED, NoticeKind.COLLEAGUE_WROTE, NoticeKind.REOPENED})
_SWEDISH: Final = MailContent(
    language="sv",
    desk="",
    number="",
    subject="Rapporten öppnas inte",
    recipient="Maj Ekdahl",
    customer="Maj Ekdahl",
    organisation="Åsklinge kommun",
    author="Sven Berg",
    answered_by="Support",
    kind="Fel",
    priority="Normal",
    reasons=("Fel hör till supporten.",),
    said=Said(text="Hej! Nu är felet rättat. Logga ut och in igen.", language="sv"),
    wanted=("Vilken version har du?",),
    job=JobSaid(
        what="Återställ det sparade filtret",
        time="45 minuter",
        price="900,00 kr",
        valid_until="fredag 18 december kl. 16.00",
        approvers="Gun Palm",
        answered_by="Gun Palm",
    ),
)
_ENGLISH: Final = replace(
    _SWEDISH,
    language="en",
    subject="The report does not open",
    kind="Fault",
    reasons=("Faults belong to support.",),
    said=Said(text="Hello! The fault is mended now. Sign out and in again.", language="en"),
    wanted=("Which version do you have?",),
    job=JobSaid(
        what="Restore the saved filter",
        time="45 minutes",
        price="SEK 900.00",
        valid_until="Friday 18 December at 16:00",
        approvers="Gun Palm",
        answered_by="Gun Palm",
    ),
)


def example_mail(kind: NoticeKind, language: str, *, desk: Desk, own: OwnWords | None, now: datetime) -> Composed:
    """The mail as the desk would send it now, about a ticket that is not there."""
    invented = _ENGLISH if language == "en" else _SWEDISH
    to_staff = kind in TO_STAFF
    due = moment_in_words(now, now=now, time_zone=desk.time_zone, language=language)
    content = replace(
        invented,
        desk=desk.name,
        number=f"{desk.prefix}-1042",
        recipient="Sven Berg" if to_staff else invented.recipient,
        author=invented.customer if kind in _BY_CUSTOMER else invented.author,
        due=due,
        said=None if kind == NoticeKind.MOVED else invented.said,
        link="https://support.example/",
        other=f"{desk.prefix}-1037" if kind == NoticeKind.JOINED else "",
        for_staff=to_staff,
        can_reply=desk.reads_mail,
        accent=desk.accent,
    )
    return compose(kind, content, own)
