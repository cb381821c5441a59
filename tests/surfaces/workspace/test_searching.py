"""Search in tickets as agents meet it: names first, words with where they stand, in the list that they know."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, make_desk, make_organisation, make_person
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.tickets.conversation import note, reply
from vaxel.domain.tickets.models import Ticket


def search(office: Office, words: str, more: str = "") -> Page:
    return read(office.client.get(office.inbox(f"?q={words}{more}")))


def found(page: Page) -> list[int]:
    return [int(row.one(".ticket-row__number").text.split("-")[1]) for row in page.all(".ticket-row")]


@pytest.mark.parametrize("typed", ["KOM-{}", "kom-{}", "{}"])
def test_number_leads_to_its_ticket(office: Office, ticket: Ticket, typed: str) -> None:
    answer = office.client.get(office.inbox(), {"q": typed.format(ticket.number)})
    assert answer["Location"] == office.url(ticket)


def test_number_that_no_ticket_has_is_searched_for(office: Office, ticket: Ticket) -> None:
    page = search(office, "KOM-999999")
    assert (found(page), page.one(".empty__title").text) == ([], "Inget ärende innehåller orden")


def test_words_are_shown_where_they_stand(office: Office) -> None:
    held = ask(office.person, subject="Hjälp", text="Vi har skrivit ut allt. Rapporterna blir tomma när de sparas.")
    ask(office.person, subject="Annat", text="Något helt annat.")
    page = search(office, "rapport")
    assert (found(page), page.one("h1").text) == ([held.number], "Sök i: Alla ärenden")
    assert page.one(".ticket-row__found mark").text == "Rapporterna"
    assert page.one("#search-tickets").attributes["value"] == "rapport"
    assert page.one(".ticket-row__link").attributes["href"] == office.url(held) + "?view=all&q=rapport"


def test_words_are_marked_in_the_subject_too(office: Office) -> None:
    ask(office.person, subject="Rapporten stannar", text="Den blir tom.")
    subject = search(office, "rapport").one(".ticket-row__link")
    assert (subject.text, subject.one("mark").text) == ("Rapporten stannar", "Rapporten")


@pytest.mark.parametrize("count", [1, 30])
def test_words_of_an_old_or_a_long_message_are_shown(office: Office, count: int) -> None:
    long = "Mycket mer sägs om det här. " * (200 if count == 1 else 1)
    ticket = ask(office.person, subject="Hjälp", text=f"{long}Kapslingen är trasig. {long}")
    for _ in range(count):
        reply(scope=office.scope, number=ticket.number, text="Vi ser på det.", by=actor(office.agent), now=NOW)
    page = search(office, "kapsling")
    assert (found(page), page.one(".ticket-row__found mark").text) == ([ticket.number], "Kapslingen")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("och", "De här orden är för vanliga att söka på"),
        ("the och", "De här orden är för vanliga att söka på"),
        ("och+kanariefågel", "Inget ärende innehåller orden"),
        ("!!!", "Inget ärende innehåller orden"),
    ],
)
def test_search_that_looked_for_nothing_says_why(office: Office, ticket: Ticket, typed: str, said: str) -> None:
    page = search(office, typed)
    assert (found(page), page.one(".empty__title").text) == ([], said)


def test_case_number_comes_before_words(office: Office) -> None:
    named = ask(office.person)
    Ticket.unscoped.filter(pk=named.pk).update(case_reference="BYGG.2022.194")
    newer = ask(office.person, text="Se BYGG.2022.194.")
    assert found(search(office, "BYGG.2022.194")) == [named.number, newer.number]


def test_search_stays_while_the_list_is_narrowed(office: Office) -> None:
    wanted = ask(office.person, text="kapsling", priority="high")
    ask(office.person, text="kapsling")
    page = search(office, "kapsling", "&view=open&priority=high")
    assert found(page) == [wanted.number]
    assert page.all(".narrowing a")[0].text.startswith("”kapsling”")
    ways = [link.attributes["href"] for link in page.all(".narrowing a")]
    assert ways == ["?view=open&priority=high", "?view=open&q=kapsling"]
    assert page.one('input[type="hidden"][name="q"]').attributes["value"] == "kapsling"


def test_hits_are_turned_page_by_page(office: Office) -> None:
    made = [ask(office.person, text="kapsling").number for _ in range(27)]
    first, second = search(office, "kapsling"), search(office, "kapsling", "&view=all&page=2")
    assert (found(first), found(second)) == (made[:1:-1], made[1::-1])
    assert [link.attributes["href"] for link in first.all(".pager a")] == ["?view=all&q=kapsling&page=2"]
    assert [link.attributes["href"] for link in second.all(".pager a")] == ["?view=all&q=kapsling&page=1"]


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_queries_however_many_hits(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        ask(office.person, text="kapsling")
    search(office, "kapsling")
    # who asks; words, how common (2), tickets, lines; stems, texts; frame
    with django_assert_num_queries(6):
        page = search(office, "kapsling")
    assert len(found(page)) == count


def test_t43_other_desks_tickets_are_not_found(office: Office) -> None:
    far = make_organisation(make_desk("baver", slug="baver"), plan="support", products=("baver",))
    ask(make_person(far), kind="fault", product="baver", text="kanariefågel")
    assert found(search(office, "kanariefågel")) == []


def test_t44_notes_are_not_found(office: Office, ticket: Ticket) -> None:
    by = actor(office.agent)
    note(scope=office.scope, number=ticket.number, text="kanariefågel", by=by, now=NOW)
    assert found(search(office, "kanariefågel")) == []


def test_ticket_keeps_the_search_beside_it(office: Office) -> None:
    held = ask(office.person, text="kapsling")
    ask(office.person)
    page = read(office.client.get(office.url(held) + "?view=all&q=kapsling"))
    assert found(page) == [held.number]
