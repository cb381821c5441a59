"""trust 66, 67, 69: web, worker, database and listener are killed at random while questions come in by portal and by
mail, and mails go out, over lines that break.

A run of the tests kills a dozen times; `make endure` kills two hundred times.
"""

import json
import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.channels.mail_servers import CUSTOMERS, FETCHED, HANDED_OVER, STAFF, MailServers, id_of, mail_servers
from tests.faults.installation import run_inside
from tests.faults.letters import Writing
from tests.faults.stack import Stack, kill_at_random
from tests.faults.traffic import Asking, Left, Receipts, Traffic, go_on
from tests.faults.weather import Weather
from tests.faults.wire import Wire, wire_to

#: How often something is killed in this run.
KILLS: Final = int(os.environ.get("KILLS", "12"))
#: Requests that are answered at most between two kills.
_MOST_STEPS: Final = 12
#: The contact of another customer in examples/first-desk.toml: whoever asks in the portal may not ask so fast.
_OTHER_CONTACT: Final = "ebba.hed@malarvik.example"


@dataclass(frozen=True)
class Rig:
    """An installation, the mail servers around it, and the lines between."""

    stack: Stack
    servers: MailServers
    wires: Sequence[Wire]
    weathers: Sequence[Weather]
    environment: dict[str, str]


@pytest.fixture
def rig(data: Path) -> Iterator[Rig]:
    weathers = [Weather(random.Random(seed)) for seed in (67, 69)]  # noqa: S311  # the same choice at every run
    with ExitStack() as running:
        servers = running.enter_context(mail_servers())
        ports = (servers.postfix.port, servers.dovecot.port)
        wires = [running.enter_context(wire_to(to, one)) for to, one in zip(ports, weathers, strict=True)]
        run_inside(data, "tests.faults.mailboxes", str(wires[1].port))
        environment = {"VAXEL_SMTP_HOST": "127.0.0.1", "VAXEL_SMTP_PORT": str(wires[0].port)}
        stack = Stack(data, lmtp_port=servers.lmtp_port, **environment)
        stack.start()
        running.callback(stack.end)
        yield Rig(stack, servers, wires, weathers, environment)


def at_rest(rig: Rig) -> Left:
    """Let Postfix hand out, stop everything, let one last worker finish, and read what is there."""
    for weather in rig.weathers:
        weather.is_calm = True
    rig.servers.postfix.hand_out()
    rig.stack.end()
    found = json.loads(run_inside(rig.stack.data, "tests.faults.settle", **rig.environment))
    rig.servers.postfix.hand_out()
    return Left(
        tickets=found["tickets"],
        messages=found["messages"],
        mails={name: tuple(mail) for name, mail in found["mails"].items()},
        taken=[id_of(mail) for user in (*CUSTOMERS, STAFF) for mail in rig.servers.read(user)],
        held=[tuple(each) for each in found["held"]],
    )


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


def test_t66_what_was_acknowledged_is_stored_once_and_mailed_once(rig: Rig) -> None:
    asking = [Asking(name, rig.stack.port) for name in ("Maj", "Ove")]
    writing = [Writing(_OTHER_CONTACT, to, rig.servers) for to in (FETCHED, HANDED_OVER)]
    acting: list[Traffic] = [*asking, *writing]

    killed = go_on_while_killed(rig.stack, acting, chance=random.Random(66))  # noqa: S311  # the same at every run
    left = at_rest(rig)

    sys.stdout.write(
        f"killed {killed}, acknowledged {sum(len(each.acknowledged) for each in asking)}, letters "
        f"{[len(each.subjects) for each in writing]}, answers {[len(each.answers) for each in writing]}, mails "
        f"{Counter(state for state, _, _ in left.mails.values())}, taken {len(left.taken)}, lines broken "
        f"{[wire.struck for wire in rig.wires]}, held {left.held}\n"
    )
    judging: list[Traffic] = [*acting, Receipts()]
    assert [fault for each in judging for fault in each.faults(left)] == []
    assert (sum(killed.values()), min(killed.values()) > 0) == (KILLS, True)
    assert all([*(each.acknowledged for each in asking), *(each.subjects for each in writing)])
