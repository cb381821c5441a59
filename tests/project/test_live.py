"""The stream of a desk's changes: who gets it, what it carries, and what ends it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from tests import factories as world
from tests.project.asgi_client import Browser, ask, scope
from vaxel.domain.desks.models import Desk
from vaxel.domain.people.models import Person, Staff
from vaxel.project import asgi
from vaxel.surfaces.ui import live
from vaxel.surfaces.ui.live_source import MOST_EACH, RELOAD, REPLACED, Change, LiveSource

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Desk:
    return world.make_desk(slug="kompass")


@pytest.fixture
def staff(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.fixture(autouse=True)
def _own_source(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stream belongs to the event loop that it was begun in."""
    monkeypatch.setattr(asgi, "_live", LiveSource())
    yield
    asgi._bridge._pool.submit(connections.close_all).result()


def cookie_of(who: Staff | Person | None) -> dict[str, str]:
    if who is None:
        return {}
    client = Client()
    assert who.account is not None
    client.force_login(who.account)
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def watch(who: Staff | Person | None, story: Callable[[Browser], Awaitable[None]], *, slug: str = "kompass") -> Browser:
    """Open the stream as this person, let the story happen, and end the process."""
    headers = cookie_of(who)

    async def play() -> Browser:
        browser = Browser()
        asked = scope(f"/{slug}/workspace/live/", headers=headers)
        serving = asyncio.ensure_future(asgi.application(asked, browser.receive, browser.send))
        try:
            await browser.wait_for("event: reload")
            await story(browser)
        finally:
            await asgi._live.close()
            async with asyncio.timeout(10):
                await serving
        return browser

    return asyncio.run(play())


async def in_thread(change: Callable[[], Any]) -> Any:
    def run() -> Any:
        try:
            return change()
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


def test_live_tells_staff_of_a_new_ticket(desk: Desk, staff: Staff) -> None:
    person = world.make_person(world.make_organisation(desk))

    async def story(browser: Browser) -> None:
        ticket = await in_thread(lambda: world.ask(person))
        await browser.wait_for(f'"number": {ticket.number}, "kind": "opened"')

    browser = watch(staff, story)
    assert (browser.status, browser.header("content-type")) == (200, "text/event-stream")
    assert browser.header("x-vaxel-live") is None
    assert browser.text.count("event: ticket") == 1


@pytest.mark.parametrize(("made", "is_told"), [("before", True), ("after", False), (None, False)])
def test_t71_page_that_comes_late_is_told_what_it_missed(
    desk: Desk, staff: Staff, *, made: str | None, is_told: bool
) -> None:
    """A change between the making of a page and its coming to the stream, or while its line was broken."""
    person = world.make_person(world.make_organisation(desk))

    async def story(browser: Browser) -> None:
        before = time.time()
        await in_thread(lambda: world.ask(person))
        await browser.wait_for("event: ticket")
        since = {"before": before, "after": time.time() + 60, None: None}[made]
        with asgi._live.watch(desk.pk, viewer=staff.pk, since=since) as late:
            assert (None if late.empty() else late.get_nowait()) == (RELOAD if is_told else None)

    watch(staff, story)


def test_stream_of_a_page_says_when_the_page_was_made(desk: Desk, staff: Staff) -> None:
    client = Client()
    client.force_login(staff.account)
    before = time.time()
    page = client.get("/kompass/workspace/tickets/").content.decode()
    since = int(page.partition('data-stream="/kompass/workspace/live/?since=')[2].partition('"')[0])
    assert before - 1 < since / 1000 < time.time() + 1
    asked = client.get("/kompass/workspace/live/", {"since": since})
    assert asked[live.LIVE_HEADER].split() == [str(desk.pk), str(staff.pk), str(since)]
    assert client.get("/kompass/workspace/live/", {"since": "x"})[live.LIVE_HEADER].split()[2] == "0"


def test_t43_live_tells_nothing_of_another_desk(desk: Desk, staff: Staff) -> None:
    stranger = world.make_person(world.make_organisation(world.make_desk("baver"), products=("baver",), plan="support"))
    neighbour = world.make_person(world.make_organisation(desk))

    async def story(browser: Browser) -> None:
        await in_thread(lambda: world.ask(stranger, kind="fault", product="baver", topic="other"))
        own = await in_thread(lambda: world.ask(neighbour))
        await browser.wait_for(str(own.number))

    assert watch(staff, story).text.count("event: ticket") == 1


def test_t43_live_tells_nothing_of_what_customers_ask_their_own_contacts(desk: Desk, staff: Staff) -> None:
    contact = world.make_person(world.make_organisation(desk))
    user = world.make_person(contact.organisation, name="Ove Lind", contact=False)

    async def story(browser: Browser) -> None:
        inside = await in_thread(lambda: world.ask(user))
        assert inside.is_first_line
        own = await in_thread(lambda: world.ask(contact))
        await browser.wait_for(str(own.number))

    assert watch(staff, story).text.count("event: ticket") == 1


