"""Beside the ticket: whoever came along in a mail, and mails that wait."""

import pytest

from tests.domain.mailroom.mails import deliver, mail_from, make_mailbox
from tests.factories import NOW
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import read
from vaxel.domain.notices.models import OutgoingMail, Participant
from vaxel.domain.notices.participants import name_participants
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.mail import MailAddress


def test_whoever_came_along_is_let_in_and_left_out_by_one_press(office: Office, ticket: Ticket) -> None:
    name_participants({"kim@annan.example": "Kim Ek"}, ticket=ticket, now=NOW)

    page = read(office.client.get(office.url(ticket)))
    assert "Kim Ek" in page.one("#panel-mail").text
    assert "kim@annan.example" not in page.one(".composer").text
    let_in, _leave_out = page.all("#panel-mail form")
    page = read(office.client.post(let_in.attributes["action"], let_in.fields(), follow=True))

    said = "kim@annan.example får våra svar från och med nu, och inget av det som sagts förut."
    assert page.one(".toast__text").text == said
    assert "kim@annan.example" in page.one(".composer").text
    (stop,) = page.all("#panel-mail form")
    page = read(office.client.post(stop.attributes["action"], stop.fields(), follow=True))

    assert "kim@annan.example" not in page.one(".composer").text
    assert Participant.unscoped.get(ticket=ticket).state == "left-out"


def test_a_ticket_without_mails_says_nothing_of_them(office: Office, ticket: Ticket) -> None:
    assert read(office.client.get(office.url(ticket))).all("#panel-mail") == []


def test_a_mail_that_waits_is_linked_beside_its_ticket(office: Office, ticket: Ticket) -> None:
    sent = OutgoingMail(ticket=ticket, sender=office.desk.mail_address, recipient_kind="person", recipient_id=1)
    answer = mail_from("lo@annan.example", to=(MailAddress(reply_address(sent)),), subject="Re: Fel")
    waits = deliver(answer, make_mailbox(office.desk))

    page = read(office.client.get(office.url(ticket)))
    (link,) = page.all("#panel-mail a")
    assert (link.text, link.attributes["href"].split("/")[-2]) == ("Re: Fel", waits.public_id)
    assert len(page.all("#panel-mail form")) == 2  # its sender, to be let in or left out


@pytest.mark.parametrize("choice", ["", "both"])
def test_another_choice_is_no_page(office: Office, ticket: Ticket, choice: str) -> None:
    name_participants({"kim@annan.example": ""}, ticket=ticket, now=NOW)
    number = Participant.unscoped.get(ticket=ticket).pk

    assert office.client.post(office.url(ticket, f"participants/{number}/"), {"choice": choice}).status_code == 404
