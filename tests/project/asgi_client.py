"""A browser's side of ASGI, for the server's own code: requests in, what was sent out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Application = Callable[[Any, Any, Any], Awaitable[None]]


def scope(path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> Message:
    """What a server says about a request."""
    given = {"host": "127.0.0.1", **(headers or {})}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


class Browser:
    """One request: its body comes in the given pieces, and it stays until `leave` is called."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces) or [b""]
        self._left = asyncio.Event()
        self.sent: list[Message] = []
        self._news = asyncio.Condition()

    async def receive(self) -> Message:
        if self._pieces:
            piece = self._pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        async with self._news:
            self.sent.append(message)
            self._news.notify_all()

    async def wait_for(self, words: str, *, times: int = 1) -> None:
        """Wait until the words have arrived so many times; raises TimeoutError."""
        await self._wait(lambda: self.text.count(words) >= times)

    async def wait_for_end(self) -> None:
        """Wait until the answer is whole; raises TimeoutError."""
        await self._wait(lambda: len(self.sent) > 1 and not self.sent[-1].get("more_body"))

    async def _wait(self, arrived: Callable[[], bool]) -> None:
        async with asyncio.timeout(120), self._news:
            await self._news.wait_for(arrived)

    def leave(self) -> None:
        self._left.set()

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str | None:
        return dict(self.sent[0]["headers"]).get(name.encode(), b"").decode() or None


async def ask(application: Application, asked: Message, *pieces: bytes) -> Browser:
    """One whole request and its answer."""
    browser = Browser(*pieces)
    await application(asked, browser.receive, browser.send)
    return browser
