"""Tell everybody whom a known problem affects what there is to say about it, each in their language."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import transaction

from vaxel.domain.notices import links, outbox
from vaxel.domain.notices.audience import Recipient, by_way
from vaxel.domain.notices.brakes import closed_addresses
from vaxel.domain.notices.digest_items import is_update_in_digests, keep_update_for_digests
from vaxel.domain.notices.facts import as_recipients, language_of
from vaxel.domain.notices.mail_row import keep_back_if_braked, mail_row
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.problem_mail import KIND, ProblemMail, in_language, paragraphs, problem_mail
from vaxel.domain.people.models import Person
from vaxel.domain.problems.models import KnownProblem, ProblemUpdate
from vaxel.domain.problems.queries import people_affected, people_with_open_tickets

log = structlog.get_logger("vaxel.notices")


@transaction.atomic(durable=True)
def tell_update(*, update_id: int, now: datetime, hold: bool = False) -> Sequence[OutgoingMail]:
    """Write the mails of an update, one for each address, and ask the worker to send them.

    A second call finds them and adds nothing. `hold` keeps them back for staff, as `telling.tell` does.
    """
    update = ProblemUpdate.unscoped.select_for_update(of=("self",)).select_related("problem__desk").get(pk=update_id)
    if OutgoingMail.unscoped.filter(problem_update=update).exists() or is_update_in_digests(update):
        return []
    people = people_affected(problem_id=update.problem_id)
    recipients = [each for each in as_recipients(people, language_of(update.problem.desk)) if each.email]
    at_once, waiting = by_way(recipients, kind=KIND)
    keep_update_for_digests(waiting, update=update, kind=KIND, now=now)
    mails = _mails(update, people, at_once, now=now)
    outbox.put_out(mails, hold=hold)
    return mails


def _mails(
    update: ProblemUpdate, people: Sequence[Person], recipients: Sequence[Recipient], *, now: datetime
) -> list[OutgoingMail]:
    closed = closed_addresses(desk_id=update.desk_id, addresses=[each.email for each in recipients])
    organisations = {person.pk: person.organisation_id for person in people}
    asked = people_with_open_tickets(problem_id=update.problem_id)
    # Somebody who is in two organisations has one address, and hears of it once.
    by_address = {each.email.lower(): each for each in reversed(recipients)}
    pages = {each: links.problem_link(update.problem, language=each) for each in {to.language for to in recipients}}
    mails = []
    for recipient in reversed(by_address.values()):
        content = _content(update, recipient, page=pages[recipient.language], has_tickets=recipient.id in asked)
        mail = mail_row(
            update.problem.desk, recipient, problem_mail(content), kind=KIND, now=now, problem_update=update
        )
        mail.organisation_id = organisations[recipient.id or 0]
        reason = keep_back_if_braked(mail, closed=closed, now=now)
        if reason is not None:
            log.warning("mail held", problem=update.problem_id, notice=KIND, reason=reason)
        mails.append(mail)
    return mails


def _content(update: ProblemUpdate, to: Recipient, *, page: str, has_tickets: bool) -> ProblemMail:
    problem, language = update.problem, to.language
    is_open = update.state == KnownProblem.State.OPEN
    return ProblemMail(
        language=language,
        desk=problem.desk.name,
        recipient=to.name,
        title=in_language(problem.title, language),
        told=paragraphs(in_language(update.text, language)),
        workaround=paragraphs(in_language(problem.workaround, language)) if is_open else (),
        state=update.state,
        has_tickets=has_tickets,
        link="" if update.state == KnownProblem.State.WITHDRAWN else page,
        choices_link=links.choices_link(problem.desk, for_whom="person"),
        accent=problem.desk.accent,
    )
