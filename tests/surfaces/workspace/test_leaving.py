"""The page on which all that somebody has is handed on."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.people.models import Staff
from vaxel.domain.tickets.lifecycle import assign
from vaxel.domain.tickets.models import Ticket


def give(office: Office, ticket: Ticket, staff: Staff) -> None:
    assign(scope=office.scope, number=ticket.number, staff_id=staff.pk, by=actor(office.agent), now=NOW)


def url(office: Office, staff: Staff) -> str:
    return f"/{office.desk.slug}/workspace/absences/colleagues/{staff.pk}/"


@pytest.fixture
def administrator(office: Office) -> Office:
    """The same desk as its administrator sees it."""
    return replace(office, client=signed_in(make_staff(office.desk, name="Karin Holm", may_administer=True).account))


def test_agent_hands_on_all_of_their_own(office: Office, ticket: Ticket) -> None:
    give(office, ticket, office.agent)
    link = read(office.client.get(f"/{office.desk.slug}/workspace/absences/")).one("section[aria-labelledby=hand-on] a")
    page = read(office.client.get(link.attributes["href"]))
    form = page.one("main form[method=post]").fields() | {"to": f"staff:{office.colleague.pk}"}
    after = read(office.client.post(link.attributes["href"], form, follow=True))

    assert [row.one("th").text for row in page.all("tbody tr")] == [f"KOM-{ticket.number} {ticket.subject}"]
    assert after.one(".toast__text").text == "1 fråga är överlämnad."
    assert after.one(".empty__title").text == "Inget öppet"
    assert office.reload(ticket).assignee == office.colleague


def test_administrator_hands_on_what_a_former_colleague_has(administrator: Office, ticket: Ticket) -> None:
    give(administrator, ticket, administrator.colleague)
    Staff.unscoped.filter(pk=administrator.colleague.pk).update(is_active=False)
    absences = read(administrator.client.get(f"/{administrator.desk.slug}/workspace/absences/"))
    row = absences.one(".links__item")
    administrator.client.post(row.one("a").attributes["href"], {"to": "own"})

    assert row.text == "Sara Norrby har slutat 1 öppen fråga"
    assert administrator.reload(ticket).assignee is None


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "Välj vem som ska ha frågorna"),
        ("staff:x", "Välj vem som ska ha frågorna"),
        ("place:local-contacts", "Välj vem som ska ha frågorna"),
        ("place:account-manager", "Skriv varför, för den som får frågorna"),
    ],
)
def test_what_is_missing_is_said(office: Office, ticket: Ticket, to: str, said: str) -> None:
    give(office, ticket, office.agent)
    page = read(office.client.post(url(office, office.agent), {"to": to}), status=422)

    assert page.one(".error-summary a").text == said
    assert office.reload(ticket).assignee == office.agent


def test_t42_nobody_looks_at_a_colleagues(office: Office) -> None:
    assert office.client.get(url(office, office.colleague)).status_code == 404
    assert office.client.post(url(office, office.colleague), {"to": "own"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        give(office, ask(office.person), office.agent)
    office.client.get(url(office, office.agent))
    with django_assert_num_queries(5):
        page = read(office.client.get(url(office, office.agent)))
    assert len(page.all("tbody tr")) == count
