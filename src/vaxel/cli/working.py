"""What a worker does: works off the queue, and looks into mailboxes."""

import asyncio
import logging
import signal
from typing import Final

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from vaxel.channels.mail.incoming.watching import watching_mailboxes
from vaxel.cli.worker_program import become_worker
from vaxel.kit.dead_line import LineDeadError, require_answer
from vaxel.kit.processes import end_with_parent

log = logging.getLogger("vaxel.worker")

#: Seconds between two looks into the queue, for the case that the notification is lost (trust 71).
_LOOK_EVERY: Final = 5.0
#: Seconds between two signs of life. `vaxel.jobs.periodic` gives a silent worker's jobs to others.
_HEARTBEAT: Final = 5.0
#: Seconds that running jobs have to finish when the worker is told to stop.
_FAREWELL: Final = 6.0
#: Seconds before the next try when the database was gone.
_PAUSE: Final = 2.0


def work(*, concurrency: int) -> None:
    """Send mails, look into mailboxes, and do everything else that pages leave for later, until told to stop."""
    end_with_parent(signal.SIGTERM)
    with watching_mailboxes():
        asyncio.run(_work(concurrency))


async def _work(concurrency: int) -> None:
    """Work until told to stop; after a fault of the database begin again."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    watching = asyncio.create_task(_watch_line(concurrency))
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    while not stop.is_set():
        working = asyncio.create_task(_work_once(concurrency))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            log.warning("worker starts again", exc_info=working.exception())
            stopping.cancel()
            await _pause(stop)
        else:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def _work_once(concurrency: int) -> None:
    """Work until cancelled, or until the database is gone.

    The worker reads the queue over connections of its own. What a job itself defers goes through the app's
    unchanged connector, which is Django's connection: it commits or rolls back with the job's own writes.
    """
    await sync_to_async(close_old_connections)()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=concurrency + 2)
    working_app = app.with_connector(connector)
    async with working_app.open_async():
        await working_app.run_worker_async(
            concurrency=concurrency,
            fetch_job_polling_interval=_LOOK_EVERY,
            update_heartbeat_interval=_HEARTBEAT,
            shutdown_graceful_timeout=_FAREWELL,
            delete_jobs="successful",
            install_signal_handlers=False,
        )


async def _watch_line(concurrency: int) -> None:
    """End this program, and be a new one, when the database has gone dead without a word.

    Threads that wait for its answer would wait for ever, and nothing in the program can end them.
    """
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**connector_params(), autocommit=True) as connection:
                while True:
                    await asyncio.sleep(_LOOK_EVERY)
                    await require_answer(connection)
        except LineDeadError:
            log.warning("the database has gone dead; the worker begins anew")
            become_worker(concurrency=concurrency)
        except (psycopg.Error, OSError):
            await asyncio.sleep(_PAUSE)


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), _PAUSE)
    except TimeoutError:
        return
