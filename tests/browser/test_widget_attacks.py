"""What other sites, other people and hostile words can do with help inside a product: nothing."""

import http.client
import http.server
import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.product import answer_details, choose_kind, open_panel, product_origin, product_page, send
from tests.browser.visitors import Visitors
from tests.loopback import serving

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

_POST = """async ([address, session]) => {
  const headers = session ? { Authorization: `Bearer ${session}` } : {};
  const body = new URLSearchParams({ words: 'Skickad av en annan sida' });
  try { return (await fetch(address, { method: 'POST', body, headers, credentials: 'include' })).status; }
  catch (fault) { return fault.name; }
}"""
_FRAMED = """(address) => new Promise((done) => {
  const frame = document.createElement('iframe');
  frame.addEventListener('load', () => done(frame.contentWindow.length));
  frame.src = address;
  document.body.append(frame);
})"""
#: Sessions that one address may begin in a minute.
_SESSIONS = 120


def _evil_page(visitors: Visitors, role: str = "") -> Page:
    """A page of another origin on this machine, which the widget does not name; nobody's browser has left it."""
    page = visitors.arrive(role)
    address = f"http://evil.localhost:{urlsplit(visitors.site.url).port}/"
    page.route(
        address, lambda route: route.fulfill(content_type="text/html", body="<!doctype html><title>Evil</title>")
    )
    page.goto(address)
    return page


def _endpoint(visitors: Visitors, page: Page, path: str) -> str:
    page.goto(f"{product_origin(visitors)}/demo/product/{visitors.site.world.desk}/")
    widget = page.locator("script[data-vaxel]").get_attribute("data-vaxel")
    return visitors.site.at(f"/widget/{widget}/{path}")


def _begun_session(visitors: Visitors) -> tuple[str, str]:
    """Where questions are posted, and somebody's own session."""
    page = product_page(visitors)
    with page.expect_response(lambda answer: answer.url.endswith("/session/") and answer.ok) as entered:
        open_panel(page)
    session: str = entered.value.json()["session"]
    return entered.value.url.replace("session/", "questions/"), session


def test_t56_another_sites_page_asks_nothing_in_somebodys_name(visitors: Visitors) -> None:
    address = _endpoint(visitors, visitors.arrive(), "questions/")
    page = _evil_page(visitors, "contact")
    with page.expect_request(address) as asked:
        assert page.evaluate(_POST, [address, ""]) == "TypeError"
    assert "cookie" not in asked.value.all_headers()
    _forget_refusals(visitors)


def test_t57_a_session_is_good_on_the_products_own_pages_alone(visitors: Visitors) -> None:
    address, session = _begun_session(visitors)
    assert product_page(visitors).evaluate(_POST, [address, session]) == "TypeError"  # with cookies: never
    page = _evil_page(visitors)
    assert page.evaluate(_POST, [address, session]) == "TypeError"
    _forget_refusals(visitors)


def test_t58_claiming_somebodys_address_shows_nothing_of_theirs(visitors: Visitors) -> None:
    page = product_page(visitors)
    forged = jwt.encode(
        {"email": "person1@kund.example", "exp": 2_000_000_000, "jti": "1"}, "x" * 43, algorithm="HS256"
    )
    page.route("**/token/?as=*", lambda route: route.fulfill(json={"token": forged}))
    panel = open_panel(page)
    expect(panel.get_by_text("Produkten kunde inte tala om vem du är.")).to_be_visible()
    expect(panel.get_by_role("button", name="Ställ en fråga")).to_have_count(0)
    expect(panel.get_by_text("Lo Kahl")).to_have_count(0)
    _forget_refusals(visitors)


def test_t58_a_token_that_was_seen_opens_nothing_again(visitors: Visitors) -> None:
    page = product_page(visitors)
    seen: list[dict[str, Any]] = []

    def replay(route: Route) -> None:
        if not seen:
            seen.append(route.fetch().json())
        route.fulfill(json=seen[0])

    page.route("**/token/?as=*", replay)
    expect(open_panel(page).get_by_role("button", name="Ställ en fråga")).to_be_visible()
    page.reload()
    expect(open_panel(page).get_by_text("Produkten kunde inte tala om vem du är.")).to_be_visible()
    _forget_refusals(visitors)


def test_t59_a_flood_from_elsewhere_leaves_others_alone(visitors: Visitors) -> None:
    page = visitors.arrive()
    address = urlsplit(_endpoint(visitors, page, "session/"))
    codes: list[int] = []
    with closing(http.client.HTTPConnection("127.0.0.1", address.port or 0, source_address=("127.0.0.2", 0))) as flood:
        for _ in range(_SESSIONS + 2):
            flood.request("POST", address.path, headers={"Origin": product_origin(visitors)})
            answer = flood.getresponse()
            answer.read()
            codes.append(answer.status)
    assert codes[_SESSIONS - 1 :] == [200, 429, 429]
    expect(open_panel(page).get_by_role("searchbox")).to_be_visible()


def test_t60_addresses_in_a_question_are_never_fetched(visitors: Visitors) -> None:
    with _canary() as (address, visits):
        page = product_page(visitors)
        page.evaluate("address => history.replaceState(null, '', `?view=${encodeURIComponent(address)}`)", address)
        page.evaluate("address => { document.title = address }", address)
        panel = open_panel(page)
        panel.get_by_role("button", name="Ställ en fråga").click()
        panel.get_by_label("Din fråga").fill(f"Det blir ett oväntat fel på {address} <img src={address}>")
        panel.get_by_role("button", name="Fortsätt").click()
        choose_kind(panel)
        answer_details(panel)
        ticket = send(panel)
        staff = visitors.arrive("agent")
        staff.goto(f"{visitors.site.workspace}tickets/{ticket}/")
        expect(staff.get_by_text(address).first).to_be_visible()
    assert visits == []


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}],
    ids=lambda headers: next(iter(headers)),
)
def test_t61_the_script_leads_nowhere_else(visitors: Visitors, headers: dict[str, str]) -> None:
    status, answer = _get(visitors, "/widget.js", headers)
    assert (status, "evil" in json.dumps(answer)) in {(HTTPStatus.BAD_REQUEST, False), (HTTPStatus.FOUND, False)}
    assert answer.get("Location", "/static/").startswith("/static/")


def test_t61_what_the_product_loads_comes_from_one_place(visitors: Visitors) -> None:
    page = product_page(visitors)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(_origin(request)))
    page.reload()
    open_panel(page)
    assert set(loaded) == {visitors.site.url, product_origin(visitors)}


def test_t62_our_pages_are_framed_by_nobody(visitors: Visitors) -> None:
    page = _evil_page(visitors, "contact")
    for address in (visitors.site.portal, visitors.site.at("/signin/")):
        page.evaluate(_FRAMED, address)
    assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"] * 2
    _forget_refusals(visitors)


def _origin(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}"


def _get(visitors: Visitors, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    port = urlsplit(visitors.site.url).port or 0
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, dict(answer.getheaders())


def _forget_refusals(visitors: Visitors) -> None:
    """The browser tells what it was refused: that is what these tests want. Anything else stays a fault."""
    wanted = re.compile(r"CORS policy|^40[13]: |frame-ancestors|Refused to display|Framing ")
    visitors.faults = [told for told in visitors.faults if not wanted.search(told)]


@contextmanager
def _canary() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that nobody has a reason to visit; its address, and who did all the same."""
    visits: list[str] = []

    class Visited(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_error(HTTPStatus.NOT_FOUND)

    with serving(Visited) as address:
        yield f"{address}/{urlencode({'canary': 1})}", visits
