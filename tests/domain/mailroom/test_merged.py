"""A mail that answers a ticket which was put into another one is for the one that goes on."""

import pytest

from tests.domain.mailroom.conftest import World, words
from tests.domain.mailroom.mails import deliver, mail_from
from tests.factories import NOW, actor, ask, desk_scope
from tests.jobs_run import run_jobs
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.notices.reply_address import reply_address
from vaxel.domain.tickets.merging import merge_tickets, unmerge_tickets
from vaxel.kit.mail import MailAddress

pytestmark = pytest.mark.django_db


def test_answer_to_the_younger_ticket_lands_in_the_older(world: World) -> None:
    younger = ask(world.person, text="Det andra.")
    run_jobs()
    sent = OutgoingMail.unscoped.filter(ticket=younger, recipient=world.person.email).earliest("id")
    scope, by = desk_scope(world.desk), actor(world.agent)
    merge_tickets(scope=scope, number=younger.number, other=world.ticket.number, by=by, now=NOW)
    to = (MailAddress(reply_address(sent)),)

    came = deliver(mail_from(world.person, to=to, text="Det är två frågor."), world.mailbox)
    assert (came.state, came.ticket_id) == ("reply", world.ticket.pk)
    assert words(world.ticket)[-1] == "Det är två frågor."

    unmerge_tickets(scope=scope, number=younger.number, by=by, now=NOW)
    again = deliver(mail_from(world.person, to=to, text="Tack för det."), world.mailbox)
    assert (again.state, again.ticket_id) == ("reply", younger.pk)
