"""Questions to the organisation's own contacts, when the contacts are there and when all of them have left."""

from collections.abc import Callable

import pytest

from tests import factories as world
from vaxel.domain.notices import telling
from vaxel.domain.people.gaps import WithoutContacts, desk_gaps
from vaxel.domain.people.models import Person, Seat, Staff
from vaxel.domain.people.queries import customer_at, first_line
from vaxel.domain.tickets import first_line as passing
from vaxel.domain.tickets.lifecycle import NotPossibleError
from vaxel.domain.tickets.models import Event, Ticket
from vaxel.domain.tickets.queries import Reader, tickets_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Person:
    return world.make_person(world.make_organisation(world.make_desk()), name="Maj Ekdahl")


@pytest.fixture
def user(contact: Person) -> Person:
    return world.make_person(contact.organisation, name="Ove Lind", contact=False, certified=False)


@pytest.fixture
def ticket(user: Person) -> Ticket:
    return world.ask(user)


@pytest.fixture
def manager(contact: Person) -> Staff:
    manager = world.make_staff(contact.organisation.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    return manager


def administrator(contact: Person) -> Person:
    return world.make_person(contact.organisation, name="Siv Ahl", contact=False, certified=False, may_administer=True)


def leave(contact: Person) -> None:
    contact.is_active = False
    contact.save(update_fields=["is_active"])


def lose_the_right(contact: Person) -> None:
    Seat.unscoped.filter(person=contact).delete()


def sees(person: Person, ticket: Ticket) -> bool:
    assert person.account_id is not None
    found = customer_at(account_id=person.account_id, desk_slug=ticket.desk.slug)
    assert found is not None
    reader = Reader(
        scope=world.customer_scope(person),
        person_id=person.pk,
        sees_organisation=False,
        is_local_contact=found.viewer.is_local_contact,
    )
    return ticket in tickets_of(reader, everyone=True)


def pass_on(ticket: Ticket, by: Person) -> Ticket:
    return passing.pass_on(scope=world.customer_scope(by), number=ticket.number, by=world.actor(by), now=world.NOW)


@pytest.mark.parametrize("go", [leave, lose_the_right])
def test_administrators_see_what_was_asked_when_the_last_contact_goes(
    contact: Person, ticket: Ticket, go: Callable[[Person], None]
) -> None:
    chief = administrator(contact)
    assert not sees(chief, ticket)

    go(contact)

    assert sees(chief, ticket)
    asked = first_line(desk_id=ticket.desk_id, organisation_id=ticket.organisation_id)
    assert [each.name for each in asked] == ["Siv Ahl"]


def test_administrators_are_told_of_what_is_asked_then(contact: Person, user: Person, ticket: Ticket) -> None:
    chief = administrator(contact)
    leave(contact)

    mails = telling.tell(event_id=Event.unscoped.get(ticket=ticket).pk, now=world.NOW)

    assert {(mail.kind, mail.recipient) for mail in mails} == {("received", user.email), ("first-line", chief.email)}


def test_question_goes_on_to_the_vendor_when_its_asker_says_so(
    contact: Person, user: Person, ticket: Ticket, manager: Staff
) -> None:
    leave(contact)
    assert list(Ticket.objects.within(world.desk_scope(manager.desk))) == []

    now = pass_on(ticket, user)

    assert (now.destination, now.is_first_line, now.assignee_id) == ("account-manager", False, manager.pk)
    assert list(Ticket.objects.within(world.desk_scope(manager.desk))) == [ticket]
    event = Event.unscoped.filter(ticket=ticket).latest("id")
    mails = telling.tell(event_id=event.pk, now=world.NOW)
    assert [(mail.kind, mail.recipient) for mail in mails] == [("handed-over", manager.account.email)]


def test_question_stays_while_somebody_can_answer_it(user: Person, ticket: Ticket) -> None:
    with pytest.raises(NotPossibleError):
        pass_on(ticket, user)

    assert Ticket.unscoped.get(pk=ticket.pk).is_first_line


def test_nobody_but_the_asker_lets_the_vendor_read_it(contact: Person, ticket: Ticket) -> None:
    chief = administrator(contact)
    leave(contact)

    with pytest.raises(NotPossibleError):
        pass_on(ticket, chief)


def test_question_stays_where_the_terms_know_no_way_on() -> None:
    contact = world.make_person(
        world.make_organisation(world.make_desk("baver"), plan="support", products=("baver",)), certified=False
    )
    user = world.make_person(contact.organisation, contact=False, certified=False)
    ticket = world.ask(user, kind="fault", product="baver", topic="protocol")
    leave(contact)

    with pytest.raises(NotPossibleError):
        pass_on(ticket, user)

    assert passing.way_on(ticket) == "contact-details"


def test_vendor_sees_how_many_questions_wait_and_where(contact: Person, ticket: Ticket) -> None:
    scope = world.desk_scope(ticket.desk)

    def gaps() -> tuple[WithoutContacts, ...]:
        return desk_gaps(scope, roles=(), teams=(), today=world.NOW.date()).organisations

    assert gaps() == ()

    leave(contact)

    [gap] = gaps()
    assert (gap.name, gap.is_administered) == (contact.organisation.name, False)
    assert passing.waiting_at([gap.organisation_id]) == {gap.organisation_id: 1}
