"""Tell people about an event: the outbox rows of all its mails, written once, with the jobs that send them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from django.db import transaction

from vaxel.domain.notices import facts, links, outbox
from vaxel.domain.notices.audience import Happening, Notice, NoticeKind, audience
from vaxel.domain.notices.brakes import Closed, closed_addresses
from vaxel.domain.notices.compose import Composed, MailContent, compose
from vaxel.domain.notices.digest_items import is_in_digests, keep_for_digests
from vaxel.domain.notices.facts import PHONE, Told, default_language, is_written_down
from vaxel.domain.notices.jobs import JobTold, job_said, job_told
from vaxel.domain.notices.mail_row import keep_back_if_braked, mail_row
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.moments import moment_in_words
from vaxel.domain.notices.participants import bring_along
from vaxel.domain.notices.threads import conversation_so_far
from vaxel.domain.notices.wanted import about_the_time, wanted
from vaxel.domain.notices.wording import InUse, words_in_use
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.status import Status

log = structlog.get_logger("vaxel.notices")


@transaction.atomic(durable=True)
def tell(*, event_id: int, now: datetime, hold: bool = False) -> Sequence[OutgoingMail]:
    """Write the mails of an event and ask the worker to send them. A second call finds them and adds nothing.

    `hold` keeps them back for staff: after a restore nobody knows whether they have been sent.
    """
    event = facts.lock_event(event_id)
    if OutgoingMail.unscoped.filter(event_id=event_id).exists() or is_in_digests(event):
        return []
    if event.kind == EventKind.OPENED and "split_from" in event.data:
        bring_along(event.ticket, split_from=event.data["split_from"], now=now)
    told = facts.told(event, now=now)
    if event.kind == EventKind.REPLIED and told.message is None:
        log.warning("the words of an answer are gone", ticket=event.ticket_id, event_id=event_id)
        return []
    language = default_language(told.ticket)
    job = job_told(event, policy=told.policy, today=told.ticket.desk.day_of(now), language=language)
    everybody = audience(_with_job(told.happening, job))
    keep_for_digests([notice for notice in everybody if notice.way == "digest"], event=event, now=now)
    notices = [notice for notice in everybody if notice.way == "each"]
    closed = closed_addresses(desk_id=event.desk_id, addresses=[notice.to.email for notice in notices])
    words = words_in_use(desk_id=event.desk_id, kinds={notice.kind for notice in notices})
    mails = [_mail(notice, told, job, closed=closed, words=words, now=now) for notice in notices]
    outbox.put_out(mails, hold=hold)
    return mails


def _with_job(happening: Happening, job: JobTold | None) -> Happening:
    if job is None:
        return happening
    return replace(happening, approvers=job.approvers, job_roles=job.role_holders, offer_maker=job.maker)


def _mail(
    notice: Notice, told: Told, job: JobTold | None, *, closed: Closed, words: InUse, now: datetime
) -> OutgoingMail:
    ticket = told.ticket
    references = conversation_so_far(ticket, notice.to)
    content = _content(notice, told, is_reply=bool(references), now=now)
    if job is not None:
        said = job_said(notice, job, ticket=ticket, event=told.event.kind, now=now)
        is_outside = notice.to.kind == "person" and notice.to.id in job.outside
        content = replace(content, job=said, link="" if is_outside else content.link)
    # Whoever a question was asked for is told in the standard words, for they differ from the asker's; so do those
    # of a receipt where colleagues answer.
    is_apart = content.for_colleague or (content.among_colleagues and notice.kind == NoticeKind.RECEIVED)
    own = None if is_apart else words.get((notice.kind, content.language))
    mail = _row(notice, told, compose(notice.kind, content, own), now=now)
    mail.language, mail.references = content.language, references
    reason = keep_back_if_braked(mail, closed=closed, now=now)
    if reason is not None:
        log.warning("mail held", ticket=ticket.pk, event_kind=told.event.kind, notice=notice.kind, reason=reason)
    return mail


def _row(notice: Notice, told: Told, composed: Composed, *, now: datetime) -> OutgoingMail:
    ticket = told.ticket
    return mail_row(
        ticket.desk,
        notice.to,
        composed,
        kind=notice.kind.value,
        now=now,
        sender_name=_sender_name(notice, told),
        organisation_id=ticket.organisation_id,
        ticket_id=ticket.pk,
        message=told.message,
        event=told.event,
        is_automatic=notice.kind != NoticeKind.ANSWER,
    )


def _sender_name(notice: Notice, told: Told) -> str:
    """Whoever answers, by name; the desk for everything that the program says by itself."""
    desk = told.ticket.desk.name
    return f"{told.event.by_name}, {desk}" if notice.kind == NoticeKind.ANSWER else desk


def _content(notice: Notice, told: Told, *, is_reply: bool, now: datetime) -> MailContent:
    ticket, policy, event = told.ticket, told.policy.file, told.event
    language = notice.to.language
    level = policy.priorities.levels.get(ticket.priority)
    kind = policy.kinds.get(ticket.kind)
    return MailContent(
        language=language,
        desk=ticket.desk.name,
        number=links.ticket_name(ticket),
        subject=ticket.subject,
        recipient=notice.to.name,
        customer=ticket.requester.name,
        organisation=ticket.organisation.name,
        author=ticket.desk.name if event.by_kind == "system" else event.by_name,
        answered_by=_answered_by(told, language),
        kind=kind.name.in_(language) if kind else ticket.kind,
        priority=level.name.in_(language) if level else "",
        due=_due(told, language=language, now=now),
        is_guarantee=told.clock is not None and told.clock.target.get("promise") == "guarantee",
        is_time_taken_back=told.is_time_taken_back,
        reasons=(*_reasons(notice, told, language), *_reservations(notice, told, language)),
        said=told.said,
        wanted=wanted(event.data.get("lacks", ()), file=policy, decision=ticket.decision, language=language),
        link=_link(notice, ticket),
        other=_other(told),
        written_down_by=event.by_name if is_written_down(event) else "",
        is_call=ticket.channel == PHONE,
        for_colleague=notice.to.kind == "colleague",
        is_let_in=notice.why == "let-in",
        for_staff=notice.to.kind == "staff",
        among_colleagues=ticket.is_first_line,
        is_solved=ticket.status == Status.SOLVED,
        can_reply=ticket.desk.reads_mail,
        is_reply=is_reply,
        accent=ticket.desk.accent,
        choices_link="" if notice.to.kind == "colleague" else links.choices_link(ticket.desk, for_whom=notice.to.kind),
    )


def _other(told: Told) -> str:
    """The name of the other ticket, where the event is about two."""
    data = told.event.data
    number = data.get("split_from") or (data.get("other") if told.event.kind == EventKind.MERGED else None)
    return f"{told.ticket.desk.prefix}-{number}" if number else ""


def _answered_by(told: Told, language: str) -> str:
    """Where the question is; a person with a role by name and role, and the role alone where nobody holds it."""
    file = told.policy.file
    place = file.destinations[told.ticket.destination]
    if place.role not in file.roles:
        return place.name.in_(language)
    role = file.roles[place.role].name.in_(language)
    return f"{told.ticket.assignee.name} ({role})" if told.ticket.assignee is not None else role


def _due(told: Told, *, language: str, now: datetime) -> str | None:
    """The promise of an answer in words; None where nothing is promised, or the instant has passed."""
    if told.clock is None or told.clock.due_at is None or told.clock.due_at <= now:
        return None
    zone = told.ticket.desk.time_zone
    return moment_in_words(told.clock.due_at, now=now, time_zone=zone, language=language)


def _reasons(notice: Notice, told: Told, language: str) -> tuple[str, ...]:
    """Why the question is where it is: the route, and who may go there; for those whom the policy tells, its last
    reason, which is about telling.
    """
    texts = [each["text"].get(language, "") for each in told.ticket.decision.get("because", ())]
    if notice.kind == NoticeKind.FOR_KNOWLEDGE:
        return tuple(texts[-1:])
    why = tuple(text for text in texts[: 1 if told.ticket.decision.get("granted") else 2] if text)
    if notice.kind == NoticeKind.NEW_TIME:
        return _about_the_clock(told, language)
    if notice.kind == NoticeKind.DETAILS_WANTED:
        return (*why, *about_the_time(told.ticket.decision, language=language))
    return why


def _about_the_clock(told: Told, language: str) -> tuple[str, ...]:
    """What the terms say of the time that is promised."""
    name = told.clock.name if told.clock is not None else ""
    rules = {each["rule"] for each in told.ticket.decision.get("targets", ()) if each["name"] == name}
    texts = [
        each["text"].get(language, "") for each in told.ticket.decision.get("because", ()) if each["rule"] in rules
    ]
    return tuple(text for text in texts if text)


def _reservations(notice: Notice, told: Told, language: str) -> tuple[str, ...]:
    """What the terms say of a time that they do not guarantee, as that it may take longer, and of work that costs."""
    clock, decision = told.clock, told.ticket.decision
    if notice.kind not in {NoticeKind.RECEIVED, NoticeKind.MOVED} or notice.to.kind != "person":
        return ()
    rules = set()
    if clock is not None and clock.target.get("promise") != "guarantee":
        rules |= {each["rule"] for each in decision.get("targets", ()) if each["name"] == clock.name}
    billing = decision.get("billing") or {}
    if billing.get("kind") != "included":
        rules.add(billing.get("rule"))
    texts = [each["text"].get(language, "") for each in decision.get("because", ()) if each["rule"] in rules]
    return tuple(text for text in texts if text)


def _link(notice: Notice, ticket: Ticket) -> str:
    if notice.to.kind == "colleague":
        return ""
    if notice.kind == NoticeKind.DETAILS_WANTED:
        return links.details_link(ticket)
    return links.staff_link(ticket) if notice.to.kind == "staff" else links.customer_link(ticket)
