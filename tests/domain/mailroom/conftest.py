"""A desk that gets mail, and a customer who has asked it something."""

from typing import Any

import pytest

from tests.domain.mailroom.mails import mail_from, make_mailbox
from tests.factories import ask, hold_role, make_desk, make_organisation, make_person, make_staff
from tests.jobs_run import run_jobs
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.models import Message, Ticket
from vaxel.kit.mail import Mail, MailAddress


class World:
    """A desk with a mailbox, a customer who has asked, and the mail that told them so."""

    def __init__(self) -> None:
        self.desk = make_desk()
        self.mailbox = make_mailbox(self.desk)
        self.agent = make_staff(self.desk)
        hold_role(self.agent, "account-manager")
        self.organisation = make_organisation(self.desk)
        self.person = make_person(self.organisation)
        self.ticket = ask(self.person)
        run_jobs()

    def address(self, kind: str = "person", recipient_id: int | None = None) -> str:
        """The signed address of the ticket, as made for somebody."""
        mail = OutgoingMail.unscoped.filter(ticket=self.ticket).first()
        assert mail is not None
        mail.recipient_kind, mail.recipient_id = kind, recipient_id or self.person.pk
        return reply_address(mail)

    def answer(self, writer: str | Person, **more: Any) -> Mail:
        """An answer to the ticket's address."""
        return mail_from(writer, to=(MailAddress(self.address()),), **more)


@pytest.fixture
def world() -> World:
    return World()


def words(ticket: Ticket) -> list[str]:
    return list(Message.unscoped.filter(ticket=ticket).order_by("id").values_list("text", flat=True))
