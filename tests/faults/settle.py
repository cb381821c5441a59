"""Bring a broken installation to rest in its own process, without the waits of real life, and tell what it holds.

python -m tests.faults.settle      prints JSON: see `tests.faults.traffic.Left`
"""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from vaxel.domain.notices import outbox
from vaxel.domain.notices.links import ticket_name
from vaxel.domain.notices.models import OutgoingMail
from vaxel.domain.tickets.models import Ticket


def settle() -> None:
    """What a worker does in the minutes after: jobs of the dead anew, mails of the dead settled, no job left."""
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL WHERE status = 'doing'")
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        outbox.sweep(now=datetime.now(UTC) + timedelta(minutes=3))
        connections.close_all()
        asyncio.run(_work())


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
    return {"tickets": tickets, "mails": mails}


if __name__ == "__main__":
    settle()
    sys.stdout.write(json.dumps(left()))
