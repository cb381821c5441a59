"""The bridge between server and Django: whole bodies, long answers, faults that tell nothing."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from tests.project.asgi_client import Browser, ask, scope
from vaxel.project import bridge
from vaxel.project.bridge import Bridge, Environ

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def bridge_to(view: Callable[[Environ], Iterable[bytes]], *, body_limit: int = 1000) -> Bridge:
    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = view(environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return answer

    return Bridge(application, threads=1, body_limit=body_limit)


def test_body_in_pieces_arrives_whole() -> None:
    echo = bridge_to(lambda environ: [environ["wsgi.input"].read()])
    browser = asyncio.run(ask(echo, scope("/", method="POST"), b"first ", b"second ", b"third"))
    assert (browser.status, browser.text) == (200, "first second third")


def test_t28_too_large_body_is_refused_in_clear_words() -> None:
    door = bridge_to(lambda _: [b"Django was asked"], body_limit=10)
    browser = asyncio.run(ask(door, scope("/", method="POST"), b"123456", b"7890abc"))
    assert (browser.status, browser.text) == (413, "För mycket på en gång. / Too much at once.\n")


def test_body_of_an_unknown_length_is_as_long_as_what_has_come() -> None:
    door = bridge_to(lambda environ: [environ["CONTENT_LENGTH"].encode()])
    assert asyncio.run(ask(door, scope("/", method="POST"), b"12345", b"678")).text == "8"


@pytest.mark.parametrize("given", [{"path": "/\udcff"}, {"query_string": b"\xff"}])
def test_t24_address_that_is_no_text_is_a_bad_request(given: dict[str, Any]) -> None:
    door = bridge_to(lambda _: [b"Django was asked"])
    assert asyncio.run(ask(door, {**scope("/"), **given})).status == 400


def test_t73_bodies_under_way_take_no_more_than_their_room() -> None:
    door = bridge_to(lambda _: [b"served"], body_limit=10)

    async def play() -> list[int]:
        held = asyncio.Event()

        async def send_slowly() -> int:
            browser = Browser(b"1234567890", b"")
            begin = browser.receive

            async def receive() -> Any:
                message = await begin()
                if not message["body"]:
                    await held.wait()
                return message

            await door(scope("/", method="POST"), receive, browser.send)
            return browser.status

        slow = [asyncio.ensure_future(send_slowly()) for _ in range(4)]
        await asyncio.sleep(0.05)
        refused = await ask(door, scope("/", method="POST"), b"1")
        held.set()
        taken = await asyncio.gather(*slow)
        afterwards = await ask(door, scope("/", method="POST"), b"1234567890")
        return [refused.status, *taken, afterwards.status]

    assert asyncio.run(play()) == [503, 200, 200, 200, 200, 200]


def test_t74_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "LONGEST", 0.1)
    door = bridge_to(lambda _: [b"Django was asked"])
    sent: list[Any] = []

    async def drip() -> Any:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(door(scope("/", method="POST"), drip, keep))
    assert sent[0]["status"] == 408


def test_t74_sender_that_says_nothing_costs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "PATIENCE", 0.05)
    door = bridge_to(lambda _: [b"served"])

    async def silent() -> Any:
        await asyncio.Event().wait()

    async def play() -> tuple[int, str]:
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        slow = asyncio.ensure_future(door(scope("/", method="POST"), silent, keep))
        quick = await ask(door, scope("/"))
        await slow
        return sent[0]["status"], quick.text

    assert asyncio.run(play()) == (408, "served")


def test_t61_header_with_underscore_cannot_pass_for_the_proxys() -> None:
    door = bridge_to(lambda environ: [environ.get("HTTP_X_FORWARDED_PROTO", "none").encode()])
    asked = scope("/", headers={"x_forwarded_proto": "https"})
    assert asyncio.run(ask(door, asked)).text == "none"


def test_t80_fault_that_django_did_not_handle_tells_nothing() -> None:
    def faulty(_: Environ) -> Iterable[bytes]:
        raise RuntimeError("the secret of maj@askline.example")

    browser = asyncio.run(ask(bridge_to(faulty), scope("/")))
    assert (browser.status, browser.text) == (500, "Något gick fel. / Something went wrong.\n")


class LongAnswer:
    """As Django answers with a file: `streaming`, small parts, and a wish to be closed."""

    streaming = True

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"x" * 4096] * 200)

    def close(self) -> None:
        self.closed = True


def test_long_answer_is_sent_in_large_pieces_and_closed() -> None:
    answer = LongAnswer()
    browser = asyncio.run(ask(bridge_to(lambda _: answer), scope("/")))
    pieces = [len(message["body"]) for message in browser.sent[1:]]
    assert (pieces, answer.closed) == ([262144, 262144, 262144, 32768, 0], True)


class ClosedLate:
    """An answer that takes its time to be closed: until `may_close`."""

    def __init__(self) -> None:
        self.may_close, self.closed = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"the page"])

    def close(self) -> None:
        self.may_close.wait(30)
        self.closed.set()


def test_answer_goes_out_before_it_is_closed() -> None:
    answer = ClosedLate()
    browser = asyncio.run(ask(bridge_to(lambda _: answer), scope("/")))
    assert (browser.text, answer.closed.is_set()) == ("the page", False)
    answer.may_close.set()
    assert answer.closed.wait(30)


def test_closing_lets_the_answer_go_first() -> None:
    """Closing may compute, and whoever computes keeps the interpreter from the loop that would send the answer."""
    browser = Browser()
    told: list[str] = []

    class Computing(ClosedLate):
        def close(self) -> None:
            told.extend(message["type"] for message in browser.sent)
            self.closed.set()

    answer = Computing()

    async def play() -> None:
        door = bridge_to(lambda _: answer)
        await door(scope("/"), browser.receive, browser.send)

    asyncio.run(play())
    assert answer.closed.wait(30)
    assert told == ["http.response.start", "http.response.body"]


def test_fault_while_closing_leaves_the_thread_for_the_next(caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(ClosedLate):
        def close(self) -> None:
            raise RuntimeError("too late")

    door = bridge_to(lambda _: Faulty())
    assert [asyncio.run(ask(door, scope("/"))).text for _ in range(2)] == ["the page", "the page"]
    assert "too late" in caplog.text


def test_requests_of_one_thread_follow_each_other_in_the_same_thread() -> None:
    door = bridge_to(lambda _: [threading.current_thread().name.encode()])

    async def play() -> set[str]:
        answers = await asyncio.gather(*(ask(door, scope("/")) for _ in range(5)))
        return {answer.text for answer in answers}

    assert asyncio.run(play()) == {"django_0"}
