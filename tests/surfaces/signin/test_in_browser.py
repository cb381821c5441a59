"""Signing in with a real Chromium: keyboard, paste, no script, passkeys, accessibility."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, Page, expect
from typing_extensions import override

from tests.browser import checks
from tests.browser.chromium import shell
from tests.factories import make_account
from tests.loopback import running
from tests.surfaces.signin.conftest import code_in, sent_mails
from vaxel.domain.people.models import Account

# Playwright keeps an event loop in this thread, for which Django would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The one that all tests of a worker share."""
    return shell()


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Swedish reader."""
    return {"locale": "sv-SE"}


class QuietHandler(WSGIRequestHandler):
    """Without a line for each request."""

    @override
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The whole application, static files too. Under a name: a passkey cannot belong to an IP address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(WSGIHandler())
    with running(server):
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def account() -> Account:
    return make_account(language="sv")


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the browser complains about: policy violations, script errors."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    yield found
    assert found == []


def test_code_is_entered_by_keyboard_and_paste_alone(
    page: Page, site: str, account: Account, faults: list[str]
) -> None:
    page.goto(f"{site}/signin/")
    page.get_by_label("E-postadress").focus()
    page.keyboard.insert_text(account.email)
    page.keyboard.press("Enter")
    expect(page).to_have_title("Ange koden – Växel")
    page.get_by_label("Kod från mejlet").focus()
    page.keyboard.insert_text(f" {code_in(sent_mails()[-1])} ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen plats här än")


def test_code_works_without_script(browser: Browser, site: str, account: Account) -> None:
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{site}/signin/")
    expect(page.get_by_role("button", name="Logga in med lösennyckel")).to_be_hidden()
    page.get_by_label("E-postadress").fill(account.email)
    page.get_by_role("button", name="Skicka en kod").click()
    page.get_by_label("Kod från mejlet").fill(code_in(sent_mails()[-1]))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen plats här än")
    context.close()


def test_fault_moves_focus_to_the_summary_and_on_to_the_field(page: Page, site: str, faults: list[str]) -> None:
    page.goto(f"{site}/signin/")
    page.get_by_role("button", name="Skicka en kod").click()
    expect(page).to_have_title("Fel: Logga in – Växel")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Ange din e-postadress.").click()
    expect(page.get_by_label("E-postadress")).to_be_focused()


def test_passkey_is_made_and_then_enough_to_sign_in(page: Page, site: str, account: Account, faults: list[str]) -> None:
    _device_with_fingerprint(page)
    _enter(page, site, account)
    page.goto(f"{site}/signin/passkeys/new/")
    page.get_by_label("Lösennyckelns namn").fill("Min dator")
    page.get_by_role("button", name="Lägg till lösennyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    page.goto(f"{site}/signin/passkeys/")
    expect(page.get_by_text("Min dator").first).to_be_visible()
    page.goto(f"{site}/signin/out/")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="Logga in med lösennyckel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen plats här än")


def test_device_without_a_passkey_is_told_so(page: Page, site: str, faults: list[str]) -> None:
    _device_with_fingerprint(page)
    page.goto(f"{site}/signin/")
    page.get_by_role("button", name="Logga in med lösennyckel").click()
    expect(page.get_by_text("Det gick inte att använda lösennyckeln.")).to_be_visible()


#: Pages of somebody who has a password, a passkey and an authenticator app.
WITH_FACTORS = (
    "/signin/second-factor/",
    "/signin/second-factor/app/remove/",
    "/signin/second-factor/recovery-codes/",
    "/signin/second-factor/recovery-codes/new/",
    "/signin/passkeys/",
    "/signin/account/password/",
    "/signin/confirm/password/",
    "/signin/confirm/code/",
    "/signin/confirm/passkey/",
)


def test_pages_that_need_a_state_have_no_axe_violations(
    page: Page, site: str, account: Account, faults: list[str]
) -> None:
    """In light and dark. Those that need none are looked at in tests/browser."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/signin/")
    page.get_by_label("E-postadress").fill(account.email)
    page.get_by_role("button", name="Skicka en kod").click()
    told = {"code": _axe_here(page)}
    page.get_by_label("Kod från mejlet").fill(code_in(sent_mails()[-1]))
    page.get_by_role("button", name="Logga in").click()
    _device_with_fingerprint(page)
    page.goto(f"{site}/signin/passkeys/new/")
    page.get_by_label("Lösennyckelns namn").fill("Min dator")
    page.get_by_role("button", name="Lägg till lösennyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    told["new recovery codes"] = _axe_here(page)
    account.set_password("en lång mening som ingen gissar")
    account.save(update_fields=["password"])
    _enter_again(page, site, account, told)
    TOTP.activate(account, generate_totp_secret())
    told |= {path: _axe(page, f"{site}{path}") for path in WITH_FACTORS}
    for name in ("Byt namn", "Ta bort"):
        page.goto(f"{site}/signin/passkeys/")
        page.get_by_role("main").get_by_role("link", name=name).first.click()
        told[name] = _axe_here(page)
    assert {path: found for path, found in told.items() if found} == {}


def _enter_again(page: Page, site: str, account: Account, told: dict[str, list[str]]) -> None:
    """With the password, and the second factor that is asked for then."""
    page.context.clear_cookies()
    page.goto(f"{site}/signin/password/")
    page.locator("#login").fill(account.email)
    page.locator("#password").fill("en lång mening som ingen gissar")
    page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(re.compile("/signin/second/"))
    told["second factor asked for"] = _axe_here(page)
    page.get_by_role("button", name=re.compile("[Ll]ösennyckel")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen plats här än")


def _axe(page: Page, address: str) -> list[str]:
    page.goto(address)
    return _axe_here(page)


def _axe_here(page: Page) -> list[str]:
    """The page that is open, in light and dark; one that scrolls sideways has a fault too."""
    wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    found = [*checks.axe_says(page), *checks.axe_says_in_other_colours(page)]
    return [*found, f"scrolls sideways: {page.url}"] if wide else found


def _enter(page: Page, site: str, account: Account) -> None:
    page.goto(f"{site}/signin/")
    page.get_by_label("E-postadress").fill(account.email)
    page.get_by_role("button", name="Skicka en kod").click()
    page.get_by_label("Kod från mejlet").fill(code_in(sent_mails()[-1]))
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen plats här än")


def _device_with_fingerprint(page: Page) -> None:
    """Chromium's own stand-in for a device that recognises its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
