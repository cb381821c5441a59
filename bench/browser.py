"""What a browser makes of a page: how long until it can be used, and how much script it has fetched for that."""

import gzip
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import BrowserContext, Response, sync_playwright

from bench import people
from bench.client import Client
from bench.figures import Figure
from bench.running import DESK, running

#: Debian's, which the browser tests use as well.
_CHROMIUM = "/usr/bin/chromium"
_TIMES = 7
#: Milliseconds without work after which a page counts as ready; what still came before then is part of the time.
_QUIET = 500
#: From the first byte asked for to the load event and the end of the last task that would have held up a press.
_READY = """(quiet) => new Promise((resolve) => {
  let last = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) last = Math.max(last, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  setTimeout(() => resolve(Math.max(last, performance.getEntriesByType("navigation")[0].loadEventEnd)), quiet);
})"""


def measure() -> list[Figure]:
    """The portal's home and a ticket in the workspace, each in a fresh window, with nothing kept from before."""
    ((contact, _),) = people.contacts(1)
    (agent,) = people.agents(1)
    ticket = f"/{DESK}/workspace/tickets/{people.ticket_with_messages(10)}/"
    return [
        *_page("portal, home", f"/{DESK}/", contact, script_goal=60, ready_goal=1000),
        *_page("workspace, ticket", ticket, agent, script_goal=200),
    ]


def _page(
    name: str, path: str, client: Client, *, script_goal: float, ready_goal: float | None = None
) -> Iterator[Figure]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened = [_opened(browser.new_context(base_url=_base()), path, client) for _ in range(_TIMES)]
        browser.close()
    ready, scripts = zip(*opened, strict=True)
    yield Figure(f"{name}: ready for use in Chromium", median(ready), "ms", goal=ready_goal, note="nothing cached")
    yield Figure(f"{name}: script, gzipped", max(scripts), "kB", goal=script_goal)


def _opened(context: BrowserContext, path: str, client: Client) -> tuple[float, float]:
    """Milliseconds until ready, and kilobytes of script."""
    context.add_cookies([{"name": name, "value": value, "url": _base()} for name, value in client.cookies.items()])
    scripts: list[Response] = []
    page = context.new_page()
    page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
    page.goto(path, wait_until="load")
    ready: float = page.evaluate(_READY, _QUIET)
    kilobytes = sum(len(gzip.compress(answer.body())) for answer in scripts) / 1000
    context.close()
    return ready, kilobytes


def _base() -> str:
    return f"http://127.0.0.1:{running().port}"
