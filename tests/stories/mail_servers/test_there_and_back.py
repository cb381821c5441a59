"""A support contact's whole way by mail through Postfix and Dovecot: asked, answered, answered again, one ticket."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from typing import Final

import pytest
from django.utils import timezone

from tests.channels.incoming.dovecot import PASSWORD
from tests.channels.incoming.test_receiving import listening
from tests.channels.mail_servers import FETCHED, HANDED_OVER, USER, MailServers, id_of
from tests.channels.postfix import NAME
from tests.cli.programs import wait_until
from tests.domain.mailroom.mails import make_mailbox
from tests.factories import actor, desk_scope, make_desk, make_organisation, make_person, make_staff
from tests.jobs_run import run_jobs
from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.session import Session
from vaxel.domain.desks.models import Desk
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.people.models import Person
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION: Final = "Exporten till kalkylark händer det inget med längre."

#: Brings what Postfix has delivered into the mailroom, once so many mails have come in all.
Bring = Callable[[int], None]
Way = Callable[[Desk, MailServers], AbstractContextManager[Bring]]


@contextmanager
def fetched(desk: Desk, servers: MailServers) -> Iterator[Bring]:
    """From Dovecot, by IMAP."""
    mailbox = make_mailbox(
        desk,
        way="imap",
        authserv_id=NAME,
        secrets={"password": PASSWORD},
        host="127.0.0.1",
        port=servers.dovecot.port,
        tls="none",
        username=USER,
    )

    def bring(mails: int) -> None:
        servers.postfix.hand_out()
        with Session.open(Mailbox.unscoped.get(pk=mailbox.pk), {"password": PASSWORD}) as session:
            fetch_new(session, mailbox_id=mailbox.pk, clock=timezone.now)
        assert ReceivedMail.unscoped.count() == mails

    yield bring


@contextmanager
def handed_over(desk: Desk, servers: MailServers) -> Iterator[Bring]:
    """By LMTP, to `vaxel mail listen`."""
    make_mailbox(desk, way="smtp", authserv_id=NAME)
    with listening(lmtp=True, port=servers.lmtp_port):
        yield lambda mails: wait_until(lambda: ReceivedMail.unscoped.count() == mails, seconds=90)


@pytest.mark.parametrize(("address", "way"), [(FETCHED, fetched), (HANDED_OVER, handed_over)])
def test_a_question_by_mail_is_answered_and_answered_again(address: str, way: Way, servers: MailServers) -> None:
    desk, person = a_desk_at(address)
    with way(desk, servers) as bring:
        servers.write(address, sender=person.email, subject="Det händer inget", text=QUESTION)
        bring(1)
        run_jobs()
        ticket = Ticket.unscoped.get()
        answer = answered_by_an_agent(ticket, servers)
        servers.write(
            str(answer["Reply-To"]),
            sender=person.email,
            subject=f"SV: {answer['Subject']}",
            text=f"Nu går det, tack!\n\nDen 19 november 2026 skrev Sven Berg:\n> {_text(answer)}\n",
            In_Reply_To=id_of(answer),
            References=f"{answer['References']} {id_of(answer)}",
        )
        bring(2)
        run_jobs()
        servers.postfix.hand_out()

    said = Message.unscoped.filter(ticket=ticket).order_by("id").values_list("text", "by_id")
    asked, *_answers, thanked = said
    assert (ticket.channel, ticket.requester_id) == ("mail", person.pk)
    assert (asked, thanked) == ((QUESTION, person.pk), ("Nu går det, tack!", person.pk))
    assert Ticket.unscoped.count() == 1
    assert {mail.header_id for mail in OutgoingMail.unscoped.filter(recipient=person.email)} == {
        id_of(mail) for mail in servers.read("kund.example")
    }


def a_desk_at(address: str) -> tuple[Desk, Person]:
    """A desk whose mails come from the address, and a contact of a customer."""
    desk = make_desk(slug="kompass")
    desk.mail_address = address
    desk.save(update_fields=["mail_address"])
    person = make_person(make_organisation(desk))
    return desk, person


def answered_by_an_agent(ticket: Ticket, servers: MailServers) -> EmailMessage:
    """The answer as it lies in the contact's mailbox."""
    agent = make_staff(ticket.desk)
    reply(scope=desk_scope(ticket.desk), number=ticket.number, text="Prova igen.", by=actor(agent), now=timezone.now())
    run_jobs()
    servers.postfix.hand_out()
    answer = OutgoingMail.unscoped.get(kind="answer")
    assert answer.state == "sent"
    return next(mail for mail in servers.read("kund.example") if id_of(mail) == answer.header_id)


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).partition("\n")[0]
