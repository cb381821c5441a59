"""trust 66: web, worker and database are killed at random while questions come in and mails go out.

A run of the tests kills a few dozen times; `make endure` kills two hundred times.
"""

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from tests.channels.smtp_stub import SmtpStub, smtp_stub
from tests.cli.programs import environment
from tests.faults.stack import PARTS, Stack, kill_at_random
from tests.faults.traffic import Asking, Left, Receipts, Traffic, go_on

#: How often something is killed in this run.
KILLS: Final = int(os.environ.get("KILLS", "24"))
#: Requests that are answered at most between two kills.
_MOST_STEPS: Final = 12


@pytest.fixture
def stub() -> Iterator[SmtpStub]:
    with smtp_stub() as server:
        yield server


@pytest.fixture
def stack(data: Path, stub: SmtpStub) -> Iterator[Stack]:
    running = Stack(data, VAXEL_SMTP_HOST="127.0.0.1", VAXEL_SMTP_PORT=str(stub.port))
    running.start()
    yield running
    running.end()


def at_rest(stack: Stack, stub: SmtpStub) -> Left:
    """Stop everything, let one last worker finish, and read what is there."""
    stack.end()
    where = environment(
        stack.data,
        VAXEL_SMTP_HOST="127.0.0.1",
        VAXEL_SMTP_PORT=str(stub.port),
        DJANGO_SETTINGS_MODULE="vaxel.project.settings",
    )
    words = (
        "from vaxel.cli.installation import start_django, usable_database; start_django(); import runpy\n"
        "with usable_database(): runpy.run_module('tests.faults.settle', run_name='__main__')"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", words], env=where, cwd=root, capture_output=True, text=True, check=False, timeout=180
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    mails = {name: tuple(mail) for name, mail in found["mails"].items()}
    return Left(tickets=found["tickets"], mails=mails, taken=tuple(each.strip() for each in stub.taken))


def go_on_while_killed(stack: Stack, traffic: Sequence[Traffic], *, chance: random.Random) -> dict[str, int]:
    """All traffic in threads of its own while parts are killed, and a little longer; how often each was killed."""
    until = threading.Event()
    with ThreadPoolExecutor(len(traffic)) as threads:
        going = [threads.submit(go_on, each, until=until) for each in traffic]
        try:
            return kill_at_random(
                stack,
                times=KILLS,
                chance=chance,
                progress=lambda: sum(each.steps for each in traffic),
                most=_MOST_STEPS,
            )
        finally:
            until.wait(3)
            until.set()
            for each in going:
                each.result(120)


def test_t66_what_was_acknowledged_is_stored_once_and_mailed_once(stack: Stack, stub: SmtpStub) -> None:
    asking = [Asking(name, stack.port) for name in ("Maj", "Ove", "Siv")]
    traffic: list[Traffic] = [*asking, Receipts()]

    killed = go_on_while_killed(stack, asking, chance=random.Random(66))  # noqa: S311  # the same choice at every run
    left = at_rest(stack, stub)

    acknowledged = sum(len(each.acknowledged) for each in asking)
    sys.stdout.write(
        f"killed {killed}, acknowledged {acknowledged}, mails {len(left.mails)}, taken {len(stub.taken)}\n"
    )
    assert [fault for each in traffic for fault in each.faults(left)] == []
    assert (sum(killed.values()), min(killed[part] for part in PARTS) > 0, acknowledged > 0) == (KILLS, True, True)
