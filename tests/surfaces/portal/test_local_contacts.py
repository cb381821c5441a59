"""Questions that colleagues ask the local contacts, as the contacts see them (A12)."""

import pytest

from tests import factories as world
from tests.surfaces.portal.conftest import Customer
from tests.surfaces.portal.walk import signed_in, text_of
from vaxel.domain.tickets.models import Ticket


def page_of(customer: Customer, ticket: Ticket) -> str:
    return f"/{customer.desk.slug}/tickets/{customer.desk.prefix}-{ticket.number}/"


def test_a_local_contact_is_told_that_it_is_their_turn(maj: Customer) -> None:
    local = world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    ticket = world.ask(user, subject="Hur låser jag?")
    for _ in range(6):
        world.ask(local, subject="Min egen")
    client = signed_in(local)

    turn = "Ulf Ek har frågat er. Svara, eller skicka frågan vidare till oss."
    assert turn in text_of(client.get(page_of(maj, ticket)))
    for page in (f"/{maj.desk.slug}/", f"/{maj.desk.slug}/tickets/?whose=all"):
        said = text_of(client.get(page))
        assert "1 fråga från en kollega väntar på ditt svar." in said
        assert turn in said
    inbox = client.get(f"/{maj.desk.slug}/tickets/?whose=colleagues")
    assert ("Hur låser jag?" in text_of(inbox), "Min egen" in text_of(inbox)) == (True, False)
    assert turn not in text_of(signed_in(user).get(page_of(maj, ticket)))


def test_question_that_a_contact_has_answered_waits_for_nobody_there(maj: Customer) -> None:
    local = world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    ticket = world.ask(user, subject="Hur låser jag?")
    client = signed_in(local)
    client.post(page_of(maj, ticket) + "reply/", {"text": "Tryck på hänglåset.", "version": "1"})

    home = text_of(client.get(f"/{maj.desk.slug}/"))
    assert "väntar på ditt svar" not in home
    assert "Ulf Ek har fått svar av er." in home
    signed_in(user).post(page_of(maj, ticket) + "reply/", {"text": "Vilket?", "version": "2"})
    assert "1 fråga från en kollega väntar på ditt svar." in text_of(client.get(f"/{maj.desk.slug}/"))


@pytest.mark.parametrize("whose", ["colleagues", "all", "nonsense"])
def test_somebody_who_reads_their_own_only_gets_their_own(maj: Customer, whose: str) -> None:
    local = world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    world.ask(user, subject="Ulfs")
    world.ask(world.make_person(maj.organisation, contact=False, certified=False), subject="En annans")
    assert local.is_local_contact
    shown = text_of(signed_in(user).get(f"/{maj.desk.slug}/tickets/?whose={whose}"))
    assert ("Ulfs" in shown, "En annans" in shown) == (True, False)


def test_a_local_contact_takes_a_colleagues_question_on(bo: Customer) -> None:
    local = world.make_person(bo.organisation, name="Lo Kahl", certified=False, is_local_contact=True)
    user = world.make_person(bo.organisation, name="Ulf Ek", phone="0555-12", contact=False, certified=False)
    ticket = world.ask(user, kind="how-to", product="baver", text="Hur låser jag protokollet?")
    client = signed_in(local)
    take_on = page_of(bo, ticket) + "take-on/"

    assert take_on in client.get(page_of(bo, ticket)).content.decode()
    assert "Hur låser jag protokollet?" in text_of(client.get(take_on))
    response = client.post(take_on, {"message": str(ticket.messages.get().pk), "answer": "me"})
    details = client.get(response.headers["Location"].replace("/review/", "/details/")).content.decode()
    for kept in ("Hur låser jag protokollet?", 'value="Ulf Ek"', 'value="0555-12"'):
        assert kept in details


def test_support_contacts_answer_where_nobody_is_named_as_local_support(maj: Customer) -> None:
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    ticket = world.ask(user, subject="Hur låser jag?")

    shown = text_of(maj.client.get(page_of(maj, ticket)))

    assert ticket.is_first_line
    assert "Hur låser jag?" in shown
    assert "Ta frågan vidare" in shown
    world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    assert maj.client.get(page_of(maj, ticket)).status_code == 404


def test_only_local_contacts_take_a_question_on(maj: Customer) -> None:
    world.make_person(maj.organisation, name="Lo Kahl", is_local_contact=True)
    user = world.make_person(maj.organisation, name="Ulf Ek", contact=False, certified=False)
    ticket = world.ask(user)

    assert "Ta frågan vidare" not in text_of(signed_in(user).get(page_of(maj, ticket)))
    assert maj.client.get(page_of(maj, ticket) + "take-on/").status_code == 404
