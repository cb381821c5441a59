"""The work of `bench.mail_in`, in processes of their own: `python -m bench.mail_in_work store|drain COUNT`.

Each prints one line of JSON with what it measured.
"""

import base64
import json
import sys
import time
from random import Random

import django

django.setup()

import psutil  # noqa: E402  # Django must be set up before
from django.utils import timezone  # noqa: E402

from vaxel.channels.mail.incoming.draining import drain  # noqa: E402
from vaxel.channels.mail.readers import Readers  # noqa: E402
from vaxel.domain.desks.models import Desk  # noqa: E402
from vaxel.domain.mailroom.choosing import mailbox_for  # noqa: E402
from vaxel.domain.mailroom.storing import Arrival, store  # noqa: E402
from vaxel.domain.people.models import Person  # noqa: E402

DESK = "kompass"
SEED = 77
#: Mails of one transaction, as a fetch stores them.
BATCH = 20
#: A drain looks at its memory after so many mails.
LOOKED_AT_EVERY = 500


def store_mails(count: int) -> dict[str, float]:
    """Seconds for storing so many mails."""
    desk = Desk.objects.get(slug=DESK)
    people = list(Person.unscoped.filter(desk=desk, is_active=True, seats__isnull=False)[:400])
    mailbox = mailbox_for(b"", desk=desk, address="", now=timezone.now())
    random, run, seconds = Random(SEED), int(time.time()), 0.0
    for start in range(0, count, BATCH):
        mails = [
            letter(people[number % len(people)].email, mailbox.address, f"{run}.{number}", random)
            for number in range(start, min(count, start + BATCH))
        ]
        began = time.monotonic()
        store([Arrival(raw=raw, size=len(raw)) for raw in mails], mailbox=mailbox, now=timezone.now())
        seconds += time.monotonic() - began
    return {"seconds": seconds}


def drain_mails(count: int) -> dict[str, object]:
    """Mails settled, and megabytes resident as the queue gets shorter: mails so far, this process, its readers."""
    settled = 0
    memory: list[tuple[int, float, float]] = []
    with Readers(processes=1) as readers:
        while now := drain(readers, clock=timezone.now, seconds=1.0):
            settled += now
            if settled >= LOOKED_AT_EVERY * (len(memory) + 1) or settled >= count:
                memory.append((settled, *megabytes()))
        return {"settled": settled, "memory": memory or [(settled, *megabytes())]}


def megabytes() -> tuple[float, float]:
    """Resident memory of this process, and of the children that read."""
    own = psutil.Process()
    of_children = sum(child.memory_info().rss for child in own.children())
    return own.memory_info().rss / 1024 / 1024, of_children / 1024 / 1024


def letter(sender: str, to: str, name: str, random: Random) -> bytes:
    """Words as text and HTML, and with every third mail a picture: 4 to 40 kB."""
    words = "Det kommer upp ett oväntat fel när jag sparar rapporten. " * random.randrange(20, 60)
    parts = [
        f"Content-Type: text/plain; charset=utf-8\r\n\r\nHej!\r\n\r\n{words}\r\n",
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hej!</p><p>{words}</p>\r\n",
    ]
    if random.random() < 1 / 3:
        picture = base64.encodebytes(random.randbytes(random.randrange(2_000, 24_000))).decode()
        parts.append(
            f"Content-Type: image/png; name=bild.png\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n"
        )
    head = f"From: <{sender}>\r\nTo: <{to}>\r\nSubject: Fel {name}\r\nMessage-ID: <{name}@kund.example>\r\n"
    body = "".join(f"--b\r\n{part}" for part in parts)
    return f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{body}--b--\r\n".encode()


if __name__ == "__main__":
    work = {"store": store_mails, "drain": drain_mails}[sys.argv[1]]
    print(json.dumps(work(int(sys.argv[2]))))
