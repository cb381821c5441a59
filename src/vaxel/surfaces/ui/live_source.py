"""What happens at the desks, as it happens: one LISTEN connection per process, handed out to the open pages.

Nothing is lost when the connection is: every page is then told to load its list again (trust 71).
"""

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.db import connection

from vaxel.domain.tickets.events import LIVE_CHANNEL
from vaxel.kit.dead_line import require_answer

log = logging.getLogger("vaxel.live")

#: Changes that one page may lag behind; then it loads its list anew instead.
_BACKLOG: Final = 64
#: Pages that one person may have open at once in this process (trust 73).
MOST_EACH: Final = 12
#: Seconds without a change after which the connection is tried.
_QUIET: Final = 15.0
#: Seconds by which the clocks of machines that make pages and machines that hold streams may differ.
_CLOCKS_DIFFER: Final = 1.0
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 15.0


@dataclass(frozen=True, slots=True)
class Change:
    """A ticket that changed; all fields empty means: load everything anew."""

    ticket: int | None = None
    number: int | None = None
    kind: str = ""


RELOAD: Final = Change()
#: For the oldest page of somebody who has opened one too many.
REPLACED: Final = Change(kind="replaced")
#: Put into a page's queue when the process ends.
END: Final = None
Changes = asyncio.Queue[Change | None]


class LiveSource:
    """Listens from the first page that watches until the process ends."""

    def __init__(self) -> None:
        self._watching: dict[int, set[Changes]] = defaultdict(set)
        self._pages_of: dict[int, list[Changes]] = defaultdict(list)
        #: When a change at each desk was heard last, in seconds as `time.time` gives them.
        self._heard: dict[int, float] = {}
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    @contextmanager
    def watch(self, desk_id: int, *, viewer: int, since: float | None = None) -> Iterator[Changes]:
        """The changes at a desk for as long as the block lasts; a viewer with too many pages loses the oldest.

        A page that was made at `since` (as `time.time` gives it) and has missed a change before it came here, or while
        its line was broken, is told to load anew.
        """
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen_always())
        changes = Changes(maxsize=_BACKLOG)
        if self._ended:
            _put(changes, END)
        if since is not None and self._heard.get(desk_id, 0.0) >= since - _CLOCKS_DIFFER:
            _put(changes, RELOAD)
        self._watching[desk_id].add(changes)
        pages = self._pages_of[viewer]
        pages.append(changes)
        if len(pages) > MOST_EACH:
            _put(pages.pop(0), REPLACED)
        try:
            yield changes
        finally:
            self._watching[desk_id].discard(changes)
            if changes in pages:
                pages.remove(changes)
            if not pages:
                self._pages_of.pop(viewer, None)

    def end(self) -> None:
        """End every stream, and each that is still begun: the process is about to stop."""
        self._ended = True
        self._tell_all(END)

    async def close(self) -> None:
        """End every stream and the connection."""
        self.end()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen_always(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with await _connect() as listening:
                    await listening.execute(f"LISTEN {LIVE_CHANNEL}")
                    pause = _FIRST_PAUSE
                    self._tell_all(RELOAD)
                    await self._listen(listening)
            except (psycopg.Error, OSError) as error:
                log.warning("live connection lost: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _listen(self, listening: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in listening.notifies(timeout=_QUIET):
                self._tell(notice.payload)
            await require_answer(listening)

    def _tell(self, payload: str) -> None:
        told = json.loads(payload)
        self._heard[told["desk"]] = time.time()
        change = Change(ticket=told["ticket"], number=told["number"], kind=told["kind"])
        for page in self._watching.get(told["desk"], ()):
            _put(page, change)

    def _tell_all(self, change: Change | None) -> None:
        for pages in self._watching.values():
            for page in pages:
                _put(page, change)


async def _connect() -> psycopg.AsyncConnection[Any]:
    """A connection of its own to Django's database."""
    wanted = connection.get_connection_params()
    known = {name: value for name, value in wanted.items() if name not in {"cursor_factory", "context"}}
    return await psycopg.AsyncConnection.connect(**known, autocommit=True)


def _put(page: Changes, change: Change | None) -> None:
    """Add a change; a page that lags too far behind gets one RELOAD instead of all that it missed."""
    if page.full():
        while not page.empty():
            page.get_nowait()
        if change is not END:
            change = RELOAD
    page.put_nowait(change)
