"""Everything that somebody has goes to others when they leave (A13)."""

from datetime import date

import pytest

from tests import factories as world
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.absences import Away, be_away
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets.leaving import HandedOn, Receiver, hand_on, open_with, who_has_what
from vaxel.domain.tickets.lifecycle import NotHereError, assign, close
from vaxel.domain.tickets.models import Event, Note, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return world.make_desk()


@pytest.fixture
def person(desk: Desk) -> Person:
    return world.make_person(world.make_organisation(desk))


@pytest.fixture
def sven(desk: Desk) -> Staff:
    """A member of the support team, who is the account manager as well."""
    sven = world.make_staff(desk, name="Sven Berg", roles=("support", "account-manager"))
    world.hold_role(sven, "account-manager")
    return sven


def give(ticket: Ticket, staff: Staff) -> Ticket:
    return assign(
        scope=world.desk_scope(staff.desk),
        number=ticket.number,
        staff_id=staff.pk,
        by=world.actor(staff),
        now=world.NOW,
    )


def leave(sven: Staff, to: Receiver, *, why: str = "Sven slutar.") -> HandedOn:
    scope, by = world.desk_scope(sven.desk), world.actor(sven)
    return hand_on(scope=scope, desk=sven.desk, staff_id=sven.pk, to=to, why=why, by=by, now=world.NOW)


def now(*tickets: Ticket) -> list[tuple[str, str | None]]:
    rows = Ticket.unscoped.filter(pk__in=[each.pk for each in tickets]).order_by("number")
    return list(rows.values_list("destination", "assignee__name"))


def test_all_open_tickets_go_to_a_colleague(desk: Desk, person: Person, sven: Staff) -> None:
    sara = world.make_staff(desk, name="Sara Norrby")
    first, second, closed = (give(world.ask(person), sven) for _ in range(3))
    others = world.ask(person)
    close(scope=world.desk_scope(desk), number=closed.number, by=world.actor(sven), now=world.NOW)

    done = leave(sven, Receiver(staff_id=sara.pk))

    assert done == HandedOn(gone=2, left=())
    assert now(first, second, closed, others) == [
        ("support", "Sara Norrby"),
        ("support", "Sara Norrby"),
        ("support", "Sven Berg"),
        ("support", None),
    ]
    assert Event.unscoped.filter(kind="assigned", data__after=sara.pk).count() == 2


def test_each_goes_where_it_belongs(desk: Desk, person: Person, sven: Staff) -> None:
    """A team's go back to its queue, a role's to whoever holds it now."""
    stand_in = world.make_staff(desk, name="Amira Salo", roles=("account-manager",))
    fault, agreement = give(world.ask(person), sven), world.ask(person, kind="agreement")
    days = Away(first_day=date(2026, 11, 1), last_day=date(2026, 12, 1), stand_in_id=stand_in.pk)
    be_away(scope=world.desk_scope(desk), staff_id=sven.pk, away=days, by=world.actor(sven), now=world.NOW)

    leave(sven, Receiver())

    assert now(fault, agreement) == [("support", None), ("account-manager", "Amira Salo")]
    assert open_with(world.desk_scope(desk), staff_id=sven.pk) == []


def test_each_is_handed_over_to_another_place_with_the_reason(desk: Desk, person: Person, sven: Staff) -> None:
    success = world.make_staff(desk, name="Amira Salo", roles=("customer-success-manager",))
    world.hold_role(success, "customer-success-manager")
    ticket = give(world.ask(person), sven)

    leave(sven, Receiver(destination="customer-success-manager"))

    assert now(ticket) == [("customer-success-manager", "Amira Salo")]
    assert Note.unscoped.get(ticket=ticket).text == "Sven slutar."


@pytest.mark.parametrize("tickets", [0, 1])
def test_nobody_hands_on_to_themselves(desk: Desk, person: Person, sven: Staff, tickets: int) -> None:
    for _ in range(tickets):
        give(world.ask(person), sven)

    with pytest.raises(NotHereError):
        leave(sven, Receiver(staff_id=sven.pk))


def test_t43_somebody_of_another_desk_gets_nothing(person: Person, sven: Staff) -> None:
    give(world.ask(person), sven)
    stranger = world.make_staff(world.make_desk("baver"))

    with pytest.raises(NotHereError):
        leave(sven, Receiver(staff_id=stranger.pk))


def test_those_who_have_left_stand_first(desk: Desk, person: Person, sven: Staff) -> None:
    gone = world.make_staff(desk, name="Åsa Vik")
    for staff in (sven, gone, gone):
        give(world.ask(person), staff)
    Staff.unscoped.filter(pk=gone.pk).update(is_active=False)

    found = who_has_what(world.desk_scope(desk))

    assert [(each.name, each.is_active, each.count) for each in found] == [
        ("Åsa Vik", False, 2),
        ("Sven Berg", True, 1),
    ]
