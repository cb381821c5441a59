"""A wire between a program and a mail server that goes slow, falls silent, or breaks where it is told to (trust 69).

Toxiproxy knows bytes and seconds; what matters here is the step of the conversation, so the wire listens for the
client's own words.
"""

import asyncio
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final, Literal

#: What makes closing a reset instead of a goodbye.
_RESET: Final = struct.pack("ii", 1, 0)
#: Bytes and seconds of a slow wire.
_PIECE: Final = 400
_PAUSE: Final = 0.003
#: Seconds that a server has for the answer that nobody will hear.
_ANSWER: Final = 5.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens once: where the client says something that matches `at`, or after so many bytes either way."""

    way: Literal["slow", "silent", "cut", "reset"]
    at: bytes | None = None
    after: int = 0
    #: The server hears the client's words, and only its answer is lost. The worse half: it has acted.
    is_heard: bool = False


class Wire:
    """Passes everything on to a port of this machine. `next_fault` is asked at each new connection."""

    def __init__(self, to: int, next_fault: Callable[[], Fault | None]) -> None:
        self._to = to
        self._next_fault = next_fault
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ending = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        #: How many faults have happened.
        self.struck = 0

    @property
    def port(self) -> int:
        """Where to connect instead."""
        port: int = self._listener.getsockname()[1]
        return port

    def run(self) -> None:
        """Until ended."""
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    def end(self) -> None:
        """Hang up everywhere."""
        self._loop.call_soon_threadsafe(self._ending.set)

    async def _serve(self) -> None:
        passages: set[asyncio.Task[None]] = set()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            passages.add(asyncio.create_task(self._pass_on(End(reader, writer))))

        server = await asyncio.start_server(accept, sock=self._listener)
        await self._ending.wait()
        server.close()
        await asyncio.gather(*passages)

    def _note_strike(self) -> None:
        self.struck += 1

    async def _pass_on(self, near: "End") -> None:
        fault = self._next_fault()
        try:
            far = End(*await asyncio.open_connection("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        passage = Passage(near, far, fault, self._note_strike)
        try:
            await passage.last(self._ending)
            if passage.is_struck and fault is not None and fault.way == "silent":
                await self._ending.wait()
        finally:
            is_reset = passage.is_struck and fault is not None and fault.way == "reset"
            near.close(with_reset=is_reset)
            far.close(with_reset=is_reset)


@dataclass(frozen=True)
class End:
    """One end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def close(self, *, with_reset: bool = False) -> None:
        """For good; what has not left stays here."""
        if with_reset:
            self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.writer.close()


class Passage:
    """One conversation."""

    def __init__(self, near: End, far: End, fault: Fault | None, note_strike: Callable[[], None]) -> None:
        self._near, self._far, self._fault, self._note_strike = near, far, fault, note_strike
        self._said = b""
        self._bytes = 0
        self._is_slow = False
        self._is_deaf = False
        self._answered = asyncio.Event()
        self.is_struck = False

    async def last(self, ending: asyncio.Event) -> None:
        """Until one of the two hangs up, the fault ends it, or the whole wire ends."""
        until = [asyncio.create_task(each) for each in (self._hear_client(), self._hear_server(), ending.wait())]
        await asyncio.wait(until, return_when=asyncio.FIRST_COMPLETED)
        for each in until:
            each.cancel()
        await asyncio.gather(*until, return_exceptions=True)

    async def _hear_client(self) -> None:
        with suppress(OSError):
            while data := await self._near.reader.read(65536):
                self._said = (self._said + data)[-500:]
                self._bytes += len(data)
                if self._strikes() and await self._breaks(data):
                    return
                await self._tell(self._far, data)

    async def _hear_server(self) -> None:
        with suppress(OSError):
            while data := await self._far.reader.read(65536):
                self._bytes += len(data)
                self._answered.set()
                if self._is_deaf:
                    continue
                if self._fault is not None and self._fault.at is None and self._strikes() and not self._is_slow:
                    await self._tell(self._near, data[: len(data) // 2])
                    return
                await self._tell(self._near, data)

    def _strikes(self) -> bool:
        """Whether the fault happens now; it happens once."""
        fault = self._fault
        if fault is None or self.is_struck:
            return False
        is_now = self._bytes >= fault.after if fault.at is None else re.search(fault.at, self._said) is not None
        if is_now:
            self.is_struck, self._is_slow = True, fault.way == "slow"
            self._note_strike()
        return is_now

    async def _breaks(self, data: bytes) -> bool:
        """Whether the conversation ends with these words of the client."""
        if self._is_slow or self._fault is None:
            return False
        if self._fault.is_heard:
            self._is_deaf = True
            self._answered.clear()
            await self._tell(self._far, data)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), _ANSWER)
        return True

    async def _tell(self, end: End, data: bytes) -> None:
        pieces = range(0, len(data), _PIECE) if self._is_slow else [0]
        for start in pieces:
            end.writer.write(data[start : start + _PIECE] if self._is_slow else data)
            await end.writer.drain()
            if self._is_slow:
                await asyncio.sleep(_PAUSE)


@contextmanager
def wire_to(port: int, next_fault: Callable[[], Fault | None]) -> Iterator[Wire]:
    """A wire to a server for as long as the block lasts."""
    wire = Wire(port, next_fault)
    thread = threading.Thread(target=wire.run, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        wire.end()
        thread.join(10)


def once(fault: Fault) -> Callable[[], Fault | None]:
    """The first connection has the fault, the others are sound."""
    left: list[Fault] = [fault]
    return lambda: left.pop() if left else None
