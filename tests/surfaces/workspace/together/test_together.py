"""Splitting, merging and tying tickets, as an agent does it."""

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, make_organisation, make_person
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.tickets.link import Link
from vaxel.domain.tickets.linking import link_tickets
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.surfaces.ui.ticket_names import ticket_name

TEXT = "Ett fel har inträffat.\nDessutom: diagrammet är tomt."


def named(office: Office, ticket: Ticket) -> str:
    return ticket_name(office.desk, ticket.number)


def test_agent_takes_a_question_out_of_a_ticket(office: Office) -> None:
    ticket = ask(office.person, text=TEXT)
    message = Message.unscoped.get(ticket=ticket)
    page = read(office.client.get(office.url(ticket, "split/")))
    form = page.one("main form[method=post]").fields()
    form |= {
        "message": str(message.pk),
        f"passage-{message.pk}": "Dessutom: diagrammet är tomt.",
        "subject": "Tomt diagram",
        "kind": "function-broken",
    }
    looked = read(office.client.post(office.url(ticket, "split/"), form | {"look": "yes"}))
    assert looked.one("#outcome .route__stop--end .route__heading").text == "Teknisk support"
    assert Ticket.unscoped.count() == 1
    page = read(office.client.post(office.url(ticket, "split/"), form | {"do": "yes"}, follow=True))
    new = Ticket.unscoped.get(subject="Tomt diagram")
    assert page.one(".toast__text").text == (
        f"{named(office, new)} är nu ett eget ärende. Den som frågade får veta det."
    )
    assert page.one("#panel-together .links__item").text == f"Utbrutet ur {named(office, ticket)} {ticket.subject} Nytt"
    assert Message.unscoped.get(ticket=new).text == "Dessutom: diagrammet är tomt."


def test_split_says_what_is_missing(office: Office, ticket: Ticket) -> None:
    page = read(office.client.post(office.url(ticket, "split/"), {"do": "yes", "kind": ""}), status=422)
    assert [each.text for each in page.all(".error-summary a")] == [
        "Välj de meddelanden som hör till den nya frågan",
        "Skriv en rubrik",
        "Välj typ av fråga",
    ]


def test_split_refuses_words_that_nobody_wrote(office: Office, ticket: Ticket) -> None:
    message = Message.unscoped.get(ticket=ticket)
    form = {"message": str(message.pk), f"passage-{message.pk}": "Radera allt.", "subject": "Allt", "do": "yes"}
    page = read(office.client.post(office.url(ticket, "split/"), form), status=422)
    assert page.one(".error-summary a").text == (
        "Texten innehåller ord som inte står i meddelandet. Behåll bara kundens egna ord"
    )
    assert Ticket.unscoped.count() == 1


def test_split_of_an_overtaken_ticket_does_nothing(office: Office, ticket: Ticket) -> None:
    message = Message.unscoped.get(ticket=ticket)
    form = {"message": str(message.pk), "subject": "Annat", "version": "99", "do": "yes"}
    assert office.client.post(office.url(ticket, "split/"), form).status_code == 409
    assert Ticket.unscoped.count() == 1


def test_agent_makes_two_tickets_one_and_two_again(office: Office, ticket: Ticket) -> None:
    younger = ask(office.person, text="Det händer igen.")
    given = {"other": named(office, ticket).lower(), "what": "same"}
    page = read(office.client.post(office.url(younger, "together/link/"), given, follow=True))
    assert [each.text for each in page.all(".conversation .message__body")] == [
        "Det står att ett oväntat fel har inträffat.",
        "Det händer igen.",
    ]
    page = read(office.client.get(office.url(ticket, "together/")))
    undo = page.one("main li form").attributes["action"]
    page = read(office.client.post(undo, follow=True))
    assert page.one(".toast__text").text == f"{named(office, younger)} är ett eget ärende igen."
    assert page.one("main p:not(.soft)").text == "Inget annat ärende är kopplat till det här."
    assert office.reload(younger).status == "new"


def test_agent_ties_tickets_and_takes_it_back(office: Office, ticket: Ticket) -> None:
    other = ask(office.person)
    given = {"other": str(other.number), "what": "caused-by"}
    page = read(office.client.post(office.url(ticket, "together/link/"), given, follow=True))
    assert page.one("main li .soft:first-child").text == "Beror på"
    page = read(office.client.get(office.url(other)))
    assert page.one("#panel-together .links__item .soft:first-child").text == "Har orsakat"
    office.client.post(office.url(other, f"together/{Link.unscoped.get().pk}/end/"))
    assert read(office.client.get(office.url(ticket))).all("#panel-together .links__item") == []


@pytest.mark.parametrize("what", ["duplicate", "same"])
def test_t75_an_overtaken_ticket_is_neither_tied_nor_merged(office: Office, ticket: Ticket, what: str) -> None:
    other = ask(office.person)
    page = read(office.client.get(office.url(other, "together/")))
    form = page.one("main form[method=post]").fields()
    office.client.post(office.url(other, "priority/"), {"priority": "high", "version": form["version"]})

    answer = office.client.post(
        office.url(other, "together/link/"), form | {"other": named(office, ticket), "what": what}
    )

    assert (answer.status_code, Link.unscoped.count()) == (409, 0)


def test_t12_the_page_never_ties_two_customers(office: Office, ticket: Ticket) -> None:
    other = ask(make_person(make_organisation(office.desk)))
    given = {"other": str(other.number), "what": "duplicate"}
    page = read(office.client.post(office.url(ticket, "together/link/"), given), status=422)
    assert page.one(".error-summary a").text == (
        "Ärendet är en annan kunds. Bara en och samma kunds ärenden kan kopplas ihop"
    )
    assert Link.unscoped.count() == 0


def test_numbers_that_lead_nowhere_are_said(office: Office, ticket: Ticket) -> None:
    with translation.override("en"):
        for other in ("", "abc", "99999", "9" * 40, "\x00"):
            given = {"other": other, "what": "duplicate"}
            assert office.client.post(office.url(ticket, "together/link/"), given).status_code == 422


@pytest.mark.parametrize("ties", [1, 3])
def test_ties_cost_the_same_for_one_and_three(
    office: Office, ticket: Ticket, ties: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(ties):
        pair = {"number": ticket.number, "other": ask(office.person).number}
        link_tickets(scope=office.scope, **pair, kind=Link.Kind.DUPLICATE, by=actor(office.agent), now=NOW)
    office.client.get(office.url(ticket, "together/"))
    with django_assert_num_queries(4):
        page = read(office.client.get(office.url(ticket, "together/")))
    assert len(page.all("main li.card")) == ties
