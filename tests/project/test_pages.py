"""What holds for every page: headers, hosts, error pages, and logs without contents."""

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.project.faulty_urls import SECRET

pytestmark = pytest.mark.django_db

ERRORS = [("/fails/", 500), ("/forbids/", 403), ("/refuses/", 400), ("/no-such-page/", 404)]


@pytest.fixture
def browser(settings: Settings) -> Client:
    """Sees the error pages that people would see."""
    settings.ROOT_URLCONF = "tests.project.faulty_urls"
    return Client(raise_request_exception=False)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, in the form that it takes on disk."""
    stream = io.StringIO()
    own = next(handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(own.formatter)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the installation, with something that fits in each gap."""
    for one in (resolver or get_resolver("vaxel.project.urls")).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, pattern)
        elif isinstance(one, URLPattern):
            yield "/" + re.sub(r"<(int):\w+>", "1", re.sub(r"<(?!int:)[^>]+>", "x", pattern))


@pytest.mark.parametrize("address", sorted(set(addresses())))
def test_t62_no_route_can_be_framed_by_others(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    # Our own page of sent mails shows a letter in a frame; nobody else's page may frame anything.
    assert {policy["frame-ancestors"], headers["X-Frame-Options"]} <= {"'none'", "'self'", "DENY", "SAMEORIGIN"}


def test_more_words_than_are_read_are_refused_with_what_to_do(browser: Client) -> None:
    answer = browser.post("/reads/", {"words": "ord " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 4 + 1)})
    said = "Inget har skickats. Gå tillbaka, lägg det som är långt i en fil och bifoga den."
    assert (answer.status_code, said in answer.content.decode()) == (413, True)


@pytest.mark.parametrize("address", sorted(set(addresses())))
def test_no_route_runs_inline_script(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert re.findall(r"script-src[^;]*(?:unsafe|\*|http)", policy) == []
    assert client.get(address).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", ""])
def test_t61_unknown_host_is_refused(client: Client, host: str) -> None:
    answer = client.get("/health/", headers={"host": host})
    assert (answer.status_code, "evil" in answer.content.decode()) == (400, False)


def test_t48_nothing_to_debug_with_is_there(client: Client) -> None:
    wanted = ["/admin/", "/__debug__/", "/setup/", "/install/", "/debug/", "/.env", "/.git/config", "/metrics/"]
    assert settings.DEBUG is False
    assert [client.get(address).status_code for address in wanted] == [404] * len(wanted)


@pytest.mark.parametrize(("address", "status"), ERRORS)
def test_t80_error_page_tells_nothing_but_the_number(browser: Client, address: str, status: int) -> None:
    answer = browser.get(address)
    page = answer.content.decode()
    told = [word for word in (SECRET, "Traceback", "RuntimeError", ".py", "Django") if word in page]
    assert (answer.status_code, told) == (status, [])
    assert page.count(answer.headers["X-Request-Id"]) == 1
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("language", "heading"), [("sv", "Något gick fel hos oss"), ("en", "Something went wrong here")]
)
def test_error_page_speaks_the_readers_language(browser: Client, language: str, heading: str) -> None:
    page = browser.get("/fails/", headers={"accept-language": language}).content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", page) == [heading]


def test_t80_error_page_needs_no_database(browser: Client, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]  # pytest-django's own object
        assert browser.get("/fails/").status_code == 500


def test_t63_logs_hold_no_contents(browser: Client, logged: io.StringIO) -> None:
    canary = "canary-7f3"
    browser.get(f"/health/?token={canary}")
    browser.get(f"/no-such-page/?q={canary}")
    browser.post(f"/signin/?next=/{canary}/", {"email": f"{canary}@askline.example", "password": canary})
    browser.post("/fails/", {"text": canary}, headers={"user-agent": canary, "referer": f"http://x/{canary}"})
    browser.get("/forbids/")
    browser.get(f"/fails/{canary}/")
    text = logged.getvalue()
    assert [word for word in (canary, SECRET) if word in text] == []
    assert text.count('"event": "request"') == 6


def test_t80_log_line_of_a_fault_has_the_pages_number_and_the_place(browser: Client, logged: io.StringIO) -> None:
    number = browser.get("/fails/").headers["X-Request-Id"]
    (line,) = [line for line in logged.getvalue().splitlines() if '"exception": "RuntimeError"' in line]
    assert f'"request": "{number}"' in line
    assert re.findall(r"faulty_urls\.py:\d+ (\w+)", line) == ["fails"]


def test_unsafe_request_without_token_changes_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/signin/", {"email": "maj@askline.example"})
    page = answer.content.decode()
    assert (answer.status_code, re.findall(r"<h1>(.*?)</h1>", page)) == (403, ["Inget skickades"])


@pytest.mark.parametrize(
    ("name", "policy"),
    [("built/manifest.json", "max-age=60, public"), ("built/assets/app-", "max-age=315360000, public, immutable")],
)
def test_static_files_are_kept_for_ever_when_their_name_has_a_hash(client: Client, name: str, policy: str) -> None:
    folder = settings.STATICFILES_DIRS[0]
    found = next(path for path in folder.rglob("*") if str(path.relative_to(folder)).startswith(name))
    answer = client.get(f"/static/{found.relative_to(folder)}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, policy)
    answer.close()
