"""Tell those who wished for something, or want it too, how it stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from django.db import transaction

from vaxel.domain.manual.audience import ManualReader
from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient, by_way
from vaxel.domain.notices.brakes import closed_addresses
from vaxel.domain.notices.digest_items import keep_answer_for_digests
from vaxel.domain.notices.facts import as_recipients, language_of
from vaxel.domain.notices.mail_row import keep_back_if_braked, mail_row
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.problem_mail import in_language, paragraphs
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
    at_once, waiting = by_way(recipients, kind=KIND)
    keep_answer_for_digests(waiting, answer=answer, kind=KIND, now=now)
    mails = _mails(answer, people, at_once, now=now)
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
        content = _content(answer, recipient, own=own.get(recipient.id or 0))
        mail = mail_row(answer.wish.desk, recipient, wish_mail(content), kind=KIND, now=now)
        mail.organisation_id = organisations[recipient.id or 0]
        reason = keep_back_if_braked(mail, closed=closed, now=now)
        if reason is not None:
            log.warning("mail held", wish=answer.wish_id, notice=KIND, reason=reason)
        mails.append(mail)
    return mails


def _own_wishes(wish: Wish) -> Mapping[int, Wish]:
    """What each wisher wished, by person: this wish, or one that was put to it. Nobody reads another one's words."""
    wishes = [wish, *Wish.unscoped.filter(merged_into=wish).select_related("desk").order_by("pk")]
    return {each.person_id: each for each in reversed(wishes) if each.person_id is not None}


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
