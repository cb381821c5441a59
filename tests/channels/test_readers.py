"""The pool of child processes: limits hold, one bad mail costs only itself, and answers are checked."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest

from tests.channels.reading.bombs import BOMBS
from tests.channels.reading.made import HEAD, file_part, html, multipart, plain
from vaxel.channels.mail.readers import Readers
from vaxel.channels.mail.reading import limits, read, wire
from vaxel.kit.mail import Mail

GOOD: Final = plain("Hej på er")
#: Seconds for a mail to be answered about, on a machine that does other things too.
PATIENCE: Final = limits.WALL_SECONDS + 8


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=1) as made:
        made.read(GOOD)
        yield made


@pytest.mark.parametrize("name", BOMBS)
def test_t21_bomb_costs_only_itself(readers: Readers, name: str) -> None:
    bomb, is_too_much = BOMBS[name]
    began = time.monotonic()
    mail = readers.read(bomb)

    assert time.monotonic() - began < PATIENCE
    assert (mail.kind == "unreadable") is is_too_much or mail.reason.startswith("Reading it took more than")
    assert bool(mail.reason) is (mail.kind == "unreadable")
    assert readers.read(GOOD).text == "Hej på er"


def test_large_mail_is_read(readers: Readers) -> None:
    line = "QUJD" * 19 + "\r\n"
    mail = readers.read(multipart("Content-Type: text/plain\r\n\r\nHej", file_part("a.pdf", content=line * 307_000)))

    assert (mail.text, mail.attachments[0].size) == ("Hej", 307_000 * 57)


def test_t28_too_long_a_mail_is_refused_with_its_size(readers: Readers) -> None:
    mail = readers.read(b"\0" * 50_000_000)

    assert (mail.kind, mail.reason) == ("unreadable", "It is 50 MB long; at most 46 MB are read.")


def test_answer_is_the_same_in_the_process_and_outside(readers: Readers) -> None:
    for raw in (
        GOOD,
        html('<p>Hej <img src="cid:a"><img src="https://b.example/c.png"></p>'),
        multipart("Content-Type: text/plain\r\n\r\nHej", file_part("a.pdf"), file_part("a.pdf")),
        f"{HEAD}Date: Thu, 5 Mar 2026 10:58:03 +0100\r\n\r\nHej\x00\ud800".encode("utf-8", "surrogatepass"),
        b"",
    ):
        assert readers.read(raw) == read(raw)


def test_child_that_dies_is_replaced(readers: Readers) -> None:
    child = readers._places.get()
    assert child is not None
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    readers._places.put(child)

    assert readers.read(GOOD).text == "Hej på er"


@pytest.mark.parametrize(
    ("signal_number", "reason"),
    [
        (signal.SIGSTOP, "Reading it took more than 4 seconds."),
        (signal.SIGKILL, "The reader broke while reading it (-9)."),
        (signal.SIGPROF, "Reading it took more than 2 seconds of processor time."),
    ],
)
def test_t21_child_that_hangs_or_dies_costs_one_mail(
    readers: Readers, signal_number: signal.Signals, reason: str
) -> None:
    readers.read(GOOD)
    child = readers._places.get()
    assert child is not None
    os.kill(child._process.pid, signal.SIGSTOP)
    readers._places.put(child)
    mails = child._mails
    with ThreadPoolExecutor(max_workers=1) as thread:
        answer = thread.submit(readers.read, GOOD)
        while child._mails == mails and not answer.done():
            time.sleep(0.001)
        if signal_number is not signal.SIGSTOP:
            os.kill(child._process.pid, signal_number)
            os.kill(child._process.pid, signal.SIGCONT)
        mail = answer.result(timeout=PATIENCE)

    assert (mail.kind, mail.reason) == ("unreadable", reason)
    assert readers.read(GOOD).text == "Hej på er"


def test_pool_is_safe_for_many_threads() -> None:
    raws = [plain(f"Mejl nummer {number}") for number in range(60)]
    with Readers(processes=2) as made, ThreadPoolExecutor(max_workers=6) as threads:
        texts = [mail.text for mail in threads.map(made.read, raws)]

    assert texts == [f"Mejl nummer {number}" for number in range(60)]


def test_child_gets_nothing_of_our_surroundings(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAXEL_SECRET_KEY", "hemlig")
    with Readers(processes=1) as made:
        made.read(GOOD)
        child = made._places.get()
        assert child is not None
        with open(f"/proc/{child._process.pid}/environ", "rb") as environment:  # noqa: PTH123  # a kernel's file
            assert b"hemlig" not in environment.read()
        made._places.put(child)


def _wire(mail: Mail) -> bytes:
    return b"".join(wire.frames(mail))


def _receiver(data: bytes) -> Callable[[int], bytes]:
    left = memoryview(data)

    def receive(size: int) -> bytes:
        nonlocal left
        taken, left = bytes(left[:size]), left[size:]
        if len(taken) < size:
            raise EOFError
        return taken

    return receive


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "ticket"},
        {"subject": 1},
        {"froms": [{"address": "a@b.example"}]},
        {"attachments": [{"name": "a"}]},
        {"unknown": {"__class__": "os.system"}},
        {"bounce": {"recipient": "a", "severity": "worst"}},
    ],
)
def test_answer_of_a_broken_child_is_refused(change: dict[str, object]) -> None:
    head = json.dumps({"kind": "message", **change}).encode()
    data = wire.LENGTH.pack(len(head)) + head + wire.LENGTH.pack(2) + b"[]"
    refused = change.keys() - {"froms", "unknown"}

    if refused:
        with pytest.raises(wire.WireError):
            wire.mail_from(_receiver(data), most=100)
    else:
        assert wire.mail_from(_receiver(data), most=100).kind == "message"


def test_attachments_larger_than_the_mail_are_refused() -> None:
    data = _wire(read(multipart("Content-Type: text/plain\r\n\r\nHej", file_part("a.pdf"))))

    assert wire.mail_from(_receiver(data), most=5).attachments[0].content == b"%PDF-"
    with pytest.raises(wire.WireError):
        wire.mail_from(_receiver(data), most=4)
