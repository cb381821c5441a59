"""Who hears of a small job, and what its mails say of it: from rows to plain values (A14)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.lists import format_list

from vaxel.domain.notices import links
from vaxel.domain.notices.audience import Notice, NoticeKind, Recipient
from vaxel.domain.notices.facts import as_recipients, holders_of_role, staff_as_recipients
from vaxel.domain.notices.job_mail import JobSaid
from vaxel.domain.notices.moments import moment_in_words
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.smalljobs.entries import spent_on
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.rates import Price
from vaxel.domain.smalljobs.spent import Spent
from vaxel.domain.smalljobs.wording import minutes_in_words, price_in_words
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.rules.policy import Policy

JOB_EVENTS: Final = frozenset(
    {
        EventKind.OFFER_MADE,
        EventKind.OFFER_WITHDRAWN,
        EventKind.OFFER_ACCEPTED,
        EventKind.OFFER_DECLINED,
        EventKind.JOB_NEARLY_SPENT,
        EventKind.JOB_DONE,
    }
)


@dataclass(frozen=True, slots=True)
class JobTold:
    """An offer with the people around it, as they are when it is told."""

    offer: Offer
    spent: Spent
    #: Who may say yes or no at the customer.
    approvers: tuple[Recipient, ...]
    #: The holders of the roles that the policy wants told; nothing that anybody chooses keeps it from them.
    role_holders: tuple[Recipient, ...]
    maker: Recipient
    #: The approvers who may not read the ticket: a link to it would lead them nowhere.
    outside: frozenset[int]


def job_told(event: Event, *, policy: Policy, today: date, language: str) -> JobTold | None:
    """What there is to tell of the offer that an event is about; None for an event about anything else."""
    if event.kind not in JOB_EVENTS:
        return None
    offer = Offer.unscoped.select_related("made_by__account").get(pk=event.data["offer"])
    may = Person.unscoped.filter(organisation=offer.organisation_id, may_approve=True, is_active=True)
    approvers = list(may.select_related("account", "organisation").order_by("name", "pk"))
    return JobTold(
        offer=offer,
        spent=spent_on(offer),
        approvers=tuple(as_recipients(approvers, language)),
        role_holders=_role_holders(event.ticket, policy=policy, today=today, language=language),
        maker=staff_as_recipients([offer.made_by], language)[0],
        outside=frozenset(
            each.pk for each in approvers if not each.may_see_organisation and each.pk != event.ticket.requester_id
        ),
    )


def _role_holders(ticket: Ticket, *, policy: Policy, today: date, language: str) -> tuple[Recipient, ...]:
    terms = policy.file.small_jobs
    roles = () if terms is None else terms.notify
    ids = [holder for role in roles for holder in holders_of_role(ticket, role=role, policy=policy, today=today)]
    staff = Staff.unscoped.filter(pk__in=ids).select_related("account").order_by("pk")
    return tuple(staff_as_recipients(list(staff), language))


def job_said(notice: Notice, job: JobTold, *, ticket: Ticket, event: str, now: datetime) -> JobSaid:
    """The offer in words, for this recipient: only whoever may answer gets the link that answers."""
    offer, language = job.offer, notice.to.language
    may_answer = notice.kind == NoticeKind.JOB_OFFERED and notice.why == "may-approve" and notice.to.id is not None
    prepaid = offer.paid_by == Offer.PaidBy.PREPAID
    price = Price(offer.per_hour, offer.currency)
    return JobSaid(
        event=event,
        what=offer.what,
        time=minutes_in_words(offer.minutes, language=language),
        price="" if prepaid else price_in_words(price, minutes=offer.minutes, language=language),
        valid_until=moment_in_words(offer.valid_until, now=now, time_zone=ticket.desk.time_zone, language=language),
        answered_by=offer.answered_by_name,
        why_not=offer.why_not,
        used=minutes_in_words(job.spent.used, language=language) if offer.answered_at else "",
        left=minutes_in_words(job.spent.left, language=language) if offer.answered_at else "",
        approvers=format_list([each.name for each in job.approvers], style="or", locale=language),
        answer_link=links.offer_link(offer, ticket=ticket, person_id=notice.to.id)
        if may_answer and notice.to.id is not None
        else "",
    )
