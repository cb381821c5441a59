"""The stream of a desk's changes to an open page of the staff (server-sent events).

The view lets somebody in; `vaxel.project.asgi` turns its answer into the stream. Under a server that knows only
WSGI the answer is an empty stream, and pages work without being told.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from vaxel.kit.numbers import number_in
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace, staff_page
from vaxel.surfaces.ui.live_source import END, RELOAD, REPLACED, Change, Changes

#: On the answer to somebody who may watch: the desk's id, the viewer's, and when their page was made, in milliseconds
#: since 1970 (0: not told). It never leaves the server.
LIVE_HEADER: Final = "X-Vaxel-Live"
#: Seconds between two signs of life: proxies close silent streams after sixty.
PING: Final = 15.0
#: Seconds after which the right to watch is looked at again (trust 47).
LOOK_AGAIN: Final = 30.0
#: Milliseconds after which the browser comes back by itself.
_COME_BACK: Final = 3000
#: The same for a page that had to go for a newer one of the same person: they would push each other out.
_COME_BACK_LATE: Final = 300_000


@require_GET
@staff_page
def live(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Let the staff of the desk watch it, with what their page has missed since it was made (see `stream_url`)."""
    since = number_in(request.GET.get("since", "")) or 0
    headers = {LIVE_HEADER: f"{place.desk.pk} {place.viewer.staff_id} {since}", "X-Accel-Buffering": "no"}
    return HttpResponse(content_type="text/event-stream", headers=headers)


def stream_url(place: StaffPlace) -> str:
    """Where a page that is made now hears of changes."""
    return f"{address('live', desk=place.desk.slug)}?since={round(place.now.timestamp() * 1000)}"


@dataclass(frozen=True, slots=True)
class LiveDesk:
    """What one stream needs: the changes, and whether the viewer may still see them."""

    changes: Changes
    still_may: Callable[[], Awaitable[bool]]


async def serve_events(
    desk: LiveDesk, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Send changes until the page goes away, the right is gone or the process ends."""
    sending = asyncio.ensure_future(_send_changes(desk, send))
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, gone):
            task.cancel()
        await asyncio.gather(sending, gone, return_exceptions=True)
    if not sending.cancelled() and sending.exception() is None:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_changes(desk: LiveDesk, send: Callable[[Any], Awaitable[None]]) -> None:
    loop = asyncio.get_running_loop()
    look_again = loop.time() + LOOK_AGAIN
    await send(_piece(f"retry: {_COME_BACK}\n\n"))
    while True:
        try:
            change = await asyncio.wait_for(desk.changes.get(), PING)
        except TimeoutError:
            await send(_piece(": ping\n\n"))
        else:
            if change is END:
                return
            if change == REPLACED:
                await send(_piece(f"retry: {_COME_BACK_LATE}\n\n"))
                return
            await send(_piece(_as_event(change)))
        if loop.time() >= look_again:
            if not await desk.still_may():
                return
            look_again = loop.time() + LOOK_AGAIN


async def _until_gone(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _as_event(change: Change) -> str:
    if change == RELOAD:
        return "event: reload\ndata: {}\n\n"
    return f"event: ticket\ndata: {json.dumps(asdict(change))}\n\n"


def _piece(text: str) -> Any:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}
