"""Seats given, waited for and taken back; deputies and successors by day."""

from datetime import date, timedelta

import pytest

from tests import factories as world
from vaxel.domain.administration.models import SeatChange, SeatWish
from vaxel.domain.administration.seat_changes import (
    Change,
    ChangeRefusedError,
    Refusal,
    call_off,
    plan_change,
    settle_due,
)
from vaxel.domain.administration.seating import ask_for_seat, let_go, take_back, withdraw_wish
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.people.appointing import describe_person
from vaxel.domain.people.facts import customer_facts
from vaxel.domain.people.models import Agreement, Organisation, Person, Seat

TODAY = date(2026, 11, 19)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def make_person(organisation: Organisation, name: str) -> Person:
    return world.make_person(organisation, name=name, contact=False, certified=False)


def contacts(agreement: Agreement) -> dict[int, str]:
    """Names by the number of their seat."""
    return dict(Seat.unscoped.filter(agreement=agreement).order_by("number").values_list("number", "person__name"))


def waiting(agreement: Agreement) -> list[str]:
    return list(SeatWish.unscoped.filter(agreement=agreement).order_by("since").values_list("person__name", flat=True))


@pytest.fixture
def people(organisation: Organisation, agreement: Agreement) -> dict[str, Person]:
    """Maj and Bo have the two seats; Ove, Siv and Lo have none."""
    found = {name: make_person(organisation, name) for name in ("Maj", "Bo", "Ove", "Siv", "Lo")}
    for name in ("Maj", "Bo"):
        ask_for_seat(found[name], agreement=agreement, by=SYSTEM, now=world.NOW)
    return found


def plan(
    people: dict[str, Person], agreement: Agreement, *, to: str, starts: int, ends: int | None = None
) -> SeatChange:
    change = Change(
        agreement=agreement,
        holder=people["Maj"],
        successor=people[to],
        starts_on=day(starts),
        ends_on=None if ends is None else day(ends),
    )
    return plan_change(change, by=SYSTEM, now=world.NOW)


def on(number: int) -> None:
    settle_due(now=world.NOW + timedelta(days=number))


def test_seat_that_is_freed_goes_to_whoever_has_waited_longest(people: dict[str, Person], agreement: Agreement) -> None:
    for minutes, name in enumerate(("Ove", "Siv", "Ove")):
        ask_for_seat(people[name], agreement=agreement, by=SYSTEM, now=world.NOW + timedelta(minutes=minutes))
    assert waiting(agreement) == ["Ove", "Siv"]

    take_back(people["Maj"], agreement=agreement, by=SYSTEM, now=world.NOW)

    assert (contacts(agreement), waiting(agreement)) == ({1: "Ove", 2: "Bo"}, ["Siv"])


def test_line_is_left_by_those_who_withdraw_or_leave(people: dict[str, Person], agreement: Agreement) -> None:
    for minutes, name in enumerate(("Ove", "Siv", "Lo")):
        ask_for_seat(people[name], agreement=agreement, by=SYSTEM, now=world.NOW + timedelta(minutes=minutes))
    withdraw_wish(people["Ove"], agreement=agreement, by=SYSTEM, now=world.NOW)
    describe_person(people["Siv"], profile={"is_active": False}, by=SYSTEM, now=world.NOW)

    let_go(people["Bo"], by=SYSTEM, now=world.NOW)

    assert (contacts(agreement), waiting(agreement)) == ({1: "Maj", 2: "Lo"}, [])


def test_more_seats_are_filled_from_the_line(people: dict[str, Person], agreement: Agreement) -> None:
    ask_for_seat(people["Ove"], agreement=agreement, by=SYSTEM, now=world.NOW)
    Agreement.unscoped.filter(pk=agreement.pk).update(seats=3)

    on(0)

    assert contacts(agreement) == {1: "Maj", 2: "Bo", 3: "Ove"}


def test_deputy_has_the_seat_on_the_days_of_leave(people: dict[str, Person], agreement: Agreement) -> None:
    plan(people, agreement, to="Ove", starts=3, ends=5)
    seen = []
    for number in range(2, 8):
        on(number)
        seen.append(contacts(agreement)[1])

    assert seen == ["Maj", "Ove", "Ove", "Ove", "Maj", "Maj"]


def test_standing_follows_the_seat(people: dict[str, Person], agreement: Agreement) -> None:
    plan(people, agreement, to="Ove", starts=0, ends=5)

    standing = {
        name: customer_facts(
            person_id=people[name].pk, desk_id=agreement.desk_id, product="suite", today=TODAY
        ).standing
        for name in ("Maj", "Ove")
    }
    assert standing == {"Maj": "user", "Ove": "contact"}


