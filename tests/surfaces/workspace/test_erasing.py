"""The page on which an administrator erases a ticket's words."""

from dataclasses import replace

import pytest

from tests.factories import NOW, actor, make_staff
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.privacy.keeping import hold
from vaxel.domain.tickets.lifecycle import close
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.surfaces.ui.ticket_names import ticket_name


@pytest.fixture
def office(office: Office) -> Office:
    """Looked at by an administrator."""
    administrator = make_staff(office.desk, name="Karin Holm", may_administer=True)
    return replace(office, client=signed_in(administrator.account))


@pytest.fixture
def closed(office: Office, ticket: Ticket) -> Ticket:
    """A finished ticket whose mails have gone out."""
    close(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)
    OutgoingMail.unscoped.update(state="sent")
    return ticket


def test_administrator_erases_all_that_is_written(office: Office, closed: Ticket) -> None:
    link = read(office.client.get(office.url(closed))).one("#panel-history a").attributes["href"]
    form = read(office.client.get(link)).one("main form[method=post]").fields()
    page = read(office.client.post(link, form | {"sure": "yes"}, follow=True))

    assert (
        page.one(".toast__text").text == f"Allt som var skrivet i {ticket_name(office.desk, closed.number)} är raderat."
    )
    assert Message.unscoped.get(ticket=closed).text == "–"


def test_nothing_goes_without_the_tick(office: Office, closed: Ticket) -> None:
    page = read(office.client.post(office.url(closed, "erasing/")), status=422)

    assert page.one(".error-summary a").text == "Kryssa i rutan om allt ska bort"
    assert Message.unscoped.get(ticket=closed).text != "–"


def test_t82_a_legal_hold_is_told_before_anything_is_pressed(office: Office, closed: Ticket) -> None:
    hold(office.scope, ticket=closed, reason="Tvist om avtalet", by=actor(office.agent), now=NOW)

    page = read(office.client.get(office.url(closed, "erasing/")))

    name = ticket_name(office.desk, closed.number)
    assert " ".join(page.one("#holds li").text.split()).startswith(
        f"{name} : Tvist om avtalet Lagd av {office.agent.name}, "
    )
    assert page.all("main button") == []


def test_t75_an_overtaken_page_erases_nothing(office: Office, closed: Ticket) -> None:
    assert office.client.post(office.url(closed, "erasing/"), {"sure": "yes", "version": "1"}).status_code == 409
    assert Message.unscoped.get(ticket=closed).text != "–"


def test_an_open_ticket_is_not_erased(office: Office, ticket: Ticket) -> None:
    page = read(office.client.post(office.url(ticket, "erasing/"), {"sure": "yes"}), status=422)

    assert ticket_name(office.desk, ticket.number) in page.one(".error-summary a").text
    assert read(office.client.get(office.url(ticket))).all("#panel-history a") == []
