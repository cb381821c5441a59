"""Offers: made on a ticket, answered by somebody at the customer who may say yes, and done or not.

    made ──accept──> accepted ──finish──> done
      ├──decline──> declined
      └──withdraw, or another offer──> withdrawn

A yes comes from a person with the right to give it, and from nobody else: no door here takes one from staff.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from vaxel.domain.audit.actor import Actor
from vaxel.domain.desks.models import Desk
from vaxel.domain.desks.policies import policy_version
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs import prepaid
from vaxel.domain.smalljobs.entries import spent_on, stop_clocks, write_entry
from vaxel.domain.smalljobs.models import Offer, WorkEntry
from vaxel.domain.smalljobs.rates import Price, price_for
from vaxel.domain.tickets.events import EventKind, record_event
from vaxel.domain.tickets.facts import facts_from_json
from vaxel.domain.tickets.locking import lock_ticket, store_change
from vaxel.domain.tickets.models import Ticket
from vaxel.domain.tickets.redeciding import DECIDED, decide_again, go_where_it_belongs, policy_for, version_for
from vaxel.domain.tickets.status import DONE
from vaxel.kit.tenancy import Scope
from vaxel.rules.policy.decision import Decision
from vaxel.rules.policy.small_jobs import Judged, judge_any_job, judge_job

State = Offer.State
PaidBy = Offer.PaidBy
#: The number of days an offer stands where the policy does not say.
_USUAL_DAYS: Final = 30


class NoSmallJobError(RuntimeError):
    """The terms know no such job: `problem` is one of `Judged`'s, `decision` where a job of that size belongs."""

    def __init__(self, problem: str, decision: Decision | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.decision = decision


class NoPriceError(RuntimeError):
    """The desk has not said what an hour costs."""


class NobodyMayApproveError(RuntimeError):
    """Nobody at the organisation may say yes: an offer would wait for ever."""


class OfferMissingError(LookupError):
    """No such offer for whoever asks. Views answer 404."""


class OfferAnsweredError(RuntimeError):
    """The offer does not wait for an answer any more; `offer` is as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer.state)
        self.offer = offer


class OfferExpiredError(RuntimeError):
    """Its last day has passed: staff make another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What staff offer: at most `minutes` of work, described in `what`."""

    what: str
    minutes: int
    paid_by: str = PaidBy.INVOICE.value
    #: None: as many days as the policy says.
    valid_until: datetime | None = None


def why_no_offer(ticket: Ticket, *, desk: Desk, now: datetime) -> NoSmallJobError | None:
    """Why the terms take no offer on the ticket, however small or large; None where they take one. No query."""
    if ticket.status in DONE:
        return NoSmallJobError("finished", None)
    judged = judge_any_job(policy_for(ticket, desk=desk), facts_from_json(ticket.facts), now=now)
    return NoSmallJobError(judged.problem, judged.decision) if judged.problem else None


@transaction.atomic(durable=True)
def make_offer(
    proposal: Proposal, *, scope: Scope, number: int, by: Actor, now: datetime, seen_version: int | None = None
) -> Offer:
    """Offer work on a ticket. It replaces one that waits, and the ticket goes where a job of that size belongs.

    The price is that of today and stays. Raises TicketMissingError, ChangedMeanwhileError, NoSmallJobError,
    NoPriceError, NobodyMayApproveError, and NotEnoughHoursError for bought hours that would not do.
    """
    ticket = lock_ticket(scope=scope, number=number, seen_version=seen_version)
    desk = Desk.objects.get(pk=ticket.desk_id)
    version = version_for(ticket, desk=desk)
    judged = judge(ticket, version=version, minutes=proposal.minutes, now=now)
    if not approvers(organisation_id=ticket.organisation_id):
        raise NobodyMayApproveError
    price = _price(proposal, ticket, desk, now=now)
    _withdraw_open(ticket)
    terms = policy_version(version).file.small_jobs
    days = timedelta(days=terms.valid_days if terms else _USUAL_DAYS)
    offer = Offer.objects.create(
        desk=desk,
        organisation_id=ticket.organisation_id,
        ticket=ticket,
        what=proposal.what,
        minutes=proposal.minutes,
        paid_by=proposal.paid_by,
        per_hour=price.per_hour,
        currency=price.currency,
        valid_until=proposal.valid_until or now + days,
        made_by_id=staff_of(by),
        made_by_name=by.name,
        made_at=now,
    )
    _place(ticket, judged, desk=desk, version=version, now=now)
    record_event(EventKind.OFFER_MADE, ticket=ticket, by=by, now=now, offer=offer.pk)
    return offer


def staff_of(by: Actor) -> int:
    """Whose work it is. Raises ValueError for anybody but staff."""
    if by.kind != "staff" or by.id is None:
        raise ValueError(by.kind)
    return by.id


def judge(ticket: Ticket, *, version: int, minutes: int, now: datetime) -> Judged:
    """Whether the terms allow the job. Raises NoSmallJobError where they do not, or the ticket is finished."""
    if ticket.status in DONE:
        raise NoSmallJobError("finished", None)
    judged = judge_job(policy_version(version), facts_from_json(ticket.facts), minutes=minutes, now=now)
    if judged.problem:
        raise NoSmallJobError(judged.problem, judged.decision)
    return judged


def approvers(*, organisation_id: int) -> list[Person]:
    """Who at an organisation may say yes to work that costs."""
    return list(may_approve(organisation_id=organisation_id))


def may_approve(*, organisation_id: int) -> QuerySet[Person]:
    """The same, to be read with something else about them."""
    rows = Person.unscoped.filter(organisation=organisation_id, may_approve=True, is_active=True)
    return rows.order_by("name", "pk")


def _price(proposal: Proposal, ticket: Ticket, desk: Desk, *, now: datetime) -> Price:
    today = desk.day_of(now)
    price = price_for(organisation_id=ticket.organisation_id, desk_id=desk.pk, today=today)
    if proposal.paid_by == PaidBy.PREPAID:
        left = prepaid.balance(organisation_id=ticket.organisation_id)
        if left < proposal.minutes:
            raise prepaid.NotEnoughHoursError(left)
        return Price(Decimal(0), price.currency if price else "")
    if price is None:
        raise NoPriceError
    return price


def _withdraw_open(ticket: Ticket) -> None:
    """A new offer takes the place of the one that waits; the customer reads of the new one only."""
    for offer in Offer.unscoped.select_for_update().filter(ticket=ticket, state=State.MADE):
        offer.state = State.WITHDRAWN
        offer.save(update_fields=["state"])


def _place(ticket: Ticket, judged: Judged, *, desk: Desk, version: int, now: datetime) -> None:
    """The estimate is a fact that staff have given: the policy decides with it."""
    if judged.facts is None:
        return
    decision = decide_again(ticket, version=version, facts=judged.facts, now=now)
    go_where_it_belongs(ticket, desk=desk, decision=decision, now=now)
    store_change(ticket, *DECIDED, now=now)


@transaction.atomic(durable=True)
def withdraw_offer(*, scope: Scope, offer_id: int, by: Actor, now: datetime) -> Offer:
    """Take an offer back that nobody has answered. Raises OfferMissingError and OfferAnsweredError."""
    offer = lock_offer(scope=scope, offer_id=offer_id)
    if offer.state != State.MADE:
        raise OfferAnsweredError(offer)
    offer.state, offer.ended_at = State.WITHDRAWN, now
    offer.save(update_fields=["state", "ended_at"])
    record_event(EventKind.OFFER_WITHDRAWN, ticket=offer.ticket, by=by, now=now, offer=offer.pk)
    return offer


@transaction.atomic(durable=True)
def accept_offer(*, scope: Scope, offer_id: int, person_id: int, by: Actor, now: datetime) -> Offer:
    """Somebody who may says yes: work may begin. A second yes changes nothing.

    A job that was agreed before on the same ticket ends with it: its time was used up, or it is replaced; whoever works
    on it goes on with the new one. Raises OfferMissingError also for a person without the right, OfferAnsweredError,
    OfferExpiredError, NotEnoughHoursError.
    """
    offer = _answerable(scope=scope, offer_id=offer_id, person_id=person_id, now=now, same=State.ACCEPTED)
    if offer.state == State.ACCEPTED:
        return offer
    at_work: list[WorkEntry] = []
    for earlier in Offer.unscoped.select_for_update().filter(ticket=offer.ticket_id, state=State.ACCEPTED):
        at_work += stop_clocks(earlier, now=now)
        _end(earlier, by=by, now=now)
    if offer.paid_by == PaidBy.PREPAID:
        prepaid.set_aside(offer, by=by, now=now)
    _answer(offer, State.ACCEPTED, person_id=person_id, by=by, now=now)
    for entry in at_work:
        write_entry(offer, staff_id=entry.staff_id, staff_name=entry.staff_name, started_at=now, now=now)
    record_event(EventKind.OFFER_ACCEPTED, ticket=offer.ticket, by=by, now=now, offer=offer.pk)
    return offer


@transaction.atomic(durable=True)
def decline_offer(*, scope: Scope, offer_id: int, person_id: int, why_not: str = "", by: Actor, now: datetime) -> Offer:
    """Somebody who may says no. Raises as `accept_offer`."""
    offer = _answerable(scope=scope, offer_id=offer_id, person_id=person_id, now=now, same=State.DECLINED)
    if offer.state == State.DECLINED:
        return offer
    offer.why_not = why_not
    _answer(offer, State.DECLINED, person_id=person_id, by=by, now=now)
    record_event(EventKind.OFFER_DECLINED, ticket=offer.ticket, by=by, now=now, offer=offer.pk)
    return offer


def _answerable(*, scope: Scope, offer_id: int, person_id: int, now: datetime, same: State) -> Offer:
    """The offer, locked, if this person may answer it now, or has given the same answer already."""
    offer = lock_offer(scope=scope, offer_id=offer_id)
    may = Person.unscoped.filter(
        pk=person_id, organisation=offer.organisation_id, may_approve=True, is_active=True
    ).exists()
    if not may:
        raise OfferMissingError(offer_id)
    if offer.state == same:
        return offer
    if offer.state != State.MADE:
        raise OfferAnsweredError(offer)
    if offer.valid_until <= now:
        raise OfferExpiredError
    return offer


def _answer(offer: Offer, state: State, *, person_id: int, by: Actor, now: datetime) -> None:
    offer.state = state
    offer.answered_by_id, offer.answered_by_name, offer.answered_at = person_id, by.name, now
    offer.save(update_fields=["state", "answered_by", "answered_by_name", "answered_at", "why_not"])


@transaction.atomic(durable=True)
def finish_job(*, scope: Scope, offer_id: int, by: Actor, now: datetime) -> Offer:
    """The work is done; bought hours that it did not need go back. A second call changes nothing.

    Raises OfferMissingError, JobNotAgreedError without a yes, and ClockRunsError while somebody works on it.
    """
    offer = lock_offer(scope=scope, offer_id=offer_id)
    if offer.state == State.DONE:
        return offer
    if offer.state != State.ACCEPTED:
        raise JobNotAgreedError(offer)
    if WorkEntry.unscoped.filter(offer=offer, ended_at=None).exists():
        raise ClockRunsError(offer.pk)
    _end(offer, by=by, now=now)
    record_event(EventKind.JOB_DONE, ticket=offer.ticket, by=by, now=now, offer=offer.pk)
    return offer


class JobNotAgreedError(RuntimeError):
    """No work without a yes (A14); `offer` is as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer.state)
        self.offer = offer


class ClockRunsError(RuntimeError):
    """Somebody works on the job right now."""


def _end(offer: Offer, *, by: Actor, now: datetime) -> None:
    if offer.paid_by == PaidBy.PREPAID:
        prepaid.give_back(offer, used=spent_on(offer).used, by=by, now=now)
    offer.state, offer.ended_at = State.DONE, now
    offer.save(update_fields=["state", "ended_at"])


def lock_offer(*, scope: Scope, offer_id: int) -> Offer:
    """The offer, held until the transaction ends. The ticket is locked first, as every door does.

    Raises OfferMissingError.
    """
    number = Offer.objects.within(scope).filter(pk=offer_id).values_list("ticket__number", flat=True).first()
    if number is None:
        raise OfferMissingError(offer_id)
    ticket = lock_ticket(scope=scope, number=number)
    offer = Offer.objects.within(scope).select_for_update(of=("self",)).select_related("organisation").get(pk=offer_id)
    offer.ticket = ticket
    return offer
