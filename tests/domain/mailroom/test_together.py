"""Mails that share a transaction: all or none, and nothing that answers a ticket (trust 12, 23)."""

from typing import Any

import pytest
from django.db import DataError

from tests.domain.mailroom.mails import claimed, mail_from, make_mailbox
from tests.factories import NOW, make_desk, make_organisation, make_person
from vaxel.domain.mailroom.facts import surroundings
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.storing import Arrival, store
from vaxel.domain.mailroom.taking_in import may_be_together, take_in_together
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Ticket
from vaxel.kit.mail import Mail, MailAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return make_mailbox(make_desk())


@pytest.fixture
def person(mailbox: Mailbox) -> Person:
    return make_person(make_organisation(mailbox.desk))


def take_in(mails: list[Mail], mailbox: Mailbox) -> list[str]:
    """Store them and take them in together; the states in which they are then."""
    raws = [f"Message-ID: <{mail.message_id}>\r\n\r\n{number}".encode() for number, mail in enumerate(mails)]
    store([Arrival(raw=raw, size=len(raw)) for raw in raws], mailbox=mailbox, now=NOW)
    read = list(zip(claimed(), mails, strict=True))
    take_in_together(read, around=surroundings(), now=NOW)
    return states()


def states() -> list[str]:
    return list(ReceivedMail.unscoped.order_by("id").values_list("state", flat=True))


def test_together_each_question_is_a_ticket_of_its_own(mailbox: Mailbox, person: Person) -> None:
    mails = [mail_from(person), mail_from("okand@annan.example"), mail_from(person)]

    assert take_in(mails, mailbox) == ["ticket", "quarantine", "ticket"]
    first, second = Ticket.unscoped.order_by("number").values_list("number", flat=True)
    assert second == first + 1


def test_t23_together_a_fault_undoes_them_all(mailbox: Mailbox, person: Person) -> None:
    with pytest.raises(DataError):
        take_in([mail_from(person), mail_from(person, text="\x00")], mailbox)

    assert states() == ["waiting", "waiting"]
    assert not Ticket.unscoped.exists()


def test_t68_together_the_second_of_one_name_waits_for_the_first(mailbox: Mailbox, person: Person) -> None:
    named = {"message_id": "samma@kund.example"}

    assert take_in([mail_from(person, **named), mail_from(person, **named)], mailbox) == ["ticket", "waiting"]


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"in_reply_to": ("a@b.example",)}, False),
        ({"references": ("a@b.example",)}, False),
        ({"to": (MailAddress("support+r1@desk.example", ""),)}, False),
        ({"delivered_to": ("support+r1@desk.example",)}, False),
    ],
)
def test_together_fits_what_answers_nothing(more: dict[str, Any], *, fits: bool) -> None:
    assert may_be_together(mail_from("maj@kund.example", **more)) is fits
