"""Offers: what may be offered, who may say yes, and what a yes leads to (A14)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests import factories as world
from tests.domain.smalljobs.jobs_world import NOW, Small, make_small
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.models import Person
from vaxel.domain.smalljobs import prepaid
from vaxel.domain.smalljobs.models import Offer
from vaxel.domain.smalljobs.offers import (
    JobNotAgreedError,
    NobodyMayApproveError,
    NoPriceError,
    NoSmallJobError,
    OfferAnsweredError,
    OfferExpiredError,
    OfferMissingError,
    Proposal,
    accept_offer,
    decline_offer,
    finish_job,
    make_offer,
    withdraw_offer,
)
from vaxel.domain.smalljobs.rates import CurrencyChangedError, agree_on_card, set_rate
from vaxel.domain.smalljobs.work import start_work
from vaxel.domain.tickets.models import Event, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return make_small()


def events(small: Small) -> list[str]:
    return list(Event.unscoped.filter(ticket=small.ticket).order_by("pk").values_list("kind", flat=True))


def test_offer_moves_the_ticket_to_where_a_job_of_its_size_belongs(small: Small) -> None:
    before = Ticket.unscoped.get(pk=small.ticket.pk)

    small.offer(minutes=30)

    after = Ticket.unscoped.get(pk=small.ticket.pk)
    assert (before.destination, after.destination) == ("account-manager", "support")
    assert (after.facts["declared"]["effort"], after.version) == (30, before.version + 1)
    assert events(small) == ["opened", "offer-made"]


def test_offer_keeps_the_price_of_the_day_it_was_made(small: Small) -> None:
    offer = small.offer()
    set_rate(
        small.desk, card="Konsult", currency="SEK", per_hour=Decimal(1500), starts_on=NOW.date(), by=SYSTEM, now=NOW
    )

    kept = Offer.unscoped.get(pk=offer.pk)
    assert (kept.per_hour, kept.currency, kept.valid_until) == (Decimal(1200), "SEK", NOW + timedelta(days=30))
    assert small.offer().per_hour == Decimal(1500)


def test_organisation_with_its_own_card_has_its_own_price(small: Small) -> None:
    card = set_rate(
        small.desk,
        card="Ramavtal",
        currency="SEK",
        per_hour=Decimal(950),
        starts_on=date(2026, 1, 1),
        by=SYSTEM,
        now=NOW,
    )
    agree_on_card(small.asker.organisation, card=card, by=SYSTEM, now=NOW)

    assert small.offer().per_hour == Decimal(950)


def test_rate_card_keeps_its_currency(small: Small) -> None:
    with pytest.raises(CurrencyChangedError):
        set_rate(
            small.desk, card="Konsult", currency="EUR", per_hour=Decimal(90), starts_on=NOW.date(), by=SYSTEM, now=NOW
        )


@pytest.mark.parametrize(
    ("minutes", "problem", "belongs_to"),
    [(119, "", ""), (120, "elsewhere", "account-manager"), (200_000, "no-such-number", "")],
)
def test_offer_larger_than_the_terms_allow_is_refused(minutes: int, problem: str, belongs_to: str) -> None:
    small = make_small()
    if not problem:
        assert small.offer(minutes=minutes).minutes == minutes
        return

    with pytest.raises(NoSmallJobError) as caught:
        small.offer(minutes=minutes)

    decision = caught.value.decision
    assert (caught.value.problem, decision.destination if decision else "") == (problem, belongs_to)
    assert Offer.unscoped.count() == 0


def test_offer_for_what_the_agreement_includes_is_refused(small: Small) -> None:
    ticket = world.ask(small.asker)

    with pytest.raises(NoSmallJobError) as caught:
        make_offer(
            Proposal(what="Rätta felet", minutes=30),
            scope=world.desk_scope(small.desk),
            number=ticket.number,
            by=world.actor(small.agent),
            now=NOW,
        )

    assert caught.value.problem == "no-charge"


def test_offer_that_nobody_may_accept_is_refused(small: Small) -> None:
    Person.unscoped.filter(pk=small.approver.pk).update(may_approve=False)

    with pytest.raises(NobodyMayApproveError):
        small.offer()


def test_offer_without_a_price_is_refused() -> None:
    with pytest.raises(NoPriceError):
        make_small(price=False).offer()


def test_second_offer_takes_the_place_of_the_first(small: Small) -> None:
    first, second = small.offer(minutes=20), small.offer(minutes=40)

    assert [Offer.unscoped.get(pk=each.pk).state for each in (first, second)] == ["withdrawn", "made"]
    with pytest.raises(OfferAnsweredError):
        small.agree(first)


def test_yes_is_kept_with_who_gave_it_and_when(small: Small) -> None:
    offer = small.agree(small.offer())

    kept = Offer.unscoped.get(pk=offer.pk)
    assert (kept.state, kept.answered_by_id, kept.answered_by_name, kept.answered_at) == (
        "accepted",
        small.approver.pk,
        "Gun Palm",
        NOW,
    )


def test_second_yes_changes_nothing(small: Small) -> None:
    offer = small.offer()

    small.agree(offer)
    small.agree(offer)

    assert events(small) == ["opened", "offer-made", "offer-accepted"]


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_person_without_the_right_finds_no_offer_to_answer(small: Small, answer: object) -> None:
    offer = small.offer()

    with pytest.raises(OfferMissingError):
        answer(  # type: ignore[operator]  # both doors take the same
            scope=world.customer_scope(small.asker),
            offer_id=offer.pk,
            person_id=small.asker.pk,
            by=world.actor(small.asker),
            now=NOW,
        )


def test_t42_approver_of_another_organisation_finds_no_offer(small: Small) -> None:
    stranger = world.make_person(world.make_organisation(small.desk), may_approve=True)
    offer = small.offer()

    with pytest.raises(OfferMissingError):
        accept_offer(
            scope=world.customer_scope(stranger),
            offer_id=offer.pk,
            person_id=stranger.pk,
            by=world.actor(stranger),
            now=NOW,
        )


def test_offer_whose_last_day_has_passed_takes_no_yes(small: Small) -> None:
    offer = small.offer()

    with pytest.raises(OfferExpiredError):
        accept_offer(
            scope=world.customer_scope(small.approver),
            offer_id=offer.pk,
            person_id=small.approver.pk,
            by=world.actor(small.approver),
            now=NOW + timedelta(days=30),
        )


def test_no_is_kept_with_its_reason_and_work_stays_closed(small: Small) -> None:
    offer = decline_offer(
        scope=world.customer_scope(small.approver),
        offer_id=small.offer().pk,
        person_id=small.approver.pk,
        why_not="Vi gör det själva.",
        by=world.actor(small.approver),
        now=NOW,
    )

    assert (Offer.unscoped.get(pk=offer.pk).why_not, events(small)[-1]) == ("Vi gör det själva.", "offer-declined")
    with pytest.raises(JobNotAgreedError):
        start_work(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=NOW)


def test_offer_that_was_taken_back_cannot_be_accepted(small: Small) -> None:
    offer = small.offer()
    withdraw_offer(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=NOW)

    with pytest.raises(OfferAnsweredError):
        small.agree(offer)


def test_database_refuses_a_job_without_a_yes(small: Small) -> None:
    offer = small.offer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.unscoped.filter(pk=offer.pk).update(state="accepted")


def test_prepaid_hours_are_set_aside_at_the_yes_and_given_back_when_done(small: Small) -> None:
    organisation = small.asker.organisation
    prepaid.buy_hours(organisation, minutes=100, by=SYSTEM, now=NOW)
    offer = small.agree(small.offer(minutes=60, paid_by="prepaid"))
    set_aside = prepaid.balance(organisation_id=organisation.pk)

    finish_job(scope=world.desk_scope(small.desk), offer_id=offer.pk, by=world.actor(small.agent), now=NOW)

    assert (set_aside, prepaid.balance(organisation_id=organisation.pk)) == (40, 100)


def test_prepaid_hours_never_go_below_zero(small: Small) -> None:
    organisation = small.asker.organisation
    prepaid.buy_hours(organisation, minutes=60, by=SYSTEM, now=NOW)
    offer = small.offer(minutes=60, paid_by="prepaid")
    prepaid.correct_hours(organisation, minutes=-10, note="Felräknat", by=SYSTEM, now=NOW)

    with pytest.raises(prepaid.NotEnoughHoursError) as caught:
        small.agree(offer)

    assert (caught.value.left, Offer.unscoped.get(pk=offer.pk).state) == (50, "made")
