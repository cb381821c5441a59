"""Small jobs under every order of doors: no time before a yes, never more than agreed, right sums, each row invoiced
once (A14).
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import factories as world
from tests.domain.smalljobs.jobs_world import NOW, Small, ask_for_work, make_small
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.smalljobs import prepaid, work
from vaxel.domain.smalljobs.invoicing import close_period, rows_of_period
from vaxel.domain.smalljobs.models import HourEntry, InvoicePeriod, Offer, WorkEntry
from vaxel.domain.smalljobs.offers import (
    ClockRunsError,
    JobNotAgreedError,
    OfferAnsweredError,
    OfferExpiredError,
    Proposal,
    accept_offer,
    decline_offer,
    finish_job,
    make_offer,
    withdraw_offer,
)

pytestmark = pytest.mark.django_db

State = Offer.State
#: What a door may say no with; anything else is a fault of its own.
REFUSALS: Final = (
    JobNotAgreedError,
    OfferAnsweredError,
    OfferExpiredError,
    ClockRunsError,
    prepaid.NotEnoughHoursError,
    work.SpentError,
    work.ClockElsewhereError,
    work.EntryMissingError,
)
MINUTES = st.integers(1, 45)


class Histories(RuleBasedStateMachine):
    """Offers on one ticket, two agents who work on them, an approver, and invoicing. Time only goes on."""

    base: Small

    @initialize()
    def begin(self) -> None:
        organisation = world.make_organisation(self.base.desk)
        asker = world.make_person(organisation)
        approver = world.make_person(organisation, contact=False, certified=False, may_approve=True)
        self.small = replace(self.base, asker=asker, approver=approver, ticket=ask_for_work(asker))
        self.agents = [world.actor(world.make_staff(self.base.desk)) for _ in range(2)]
        self.scope = world.desk_scope(self.base.desk)
        last = InvoicePeriod.unscoped.filter(desk=self.base.desk).order_by("-until").first()
        self.now: datetime = NOW if last is None else last.until + timedelta(hours=1)
        self.invoiced: dict[int, set[int]] = {}

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 5, 20, 24 * 60 * 40]))
    def time_goes_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=MINUTES, paid_by=st.sampled_from(["invoice", "prepaid"]))
    def offer(self, minutes: int, paid_by: str) -> None:
        proposal = Proposal(what="Återställ filtret", minutes=minutes, paid_by=paid_by)
        number, by = self.small.ticket.number, self.agents[0]
        self.unless_refused(lambda: make_offer(proposal, scope=self.scope, number=number, by=by, now=self.now))

    @precondition(lambda self: self.offers(State.MADE))
    @rule(answer=st.sampled_from(["yes", "yes", "no", "withdrawn"]))
    def answered(self, answer: str) -> None:
        (offer,) = self.offers(State.MADE)
        if answer == "withdrawn":
            withdraw_offer(scope=self.scope, offer_id=offer.pk, by=self.agents[0], now=self.now)
            return
        person, door = self.small.approver, accept_offer if answer == "yes" else decline_offer
        scope, by = world.customer_scope(person), world.actor(person)
        self.unless_refused(lambda: door(scope=scope, offer_id=offer.pk, person_id=person.pk, by=by, now=self.now))

    @precondition(lambda self: self.offers())
    @rule(which=st.integers(0, 9), who=st.integers(0, 1))
    def starts(self, which: int, who: int) -> None:
        offer = self.one_of(which)
        self.unless_refused(
            lambda: work.start_work(scope=self.scope, offer_id=offer.pk, by=self.agents[who], now=self.now)
        )

    @precondition(lambda self: self.offers())
    @rule(which=st.integers(0, 9), who=st.integers(0, 1))
    def stops(self, which: int, who: int) -> None:
        offer = self.one_of(which)
        self.unless_refused(
            lambda: work.stop_work(scope=self.scope, offer_id=offer.pk, by=self.agents[who], now=self.now)
        )

    @precondition(lambda self: self.offers(State.ACCEPTED))
    @rule()
    def worker_looks(self) -> None:
        for offer in self.offers(State.ACCEPTED):
            work.stop_if_spent(offer_id=offer.pk, by=SYSTEM, now=self.now)

    @precondition(lambda self: self.offers())
    @rule(which=st.integers(0, 9), minutes=MINUTES, ago=st.integers(0, 90))
    def logs(self, which: int, minutes: int, ago: int) -> None:
        offer, at = self.one_of(which), self.now - timedelta(minutes=ago)
        self.unless_refused(
            lambda: work.log_time(
                scope=self.scope, offer_id=offer.pk, minutes=minutes, worked_at=at, by=self.agents[1], now=self.now
            )
        )

    @precondition(lambda self: self.rows())
    @rule(which=st.integers(0, 9), minutes=st.integers(0, 60))
    def corrects(self, which: int, minutes: int) -> None:
        entry, by = self.rows()[which % len(self.rows())], self.agents[0]
        self.unless_refused(
            lambda: work.correct_time(
                scope=self.scope, entry_id=entry.pk, minutes=minutes, note="Rast", by=by, now=self.now
            )
        )

    @precondition(lambda self: self.offers())
    @rule(which=st.integers(0, 9))
    def finishes(self, which: int) -> None:
        offer = self.one_of(which)
        self.unless_refused(lambda: finish_job(scope=self.scope, offer_id=offer.pk, by=self.agents[0], now=self.now))

    @rule(minutes=MINUTES)
    def buys(self, minutes: int) -> None:
        prepaid.buy_hours(self.small.asker.organisation, minutes=minutes, by=self.agents[0], now=self.now)

    @rule()
    def invoices(self) -> None:
        self.now += timedelta(minutes=1)
        period = close_period(self.base.desk, until=self.now, by=self.agents[0], now=self.now)
        self.invoiced[period.pk] = self.pks_in(period.pk)

    # --- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def no_time_before_a_yes(self) -> None:
        for entry in WorkEntry.unscoped.filter(offer__in=self.offers()).select_related("offer"):
            assert entry.offer.answered_at is not None
            assert entry.started_at >= entry.offer.answered_at
            assert entry.offer.state in {State.ACCEPTED, State.DONE}

    @invariant()
    def never_more_than_agreed(self) -> None:
        for offer in self.offers():
            assert 0 <= self.used(offer) <= offer.minutes

    @invariant()
    def bought_hours_are_those_that_jobs_have_not_used(self) -> None:
        taken = sum(
            offer.minutes if offer.state == State.ACCEPTED else self.used(offer)
            for offer in self.offers(State.ACCEPTED, State.DONE)
            if offer.paid_by == Offer.PaidBy.PREPAID
        )
        bought = HourEntry.unscoped.filter(organisation=self.small.asker.organisation_id, kind="bought")
        left = prepaid.balance(organisation_id=self.small.asker.organisation_id)
        assert left == (bought.aggregate(total=Sum("minutes"))["total"] or 0) - taken
        assert left >= 0

    @invariant()
    def finished_jobs_have_no_clock(self) -> None:
        assert not WorkEntry.unscoped.filter(offer__in=self.offers(State.DONE), ended_at=None).exists()

    @invariant()
    def a_closed_period_keeps_its_rows_and_each_row_is_invoiced_once(self) -> None:
        for period_id, pks in self.invoiced.items():
            assert self.pks_in(period_id) == pks
        told = [row for each in (*self.invoiced, None) for row in rows_of_period(self.scope, period_id=each)]
        mine = [row for row in told if row.organisation == self.small.asker.organisation.name]
        finished = WorkEntry.unscoped.filter(offer__in=self.offers()).exclude(ended_at=None)
        assert sorted(row.minutes for row in mine) == sorted(finished.values_list("minutes", flat=True))

    # --- reading ----------------------------------------------------------------------------------------------------

    def unless_refused(self, door: Callable[[], object]) -> None:
        """Every refusal leaves all as it was: the invariants are asked afterwards."""
        with suppress(*REFUSALS):
            door()

    def offers(self, *states: str) -> list[Offer]:
        found = Offer.unscoped.filter(ticket=self.small.ticket).order_by("pk")
        return list(found.filter(state__in=states) if states else found)

    def one_of(self, which: int) -> Offer:
        """The newest most often."""
        newest_first = self.offers()[::-1]
        return newest_first[which % len(newest_first)] if which > 5 else newest_first[0]

    def rows(self) -> list[WorkEntry]:
        return list(WorkEntry.unscoped.filter(offer__in=self.offers(), corrects=None).exclude(ended_at=None))

    def used(self, offer: Offer) -> int:
        return WorkEntry.unscoped.filter(offer=offer).aggregate(total=Sum("minutes"))["total"] or 0

    def pks_in(self, period_id: int) -> set[int]:
        return set(WorkEntry.unscoped.filter(period=period_id).values_list("pk", flat=True))


def test_every_history_of_a_small_job_is_a_right_one() -> None:
    Histories.base = make_small()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
