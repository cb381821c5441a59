"""Mails that want to do harm, in a real browser: no script runs, nothing is fetched, nothing looks like ours."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

from tests.browser.visitors import Visitors
from tests.surfaces.workspace.mailroom.payloads import PAYLOADS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@dataclass(slots=True)
class Watched:
    """What the browser did while a page stood open."""

    elsewhere: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)


@pytest.fixture
def watched(visitors: Visitors) -> tuple[Page, Watched]:
    """An agent's page, and what it does."""
    page, seen = visitors.arrive("answerer", language="sv"), Watched()

    def request(sent: Request) -> None:
        if not sent.url.startswith((visitors.site.at("/"), "data:")):
            seen.elsewhere.append(sent.url)

    def dialog(shown: Dialog) -> None:
        seen.dialogs.append(shown.message)
        shown.dismiss()

    def console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "sandboxed" in message.text:
            seen.refused.append(message.text)

    page.on("request", request)
    page.on("dialog", dialog)
    page.on("console", console)
    page.on("popup", lambda popup: seen.popups.append(popup.url))
    return page, seen


def test_t29_t33_mail_that_wants_to_do_harm_does_nothing(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    """All payloads stand in one mail: in its frame nothing runs, and nothing leaves the machine."""
    page, seen = watched
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/"))
    frame = page.frame_locator("iframe.mail-frame")
    frame.locator("body").wait_for()

    assert seen == Watched()
    assert frame.locator("script, style:not(head > style), svg, form, input, iframe, object, embed").count() == 0


def test_t29_t33_each_payload_alone_does_nothing(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    """Each by itself, for what one leaves open hides the next; in the frame, as agents see it."""
    page, seen = watched
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/"))
    page.frame_locator("iframe.mail-frame").locator("body").wait_for()
    shown = "address => { const frame = document.querySelector('iframe.mail-frame'); frame.src = address; "
    shown += "return new Promise(done => frame.addEventListener('load', () => done(true), { once: true })) }"
    for number in range(len(PAYLOADS)):
        page.evaluate(shown, f"/{world.desk}/workspace/mailroom/{world.mails[f'harm-{number}']}/body/")

    assert seen == Watched()


def test_t32_frame_has_an_origin_of_nobodys(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    """What stands in the frame can read neither our page nor its cookies: it has no origin, and no script."""
    page, _ = watched
    world = visitors.site.world
    address = visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/")
    page.goto(address)

    frame = page.locator("iframe.mail-frame")
    answer = page.request.get(f"{address}body/")
    assert frame.get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
    assert "sandbox allow-popups" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_t29_body_opened_by_itself_runs_nothing(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    """Somebody is lured to the frame's own address: the answer's policy holds there too."""
    page, seen = watched
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/body/"))
    page.wait_for_load_state("load")

    assert seen == Watched()


def test_t35_original_is_saved_and_not_shown(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    page, seen = watched
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta mejlet som det kom").click()

    assert download.value.suggested_filename.endswith(".eml")
    assert seen == Watched()


def test_t30_ticket_of_a_mail_shows_its_words_as_words(visitors: Visitors, watched: tuple[Page, Watched]) -> None:
    """The conversation itself: subject, words and quoted text of the same mail."""
    page, seen = watched
    world = visitors.site.world
    page.goto(visitors.site.at(f"/{world.desk}/workspace/mailroom/{world.mails['answer']}/"))
    page.get_by_role("link", name="Till ärendet").click()
    page.get_by_text("Visa mejlet som det såg ut").first.click()
    page.frame_locator("iframe.mail-frame").first.locator("body").wait_for()

    assert seen == Watched()
