"""Django's WSGI application behind an ASGI server: one hop to a thread and back per request.

Threads keep their database connections between requests. A request's body is taken in completely before a thread
is given to it, so that a slow sender costs a file and not a thread; and all files together have a size that they
do not grow beyond, since anybody may send. Figures: docs/benchmarks.md, "Server".
"""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import IO, Any, Final, Protocol

from a2wsgi.wsgi import build_environ

Scope = dict[str, Any]
Message = dict[str, Any]
Environ = dict[str, Any]
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger("vaxel.server")

#: Bodies up to this many bytes stay in memory; larger ones go to a file.
_IN_MEMORY: Final = 512 * 1024
#: Bytes of a long answer that are sent in one go.
_PIECE: Final = 256 * 1024
#: Seconds without a byte after which a sender is given up.
PATIENCE: Final = 30.0
#: Seconds that a body may take in all; the largest needs a line of two megabits per second.
LONGEST: Final = 1200.0
#: Bodies of the largest size that may be under way at once in one process (trust 73).
_LARGEST_AT_ONCE: Final = 4
_BUSY: Final = "Mycket att göra. Försök igen strax. / Busy. Try again shortly.\n"
_FULL: Final = (
    "Vår disk är full just nu, så filerna går inte att ta emot. Gå tillbaka: det du skrev finns kvar. "
    "Skicka utan filer, eller försök igen om en stund.\n"
    "Our disk is full just now, so the files cannot be taken in. Go back: what you wrote is still there. "
    "Send it without files, or try again in a while.\n"
)
#: Seconds that what is done afterwards lets an answer go first.
_LET_GO: Final = 0.05
_PLAIN: Final = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


class Receive(Protocol):
    """ASGI's way to the next piece of the request."""

    async def __call__(self) -> Message: ...


class Send(Protocol):
    """ASGI's way to the client."""

    async def __call__(self, message: Message, /) -> None: ...


class RequestRefusedError(Exception):
    """The request cannot be taken in: `status` is what the client is told."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass(slots=True)
class Answer:
    """What Django said: a body, or for a long answer its `rest` to be sent piece by piece."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] | None = None
    #: Set when it has been handed to the server.
    gone: Event = field(default_factory=Event)

    def header(self, name: bytes) -> bytes | None:
        """The value of a header (name in lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(slots=True)
class Body:
    """A request's body, as far as it has come."""

    file: IO[bytes]
    size: int = 0


class Bridge:
    """An ASGI application that lets `application` answer in one of `threads` threads.

    Large bodies wait in `folder` (None: where the machine keeps temporary files).
    """

    def __init__(
        self, application: WsgiApplication, *, threads: int, body_limit: int, folder: str | None = None
    ) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._body_limit = body_limit
        self._room = body_limit * _LARGEST_AT_ONCE
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self.answer(scope, receive)
        except RequestRefusedError as refused:
            answer = Answer(refused.status, _PLAIN, str(refused).encode())
        await self.send(answer, send)

    def close(self) -> None:
        """Wait for what is still done when the last answers have gone out."""
        self._pool.shutdown()

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """What Django says to the request; raises `RequestRefusedError`."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=self._folder) as file:
            body = Body(file)
            try:
                await self._take_in(body, scope, receive)
                return await self._from_django(_environ(scope, body))
            finally:
                self._room += body.size

    async def _take_in(self, body: Body, scope: Scope, receive: Receive) -> None:
        if scope["method"] in {"GET", "HEAD"}:
            return
        try:
            async with asyncio.timeout(LONGEST):
                while await self._take_piece(body, receive):
                    pass
        except TimeoutError:
            raise RequestRefusedError(408, "Timeout\n") from None
        body.file.seek(0)

    async def _take_piece(self, body: Body, receive: Receive) -> bool:
        """Whether there is more to come."""
        message = await asyncio.wait_for(receive(), PATIENCE)
        if message["type"] == "http.disconnect":
            raise RequestRefusedError(400, "Disconnected\n")
        piece = message.get("body", b"")
        if body.size + len(piece) > self._body_limit:
            raise RequestRefusedError(413, "För mycket på en gång. / Too much at once.\n")
        if len(piece) > self._room:
            raise RequestRefusedError(503, _BUSY)
        self._room -= len(piece)
        body.size += len(piece)
        try:
            body.file.write(piece)
        except OSError:
            log.exception("no room for a body")
            raise RequestRefusedError(503, _FULL) from None
        return bool(message.get("more_body", False))

    async def _from_django(self, environ: Environ) -> Answer:
        """The answer as soon as it is made: closing it, and what is done once it has gone out, nobody waits for."""
        loop = asyncio.get_running_loop()
        made: asyncio.Future[Answer] = loop.create_future()

        def tell(answer: Answer) -> None:
            loop.call_soon_threadsafe(_settle, made, answer)

        asked = self._pool.submit(self._ask_django, environ, tell)
        try:
            return await made
        finally:
            # Whoever left before a thread was free is not asked for.
            asked.cancel()

    def _ask_django(self, environ: Environ, tell: Callable[[Answer], None]) -> None:
        """In a thread. What Django itself could not handle becomes a bare page without details (trust 80)."""
        answer = Answer(500, _PLAIN, b"")

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            answer.status = int(status[:3])
            answer.headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]

        close: Callable[[], None] = _nothing
        try:
            response = self._application(environ, start_response)
            close = getattr(response, "close", _nothing)
            if getattr(response, "streaming", False):
                answer.rest, answer.close, close = iter(response), close, _nothing
            else:
                answer.body = b"".join(response)
        except Exception:
            log.exception("unhandled")
            answer = Answer(500, _PLAIN, "Något gick fel. / Something went wrong.\n".encode())
        try:
            tell(answer)
            # Whoever computes keeps the interpreter for up to 5 ms, and the answer would wait for it.
            answer.gone.wait(_LET_GO)
            close()
        except Exception:
            log.exception("unhandled")

    async def send(self, answer: Answer, send: Send) -> None:
        """Hand the answer to the client."""
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            if answer.rest is None:
                await send({"type": "http.response.body", "body": answer.body})
                return
        finally:
            answer.gone.set()
        loop = asyncio.get_running_loop()
        try:
            while piece := await loop.run_in_executor(self._pool, _next_piece, answer.rest):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            if answer.close is not None:
                await loop.run_in_executor(self._pool, answer.close)


def _environ(scope: Scope, body: Body) -> Environ:
    """WSGI's view of the request.

    Names of headers with an underscore are dropped: WSGI could not tell `X_Forwarded_Proto` from the header that
    the proxy sets (trust 61). The length is that of what has come, whether or not the sender told it.
    """
    plain = {**scope, "headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}
    try:
        environ = dict(build_environ(plain, body.file))  # type: ignore[arg-type]  # their types are narrower than ASGI's
    except UnicodeError:
        raise RequestRefusedError(400, "Bad request\n") from None
    return {**environ, "CONTENT_LENGTH": str(body.size)}


def _settle(made: "asyncio.Future[Answer]", answer: Answer) -> None:
    """Whoever asked may have gone meanwhile."""
    if not made.done():
        made.set_result(answer)


def _nothing() -> None:
    """Answers without a way to close them need none."""


def _next_piece(rest: Iterator[bytes]) -> bytes:
    piece = bytearray()
    for part in rest:
        piece += part
        if len(piece) >= _PIECE:
            break
    return bytes(piece)
