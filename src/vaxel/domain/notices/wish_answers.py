"""Tell those who wished for something, or want it too, how it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient
from vaxel.domain.notices.brakes import brake_of, closed_addresses
from vaxel.domain.notices.compose import one_line
from vaxel.domain.notices.digest_items import keep_answer_for_digests
from vaxel.domain.notices.facts import as_recipients, language_of
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.problem_mail import in_language, paragraphs
from vaxel.domain.notices.reply_address import header_id
from vaxel.domain.notices.ways import way_of
from vaxel.domain.notices.wish_mail import KIND, WishMail, name_of, wish_mail
from vaxel.domain.people.models import Person
from vaxel.domain.wishes.models import Wish, WishAnswer
from vaxel.domain.wishes.queries import people_to_tell, readable_article

log = structlog.get_logger("vaxel.notices")


@transaction.atomic(durable=True)
def tell_answer(*, answer_id: int, now: datetime, hold: bool = False) -> Sequence[OutgoingMail]:
    """Write the mails of an answer, one for each address, and ask the worker to send them.

    A second call adds nothing. `hold` keeps them back for staff, as `telling.tell` does.
    """
    rows = WishAnswer.unscoped.select_for_update(of=("self",)).select_related("wish__desk", "article")
    answer = rows.get(pk=answer_id)
    if answer.told_at is not None:
        return []
    answer.told_at = now
    answer.save(update_fields=["told_at"])
    people = people_to_tell(answer)
    recipients = [each for each in as_recipients(people, language_of(answer.wish.desk)) if each.email]
    ways = {each.id: way_of(each.kind, KIND, each.choices) for each in recipients}
    waiting = [each for each in recipients if ways[each.id] == "digest"]
    keep_answer_for_digests(waiting, answer=answer, kind=KIND, now=now)
    mails = _mails(answer, people, [each for each in recipients if ways[each.id] == "each"], now=now)
    outbox.put_out(mails, hold=hold)
    return mails


def _mails(
    answer: WishAnswer, people: Sequence[Person], recipients: Sequence[Recipient], *, now: datetime
) -> list[OutgoingMail]:
    closed = closed_addresses(desk_id=answer.desk_id, addresses=[each.email for each in recipients])
    organisations = {person.pk: person.organisation_id for person in people}
    own = _own_wishes(answer.wish)
    # Somebody who is in two organisations has one address, and hears of it once.
    by_address = {each.email.lower(): each for each in reversed(recipients)}
    mails = []
    for recipient in reversed(by_address.values()):
        mail = _row(answer, recipient, _content(answer, recipient, own=own.get(recipient.id or 0)), now=now)
        mail.organisation_id = organisations[recipient.id or 0]
        reason = closed.reason(mail) or brake_of(mail, now=now)
        if reason is not None:
            mail.state, mail.reason = OutgoingMail.State.HELD, reason
            log.warning("mail held", wish=answer.wish_id, notice=KIND, reason=reason)
        mails.append(mail)
    return mails


def _own_wishes(wish: Wish) -> Mapping[int, Wish]:
    """What each wisher wished, by person: this wish, or one that was put to it. Nobody reads another one's words."""
    wishes = [wish, *Wish.unscoped.filter(merged_into=wish).select_related("desk").order_by("pk")]
    return {each.person_id: each for each in reversed(wishes) if each.person_id is not None}


def _row(answer: WishAnswer, to: Recipient, content: WishMail, *, now: datetime) -> OutgoingMail:
    desk = answer.wish.desk
    composed = wish_mail(content)
    sender = desk.mail_address or settings.DEFAULT_FROM_EMAIL
    return OutgoingMail(
        desk_id=answer.desk_id,
        kind=KIND,
        language=to.language,
        sender_name=one_line(desk.name),
        sender=sender,
        recipient_name=one_line(to.name),
        recipient=to.email,
        recipient_kind=to.kind,
        recipient_id=to.id,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        header_id=header_id(sender),
        created_at=now,
    )


def _content(answer: WishAnswer, to: Recipient, *, own: Wish | None) -> WishMail:
    wish, language = answer.wish, to.language
    desk = wish.desk
    article = readable_article(answer, ManualReader(desk.pk, person_id=to.id))
    shown = own or wish
    return WishMail(
        language=language,
        desk=desk.name,
        recipient=to.name,
        name=name_of(shown, language, is_own=own is not None),
        state=answer.state,
        told=paragraphs(in_language(answer.text, language)),
        release=answer.release,
        article=article[1] if article else "",
        article_link=links.article_link(article[0], desk, language=language) if article else "",
        link=links.wish_link(shown, language=language),
        choices_link=links.choices_link(desk, for_whom="person"),
        is_own=own is not None,
        accent=desk.accent,
    )
