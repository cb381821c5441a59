"""Bring a broken installation to rest in its own process, without the waits of real life, and tell what it holds.

python -m tests.faults.settle      prints JSON: see `tests.faults.traffic.Left`
"""

import asyncio
import json
import sys
from datetime import datetime, timedelta

from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from vaxel.channels.mail.incoming.draining import drain
from vaxel.channels.mail.incoming.fetching import fetch_new
from vaxel.channels.mail.incoming.session import Session
from vaxel.channels.mail.readers import Readers
from vaxel.domain.mailroom.models import Mailbox, ReceivedMail
from vaxel.domain.mailroom.queries import HELD
from vaxel.domain.mailroom.sealing import unseal
from vaxel.domain.notices import outbox
from vaxel.domain.notices.links import ticket_name
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.models import Message, Ticket


def settle() -> None:
    """What a worker does in the minutes after: mailboxes looked into, jobs of the dead anew, mails of the dead
    settled, no job left.
    """
    fetch_everything()
    for _ in range(3):
        with Readers(processes=1) as readers:
            drain(readers, clock=_later, seconds=120)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL WHERE status = 'doing'")
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        outbox.sweep(now=_later())
        connections.close_all()
        asyncio.run(_work())


def fetch_everything() -> None:
    """One look into each mailbox."""
    for mailbox in Mailbox.unscoped.filter(way=Mailbox.Way.IMAP):
        with Session.open(mailbox, unseal(mailbox.secret)) as session:
            fetch_new(session, mailbox_id=mailbox.pk, clock=timezone.now)


def _later() -> datetime:
    """When whoever has had something for so long is taken for dead."""
    return timezone.now() + timedelta(minutes=3)


async def _work() -> None:
    working = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3))
    async with working.open_async():
        await working.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")


def left() -> dict[str, object]:
    """As plain values."""
    tickets: dict[str, list[str]] = {}
    for ticket in Ticket.unscoped.select_related("desk").order_by("pk"):
        tickets.setdefault(ticket.subject, []).append(ticket_name(ticket))
    mails = {
        mail.header_id: (mail.state, mail.kind, ticket_name(mail.ticket) if mail.ticket else "")
        for mail in OutgoingMail.unscoped.select_related("ticket__desk")
    }
    messages: dict[str, list[str]] = {}
    for message in Message.unscoped.select_related("ticket__desk").order_by("pk"):
        messages.setdefault(message.text, []).append(ticket_name(message.ticket))
    held = [(mail.subject, mail.reason) for mail in ReceivedMail.unscoped.filter(state__in=HELD)]
    return {"tickets": tickets, "messages": messages, "mails": mails, "held": held}


if __name__ == "__main__":
    settle()
    sys.stdout.write(json.dumps(left()))