@pytest.mark.parametrize("slug", ["kompass", "no-such-desk"])
def test_t42_live_is_not_there_for_staff_of_another_desk(desk: Desk, slug: str) -> None:
    other = world.make_staff(world.make_desk("baver"))
    asked = scope(f"/{slug}/workspace/live/", headers=cookie_of(other))
    assert asyncio.run(ask(asgi.application, asked)).status == 404


def test_t42_live_is_not_there_for_customers(desk: Desk) -> None:
    person = world.make_person(world.make_organisation(desk))
    asked = scope("/kompass/workspace/live/", headers=cookie_of(person))
    assert asyncio.run(ask(asgi.application, asked)).status == 404


def test_live_asks_strangers_to_sign_in(desk: Desk) -> None:
    browser = asyncio.run(ask(asgi.application, scope("/kompass/workspace/live/")))
    assert (browser.status, browser.header("location")) == (302, "/signin/?next=%2Fkompass%2Fworkspace%2Flive%2F")


def test_t47_stream_ends_when_the_right_is_taken(desk: Desk, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PING", 0.05)
    monkeypatch.setattr(live, "LOOK_AGAIN", 0.1)

    async def story(browser: Browser) -> None:
        await browser.wait_for(": ping")
        await in_thread(lambda: Staff.unscoped.filter(pk=staff.pk).update(is_active=False))
        await browser.wait_for_end()

    browser = watch(staff, story)
    assert browser.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_t71_stream_goes_on_after_the_database_dropped_it(desk: Desk, staff: Staff) -> None:
    person = world.make_person(world.make_organisation(desk))

    def drop() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")

    async def story(browser: Browser) -> None:
        await in_thread(drop)
        await browser.wait_for("event: reload", times=2)
        ticket = await in_thread(lambda: world.ask(person))
        await browser.wait_for(str(ticket.number))

    assert watch(staff, story).text.count("event: reload") == 2


def test_stream_ends_when_the_browser_leaves(desk: Desk, staff: Staff) -> None:
    headers = cookie_of(staff)

    async def play() -> int:
        browser = Browser()
        asked = scope("/kompass/workspace/live/", headers=headers)
        serving = asyncio.ensure_future(asgi.application(asked, browser.receive, browser.send))
        await browser.wait_for("event: reload")
        browser.leave()
        async with asyncio.timeout(5):
            await serving
        left = sum(len(pages) for pages in asgi._live._watching.values())
        await asgi._live.close()
        return left

    assert asyncio.run(play()) == 0


def test_stream_that_begins_while_the_process_stops_ends_at_once(desk: Desk, staff: Staff) -> None:
    headers = cookie_of(staff)

    async def play() -> Browser:
        asgi._live.end()
        browser = await ask(asgi.application, scope("/kompass/workspace/live/", headers=headers))
        await asgi._live.close()
        return browser

    assert asyncio.run(play()).text == "retry: 3000\n\n"


def test_page_that_lags_behind_is_told_once_to_load_anew() -> None:
    async def play() -> list[Change | None]:
        source = LiveSource()
        with source.watch(1, viewer=1) as changes:
            for number in range(200):
                source._tell(f'{{"desk": 1, "ticket": {number}, "number": {number}, "kind": "opened"}}')
            waiting = [changes.get_nowait() for _ in range(changes.qsize())]
        await source.close()
        return waiting

    waiting = asyncio.run(play())
    assert waiting[0] == RELOAD
    assert waiting.count(RELOAD) == 1
    assert waiting[-1] == Change(ticket=199, number=199, kind="opened")


def test_t73_one_person_keeps_the_newest_pages_and_the_oldest_comes_back_later() -> None:
    async def play() -> tuple[list[Change | None], int]:
        source = LiveSource()
        with ExitStack() as open_pages:
            pages = [open_pages.enter_context(source.watch(1, viewer=7)) for _ in range(MOST_EACH + 1)]
            other = open_pages.enter_context(source.watch(1, viewer=8))
            told = [pages[0].get_nowait()]
            rest = sum(page.qsize() for page in [*pages[1:], other])
        await source.close()
        assert dict(source._pages_of) == {}
        return told, rest

    assert asyncio.run(play()) == ([REPLACED], 0)


def test_channel_of_the_events_is_the_one_that_is_listened_to(desk: Desk) -> None:
    """What the domain tells, a plain listener hears: channel and fields are the same on both sides."""
    at = connection.settings_dict
    person = world.make_person(world.make_organisation(desk))
    with psycopg.connect(host=at["HOST"], user=at["USER"], dbname=at["NAME"], autocommit=True) as listener:
        listener.execute("LISTEN vaxel_live")
        ticket = world.ask(person)
        heard = [notice.payload for notice in listener.notifies(timeout=60, stop_after=1)]
    assert heard == [f'{{"desk": {desk.pk}, "ticket": {ticket.pk}, "number": {ticket.number}, "kind": "opened"}}']
