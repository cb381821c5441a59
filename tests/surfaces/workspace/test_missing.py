"""What a mail did not tell: staff fill it in, or go on without."""

from datetime import timedelta

import pytest

from tests import factories as world
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.tickets.models import Clock, Note, Ticket


@pytest.fixture
def mailed(office: Office) -> Ticket:
    """A question by mail whose kind and product nobody has said."""
    return world.ask(office.person, channel="mail", guessed=frozenset({"kind", "product"}))


def test_ticket_tells_what_is_missing(office: Office, mailed: Ticket) -> None:
    page = read(office.client.get(office.url(mailed)))

    missing = page.one("#panel-missing")
    assert [each.text for each in missing.all("li")] == [
        "Vilken typ av fråga det är",
        "Vilken produkt det gäller",
        "Jag har tittat i manualen",
    ]
    assert missing.one("a").attributes["href"].startswith(office.url(mailed, "details/"))
    assert "Väntar på uppgifter" in page.one(".page-head").text


def test_ticket_that_lacks_nothing_tells_nothing(office: Office, ticket: Ticket) -> None:
    assert read(office.client.get(office.url(ticket))).all("#panel-missing") == []


def test_list_of_waiting_holds_it(office: Office, mailed: Ticket) -> None:
    assert "Väntar på uppgifter" in read(office.client.get(office.inbox("?view=waiting"))).one("tbody").text


def test_promise_that_passes_while_details_are_missing_raises_no_alarm(office: Office, mailed: Ticket) -> None:
    passed = office.reload(mailed).created_at - timedelta(days=1)
    Ticket.unscoped.filter(pk=mailed.pk).update(next_deadline_at=passed)
    Clock.unscoped.filter(ticket=mailed).update(due_at=passed, state=Clock.State.RUNNING)

    pages = [read(office.client.get(url)) for url in (office.url(mailed), office.inbox("?view=waiting"))]

    assert [page.all(".promise--late") for page in pages] == [[], []]
    assert "Svara senast, när uppgifterna har kommit" in pages[0].text


def test_staff_fill_in_what_they_know(office: Office, mailed: Ticket) -> None:
    form = read(office.client.get(office.url(mailed, "details/"))).all("form[data-guard]")[0]

    office.client.post(office.url(mailed, "details/"), {**form.fields(), "checked": "read-manual"})

    mailed = office.reload(mailed)
    assert (mailed.details_missing, mailed.status) == ([], "new")


def test_some_of_it_leaves_the_rest(office: Office, mailed: Ticket) -> None:
    sent = {"kind": "function-broken", "product": "suite"}

    page = read(office.client.post(office.url(mailed, "details/"), sent, follow=True))

    assert office.reload(mailed).details_missing == ["checklist"]
    assert "Det här saknas fortfarande" in page.text


def test_kind_and_product_that_do_not_go_together_are_said(office: Office, mailed: Ticket) -> None:
    response = office.client.post(office.url(mailed, "details/"), {"kind": "unexpected-error", "product": ""})

    assert response.status_code == 422
    assert office.reload(mailed).details_missing[0] == "kind"


def test_staff_go_on_without_and_say_why(office: Office, mailed: Ticket) -> None:
    refused = office.client.post(office.url(mailed, "details/"), {"waive": "yes", "reason": " "})
    office.client.post(office.url(mailed, "details/"), {"waive": "yes", "reason": "Bilden säger allt."})

    assert refused.status_code == 422
    assert office.reload(mailed).details_missing == []
    assert Note.unscoped.get(ticket=mailed).text == "Bilden säger allt."


def test_page_of_a_ticket_that_lacks_nothing_is_the_ticket(office: Office, ticket: Ticket) -> None:
    response = office.client.get(office.url(ticket, "details/"))

    assert response.status_code == 303