def test_successor_shares_the_seat_as_long_as_the_plan_allows(people: dict[str, Person], agreement: Agreement) -> None:
    plan(people, agreement, to="Ove", starts=2)
    seen = {}
    for number in (1, 2, 15, 16):
        on(number)
        seen[number] = contacts(agreement)

    both = {1: "Maj", 2: "Bo", 3: "Ove"}
    assert seen == {1: {1: "Maj", 2: "Bo"}, 2: both, 15: both, 16: {1: "Ove", 2: "Bo"}}


@pytest.mark.parametrize(("ends", "kept"), [(None, "Maj"), (9, "Maj")])
def test_change_that_is_called_off_leaves_the_seat_with_its_holder(
    people: dict[str, Person], agreement: Agreement, ends: int | None, kept: str
) -> None:
    change = plan(people, agreement, to="Ove", starts=0, ends=ends)

    call_off(change, by=SYSTEM, now=world.NOW)

    assert contacts(agreement) == {1: kept, 2: "Bo"}


def test_seat_of_a_holder_who_left_meanwhile_goes_to_the_next(people: dict[str, Person], agreement: Agreement) -> None:
    plan(people, agreement, to="Ove", starts=0, ends=2)
    describe_person(people["Maj"], profile={"is_active": False}, by=SYSTEM, now=world.NOW)
    ask_for_seat(people["Siv"], agreement=agreement, by=SYSTEM, now=world.NOW)

    on(3)

    assert contacts(agreement) == {1: "Siv", 2: "Bo"}


@pytest.mark.parametrize(
    ("to", "starts", "ends", "why"),
    [
        ("Bo", 1, None, Refusal.HAS_SEAT),
        ("Maj", 1, None, Refusal.SAME_PERSON),
        ("Ove", -1, None, Refusal.IN_THE_PAST),
        ("Ove", 1, 0, Refusal.ENDS_BEFORE),
        ("Ove", 800, None, Refusal.TOO_FAR),
    ],
)
def test_change_without_sense_is_refused(
    people: dict[str, Person], agreement: Agreement, to: str, starts: int, ends: int | None, why: Refusal
) -> None:
    with pytest.raises(ChangeRefusedError) as refused:
        plan(people, agreement, to=to, starts=starts, ends=ends)

    assert refused.value.why == why


@pytest.mark.parametrize(("ended", "starts", "ends"), [(-1, 0, 5), (-1, 0, None), (3, 4, 5), (3, 4, None)])
def test_change_of_a_seat_of_an_agreement_that_has_ended_by_then_is_refused(
    people: dict[str, Person], agreement: Agreement, ended: int, starts: int, ends: int | None
) -> None:
    """What was read before somebody ended the agreement counts for nothing."""
    Agreement.unscoped.filter(pk=agreement.pk).update(ends_on=day(ended))

    with pytest.raises(ChangeRefusedError) as refused:
        plan(people, agreement, to="Ove", starts=starts, ends=ends)

    assert refused.value.why == Refusal.ENDED


def test_two_changes_of_a_seat_on_the_same_day_are_refused(people: dict[str, Person], agreement: Agreement) -> None:
    plan(people, agreement, to="Ove", starts=3, ends=5)

    with pytest.raises(ChangeRefusedError) as refused:
        plan(people, agreement, to="Siv", starts=5, ends=9)
    plan(people, agreement, to="Siv", starts=6, ends=9)

    assert refused.value.why == Refusal.ALREADY_PLANNED


def test_change_whose_deputy_has_left_is_called_off(people: dict[str, Person], agreement: Agreement) -> None:
    change = plan(people, agreement, to="Ove", starts=3, ends=5)
    let_go(people["Ove"], by=SYSTEM, now=world.NOW)

    change.refresh_from_db()
    assert change.state == "cancelled"
    on(3)
    assert contacts(agreement)[1] == "Maj"


@pytest.mark.parametrize("early", [True, False])
def test_seat_that_comes_back_ends_the_waiting(people: dict[str, Person], agreement: Agreement, *, early: bool) -> None:
    change = plan(people, agreement, to="Ove", starts=0, ends=2)
    ask_for_seat(people["Maj"], agreement=agreement, by=SYSTEM, now=world.NOW)
    assert waiting(agreement) == ["Maj"]

    if early:
        call_off(change, by=SYSTEM, now=world.NOW)
    else:
        on(3)

    assert (contacts(agreement), waiting(agreement)) == ({1: "Maj", 2: "Bo"}, [])
