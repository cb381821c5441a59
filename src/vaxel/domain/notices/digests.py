"""The day's digest: one mail about everything that somebody wanted to hear of once a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from vaxel.domain.desks.models import Desk
from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.compose import LANGUAGES, Composed, rendered
from vaxel.domain.notices.mail_row import mail_row
from vaxel.domain.notices.models import DigestItem, NoticeChoices, OutgoingMail
from vaxel.domain.notices.problem_mail import in_language
from vaxel.domain.notices.wish_mail import KIND as WISH_ANSWER
from vaxel.domain.notices.wish_mail import name_of
from vaxel.domain.people.models import Account
from vaxel.domain.wishes.models import WishAnswer

KIND: Final = "digest"
#: More than this is not read in a mail; the rest is in the list that the link leads to.
_MOST_ITEMS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One thing that happened."""

    #: The ticket's; empty for a known problem and for a wish.
    number: str
    subject: str
    kind: str
    author: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Every value that the template may name."""

    language: str
    desk: str
    recipient: str
    lines: tuple[DigestLine, ...]
    more: int
    choices_link: str
    accent: str


def send_digests(*, now: datetime) -> int:
    """Write the digests whose hour has come; how many. Called every hour, and twice does no harm."""
    waiting = DigestItem.unscoped.filter(mail=None).values("choices")
    due = NoticeChoices.unscoped.filter(pk__in=waiting).select_related("desk")
    return sum(_send(choices.pk, now=now) for choices in due if _is_due(choices, now=now))


def _is_due(choices: NoticeChoices, *, now: datetime) -> bool:
    """Once a day of the desk's, from the chosen hour on."""
    zone = ZoneInfo(choices.desk.time_zone)
    today = choices.digest_at is None or choices.digest_at.astimezone(zone).date() < now.astimezone(zone).date()
    return today and now.astimezone(zone).hour >= choices.digest_hour


@transaction.atomic(durable=True)
def _send(choices_id: int, *, now: datetime) -> bool:
    choices = NoticeChoices.unscoped.select_for_update(of=("self",)).select_related("desk").get(pk=choices_id)
    items = list(
        DigestItem.unscoped.filter(choices=choices, mail=None)
        .select_related("choices", "event__ticket__desk", "problem_update__problem__desk", "wish_answer__wish__desk")
        .order_by("id")
    )
    if not items or not _is_due(choices, now=now):
        return False
    mail = _mail(choices, items, now=now)
    DigestItem.unscoped.filter(pk__in=[item.pk for item in items]).update(mail=mail)
    choices.digest_at = now
    choices.save(update_fields=["digest_at"])
    outbox.hand_to_worker(mail.pk)
    return True


def _mail(choices: NoticeChoices, items: list[DigestItem], *, now: datetime) -> OutgoingMail:
    desk, person, staff = choices.desk, choices.person, choices.staff
    account: Account | None = staff.account if staff is not None else person.account if person is not None else None
    name = staff.name if staff is not None else person.name if person is not None else ""
    address = staff.account.email if staff is not None else person.email if person is not None else ""
    digest = _digest(choices, items, language=_language(desk, account), recipient=name)
    composed = written(digest)
    to = Recipient(
        kind="staff" if staff is not None else "person",
        id=choices.staff_id or choices.person_id,
        name=name,
        email=address,
        language=digest.language,
    )
    organisation = person.organisation_id if person is not None else None
    mail = mail_row(desk, to, composed, kind=KIND, now=now, organisation_id=organisation)
    mail.save(force_insert=True)
    return mail


def _language(desk: Desk, account: Account | None) -> str:
    known: list[str] = [account.language if account is not None else "", *desk.languages, LANGUAGES[0]]
    return next(each for each in known if each in LANGUAGES)


def _digest(choices: NoticeChoices, items: list[DigestItem], *, language: str, recipient: str) -> Digest:
    whose = "staff" if choices.staff_id else "person"
    lines = [_line(item, language=language, whose=whose) for item in items[:_MOST_ITEMS]]
    return Digest(
        language=language,
        desk=choices.desk.name,
        recipient=recipient,
        lines=tuple(lines),
        more=len(items) - len(lines),
        choices_link=links.choices_link(choices.desk, for_whom=whose),
        accent=choices.desk.accent,
    )


def _line(item: DigestItem, *, language: str, whose: str) -> DigestLine:
    if item.wish_answer is not None:
        return _line_of_wish(item.wish_answer, person_id=item.choices.person_id, language=language)
    if item.event is None:
        return _line_of_update(item, language=language)
    ticket = item.event.ticket
    return DigestLine(
        number=links.ticket_name(ticket),
        subject=ticket.subject,
        kind=item.kind,
        author=ticket.desk.name if item.event.by_kind == "system" else item.event.by_name,
        link=links.staff_link(ticket) if whose == "staff" else links.customer_link(ticket),
    )


def _line_of_update(item: DigestItem, *, language: str) -> DigestLine:
    update = item.problem_update
    if update is None:
        raise ValueError("an item tells of an event, an update or a wish; the database holds it")
    problem = update.problem
    return DigestLine(
        number="",
        subject=in_language(problem.title, language),
        kind=item.kind,
        author=problem.desk.name,
        link=links.problem_link(problem, language=language),
    )


def _line_of_wish(answer: WishAnswer, *, person_id: int | None, language: str) -> DigestLine:
    wish = answer.wish
    return DigestLine(
        number="",
        subject=name_of(wish, language, is_own=person_id is not None and wish.person_id == person_id),
        kind=WISH_ANSWER,
        author=wish.desk.name,
        link=links.wish_link(wish, language=language),
    )


def written(digest: Digest) -> Composed:
    """The finished mail."""
    return rendered(f"digest.{digest.language}.jinja", digest)
