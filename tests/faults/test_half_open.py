"""trust 71: the line to the database goes dead and nobody closes it; within half a minute everything goes on."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.faults.proxy import Line, line_to
from tests.jobs.workers import wait_until, worker
from vaxel.kit.queue import defer
from vaxel.surfaces.ui import live_source
from vaxel.surfaces.ui.live_source import RELOAD, LiveSource

pytestmark = pytest.mark.django_db(transaction=True)

#: Seconds that the trust list allows.
ALLOWED = 30


@pytest.fixture
def line() -> Iterator[Line]:
    """A line to the test's database, whose server listens on a socket only."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
    with line_to(Path(str(connection.settings_dict["HOST"])) / ".s.PGSQL.5432") as made:
        yield made


def defer_one() -> int:
    """A job that has nothing to do: its mail is not there."""
    with transaction.atomic():
        defer("send_mail", queue="mail", mail_id=0)
    newest: int = ProcrastinateJob.objects.latest("pk").pk
    return newest


def is_done(job: int) -> bool:
    return not ProcrastinateJob.objects.filter(pk=job).exists()


def test_t71_worker_goes_on_after_its_line_went_dead(line: Line) -> None:
    at = connection.settings_dict
    address = f"postgresql://{at['USER']}@127.0.0.1:{line.port}/{at['NAME']}"
    with worker(smtp_port=1, database=address) as process:
        first = defer_one()
        wait_until(lambda: is_done(first))

        assert line.cut() > 1
        second = defer_one()
        wait_until(lambda: is_done(second), seconds=ALLOWED)

        assert process.poll() is None


def test_t71_live_pages_go_on_after_their_line_went_dead(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "127.0.0.1", "PORT": line.port}.items():
        monkeypatch.setitem(connections.settings["default"], name, value)

    async def play() -> float:
        source = LiveSource()
        with source.watch(1, viewer=1) as changes:
            assert await asyncio.wait_for(changes.get(), 10) == RELOAD
            assert line.cut() == 1
            began = time.monotonic()
            assert await asyncio.wait_for(changes.get(), ALLOWED) == RELOAD
            took = time.monotonic() - began
        await source.close()
        return took

    assert asyncio.run(play()) > live_source._QUIET
