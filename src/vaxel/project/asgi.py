"""The door to the installation: live pages get a stream of events, everything else an answer of Django's.

Django decides about both: a request for a stream passes all of the middleware and the gate like any other, and only
an answer that the view `ui.live` marked becomes a stream (trust 43).
"""

import asyncio
import gc
import signal
from importlib import import_module
from typing import Final

from django.conf import settings

from vaxel.kit.places import forget_places
from vaxel.project.bridge import Answer, Bridge, Receive, RequestRefusedError, Scope, Send
from vaxel.project.wsgi import application as django_application
from vaxel.surfaces.ui.live import LIVE_HEADER, LiveDesk, serve_events
from vaxel.surfaces.ui.live_source import LiveSource

#: Requests that one process works on at once; more wait. Two processes of four keep two cores busy.
_THREADS: Final = 4
#: Room for a form with several of the largest attachments; the form itself tells about each that is too large.
_BODY_LIMIT: Final = settings.UPLOAD_LIMIT_BYTES * 10 + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
_LIVE_HEADER: Final = LIVE_HEADER.lower().encode()

_bridge = Bridge(
    django_application, threads=_THREADS, body_limit=_BODY_LIMIT, folder=str(settings.FILE_UPLOAD_TEMP_DIR)
)
_live = LiveSource()
#: Every view is loaded with the application, not with the first request.
import_module(settings.ROOT_URLCONF)
forget_places()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or keep the process's own time (`lifespan`)."""
    if scope["type"] == "lifespan":
        await _live_through(receive, send)
    elif scope["method"] == "GET" and scope["path"].endswith("/live/"):
        await _serve_live(scope, receive, send)
    else:
        await _bridge(scope, receive, send)


async def _serve_live(scope: Scope, receive: Receive, send: Send) -> None:
    answer = await _ask(scope, receive)
    let_in = answer.header(_LIVE_HEADER)
    if let_in is None:
        await _bridge.send(answer, send)
        return

    async def still_may() -> bool:
        again = await _ask(scope, receive)
        again.gone.set()
        return again.header(_LIVE_HEADER) == let_in

    answer.gone.set()
    headers = [pair for pair in answer.headers if pair[0] not in {_LIVE_HEADER, b"content-length"}]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    desk_id, viewer, since = map(int, let_in.split())
    with _live.watch(desk_id, viewer=viewer, since=since / 1000 if since else None) as changes:
        await serve_events(LiveDesk(changes=changes, still_may=still_may), receive, send)


async def _ask(scope: Scope, receive: Receive) -> Answer:
    try:
        return await _bridge.answer(scope, receive)
    except RequestRefusedError as refused:
        return Answer(refused.status, [], b"")


async def _live_through(receive: Receive, send: Send) -> None:
    """The process's start and end."""
    _end_streams_when_told_to_stop()
    _spare_the_collector()
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _live.close()
    await asyncio.to_thread(_bridge.close)
    await send({"type": "lifespan.shutdown.complete"})


#: A page makes some thousand objects that stay until it is sent, and nearly none in circles: with Python's own 700 the
#: collector looked through them a dozen times a page and found nothing: two to eight hundredths of its processor time.
_OBJECTS_BETWEEN_LOOKS: Final = 10_000


def _spare_the_collector() -> None:
    """What is loaded at the start stays: the garbage collector need not look through it with each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


def _end_streams_when_told_to_stop() -> None:
    """The server waits for open requests before it tells us of the end, and a stream would stay open for ever.

    The server's own handler hangs in the event loop and is called as well.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(_live.end))
