"""Staff hand a question over: it keeps its history, gets the place's own terms, and stays there."""

from dataclasses import replace

import pytest

from tests import factories as world
from vaxel.domain.notices.telling import tell
from vaxel.domain.people.models import Person, Staff
from vaxel.domain.tickets import lifecycle
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.events import EventKind
from vaxel.domain.tickets.handing_over import Words, hand_over, hand_over_if, places_to_hand_to
from vaxel.domain.tickets.history import decided_since
from vaxel.domain.tickets.lifecycle import NotHereError, NotPossibleError
from vaxel.domain.tickets.models import Clock, Event, Message, Note, Ticket

pytestmark = pytest.mark.django_db

WORDS = Words(why="Det handlar om avtalet.", to_asker="Karin Holm tar över din fråga.", language="sv")


@pytest.fixture
def person() -> Person:
    organisation = world.make_organisation(world.make_desk(), plan="enterprise", products=("suite", "meetings"))
    return world.make_person(organisation)


@pytest.fixture
def agent(person: Person) -> Staff:
    return world.make_staff(person.organisation.desk)


@pytest.fixture
def manager(agent: Staff) -> Staff:
    manager = world.make_staff(agent.desk, name="Karin Holm", roles=("account-manager",))
    world.hold_role(manager, "account-manager")
    return manager


@pytest.fixture
def ticket(person: Person, manager: Staff) -> Ticket:
    return world.ask(person)


def over(ticket: Ticket, agent: Staff, destination: str = "account-manager", words: Words = WORDS) -> Ticket:
    return hand_over(
        scope=world.desk_scope(ticket.desk),
        number=ticket.number,
        destination=destination,
        words=words,
        by=world.actor(agent),
        now=world.NOW,
    )


def test_question_goes_to_the_person_with_the_places_own_terms(ticket: Ticket, agent: Staff, manager: Staff) -> None:
    assert (ticket.destination, ticket.decision["billing"]["kind"]) == ("support", "included")

    over(ticket, agent)

    ticket.refresh_from_db()
    assert (ticket.destination, ticket.handed_to, ticket.assignee_id) == (
        "account-manager",
        "account-manager",
        manager.pk,
    )
    assert (ticket.decision["destination"], ticket.decision["granted"]) == ("account-manager", True)
    reasons = [each["rule"] for each in ticket.decision["because"]]
    assert (reasons[0], "in-scope" in reasons) == ("built-in.handed-over", False)
    promised = {target["name"] for target in ticket.decision["targets"]}
    assert {clock.name for clock in Clock.unscoped.filter(ticket=ticket, state="running")} == promised


def test_colleagues_read_why_and_the_asker_reads_who(ticket: Ticket, agent: Staff, manager: Staff) -> None:
    over(ticket, agent)

    event = Event.unscoped.get(ticket=ticket, kind=EventKind.HANDED_OVER)
    assert (event.data["before"], event.data["after"]) == (
        {"destination": "support"},
        {"destination": "account-manager", "staff": manager.pk},
    )
    assert Note.unscoped.get(pk=event.data["note"]).text == WORDS.why
    assert Message.unscoped.get(pk=event.data["message"]).text == WORDS.to_asker
    mails = {mail.recipient_id: mail for mail in tell(event_id=event.pk, now=world.NOW)}
    assert {mail.kind for mail in mails.values()} == {"moved", "handed-over"}
    to_asker = mails[ticket.requester_id]
    assert (WORDS.to_asker in to_asker.text, WORDS.why in to_asker.text) == (True, False)
    assert "Karin Holm" in mails[manager.pk].recipient_name


def test_role_that_nobody_holds_is_told_by_its_name_and_not_as_somebody(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent, destination="project-manager")

    event = Event.unscoped.get(ticket=ticket, kind=EventKind.HANDED_OVER)
    mails = {mail.recipient_id: mail for mail in tell(event_id=event.pk, now=world.NOW)}
    told = mails[ticket.requester_id].text
    assert ("Vem som svarar: Projektledare\n" in told, "Er projektledare" in told) == (True, False)


def test_words_to_the_asker_answer_nothing(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent)
    ticket.refresh_from_db()
    assert (ticket.customer_spoke_last, Clock.unscoped.filter(ticket=ticket, state="met").count()) == (True, 0)


def test_nothing_need_be_said_to_the_asker(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent, words=replace(WORDS, to_asker=""))
    assert Message.unscoped.filter(ticket=ticket).count() == 1


def test_hand_over_stays_when_the_ticket_is_decided_again(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent)
    scope, by = world.desk_scope(ticket.desk), world.actor(agent)

    lifecycle.set_priority(scope=scope, number=ticket.number, priority="critical", by=by, now=world.NOW)
    reply(scope=scope, number=ticket.number, text="Jag ser på det.", by=by, now=world.NOW)

    ticket.refresh_from_db()
    assert (ticket.destination, ticket.decision["destination"]) == ("account-manager", "account-manager")


def test_another_kind_ends_the_hand_over(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent)
    lifecycle.reclassify(
        scope=world.desk_scope(ticket.desk),
        number=ticket.number,
        kind="function-broken",
        product="suite",
        by=world.actor(agent),
        now=world.NOW,
    )
    ticket.refresh_from_db()
    assert (ticket.destination, ticket.handed_to) == ("support", "")


def test_question_comes_back_to_the_team_with_nobody_on_it(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent)
    over(ticket, agent, "support", words=WORDS)
    ticket.refresh_from_db()
    assert (ticket.destination, ticket.assignee_id) == ("support", None)
    assert Event.unscoped.filter(ticket=ticket, kind=EventKind.HANDED_OVER).count() == 2


def test_second_press_changes_nothing(ticket: Ticket, agent: Staff) -> None:
    over(ticket, agent)
    over(ticket, agent)
    assert Event.unscoped.filter(ticket=ticket, kind=EventKind.HANDED_OVER).count() == 1


@pytest.mark.parametrize("destination", ["local-contacts", "contact-details", "nonsense", ""])
def test_only_the_vendors_own_places_are_handed_to(ticket: Ticket, agent: Staff, destination: str) -> None:
    with pytest.raises(NotHereError):
        over(ticket, agent, destination)
    with pytest.raises(NotHereError):
        hand_over_if(ticket, destination=destination, desk=ticket.desk, now=world.NOW)


def test_finished_ticket_is_not_handed_over(ticket: Ticket, agent: Staff) -> None:
    scope, by = world.desk_scope(ticket.desk), world.actor(agent)
    lifecycle.solve(scope=scope, number=ticket.number, by=by, now=world.NOW)
    with pytest.raises(NotPossibleError):
        over(ticket, agent)


@pytest.mark.parametrize("kind", ["unexpected-error", "change-request", "agreement", "permissions"])
def test_every_place_on_offer_can_be_decided_for(person: Person, agent: Staff, manager: Staff, kind: str) -> None:
    """No combination that the routes never make leaves the policy without words."""
    ticket = world.ask(person, kind=kind)
    places = places_to_hand_to(ticket, desk=ticket.desk, now=world.NOW)
    expected = {"support", "account-manager", "customer-success-manager", "project-manager"}
    assert set(places) == expected - {ticket.destination}
    for place in places:
        found = hand_over_if(ticket, destination=place, desk=ticket.desk, now=world.NOW)
        assert (found.decision.destination, found.decision.usable) == (place, True)


def test_what_staff_have_decided_is_not_replayed(ticket: Ticket, agent: Staff) -> None:
    assert len(list(decided_since(ticket.desk, since=world.NOW))) == 1
    over(ticket, agent)
    assert list(decided_since(ticket.desk, since=world.NOW)) == []
