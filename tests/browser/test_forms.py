"""Forms that come back with faults, and what belongs to every page: dialog, paste, language, theme, demo sign-in."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import open_in
from tests.browser.pages import AGENT, CONTACT, NOBODY, Look
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is sent as it stands, without what it needs."""

    look: Look
    button: str
    #: A field that is filled in, and must hold its value afterwards.
    kept: str = ""


FORMS = (
    Form(Look("/{desk}/ask/", CONTACT), "Fortsätt"),
    Form(Look("/{desk}/ask/{details_draft}/details/", CONTACT), "Fortsätt", kept="field-page"),
    Form(Look("/{desk}/tickets/{fresh_ticket}/", CONTACT), "Skicka svar"),
    Form(Look("/{desk}/workspace/tickets/{fresh_ticket}/", AGENT), "Skicka svar"),
    Form(Look("/signin/", NOBODY), "Skicka en kod"),
    Form(Look("/signin/password/", NOBODY), "Logga in", kept="login"),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.look.title)
def test_fault_is_summed_up_and_leads_to_its_field(visitors: Visitors, form: Form) -> None:
    page = visitors.arrive(form.look.role)
    open_in(page, form.look.address(visitors.site), language="sv")
    if form.kept:
        page.locator(f"#{form.kept}").fill("namn@kommun.example")
    page.get_by_role("main").get_by_role("button", name=form.button, exact=True).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Fel: ")
    if form.kept:
        expect(page.locator(f"#{form.kept}")).to_have_value("namn@kommun.example")
    assert _unreached(page) == []


def _unreached(page: Page) -> list[str]:
    """The lines of the summary that do not bring focus into the field they are about, or that it does not repeat."""
    found = []
    for link in page.locator("[data-error-summary] a").all():
        link.click()
        words = link.inner_text()
        said = page.evaluate(
            """() => { const e = document.activeElement;
              const field = e.closest('.field, .composer') ?? e;
              return field.querySelector('.field__error')?.textContent ?? '' }"""
        )
        if words not in said:
            found.append(f"{words!r} is not said at the field: {said.strip()!r}")
    return found


def test_dialog_takes_focus_and_gives_it_back(visitors: Visitors) -> None:
    page = visitors.arrive(AGENT)
    open_in(page, visitors.site.workspace, language="sv")
    opener = page.get_by_role("button", name="Kortkommandon")
    opener.click()
    dialog = page.get_by_role("dialog", name="Kortkommandon")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_address_and_password_can_be_pasted(visitors: Visitors) -> None:
    page = visitors.arrive(permissions=["clipboard-read", "clipboard-write"])
    page.goto(visitors.site.at("/signin/password/"))
    for field in ("#login", "#password"):
        page.evaluate("text => navigator.clipboard.writeText(text)", "klistra@kommun.example")
        page.locator(field).focus()
        page.keyboard.press("Control+V")
        expect(page.locator(field)).to_have_value("klistra@kommun.example")


@pytest.mark.parametrize("script", [True, False])
def test_theme_is_chosen_and_stays(visitors: Visitors, script: bool) -> None:  # noqa: FBT001  # a case, not a switch
    page = visitors.arrive(script=script)
    page.goto(visitors.site.at("/signin/"))
    page.get_by_role("button", name="Mörkt").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Mörkt")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_theme_is_remembered_before_the_server_has_heard_of_it(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.route("**/looks/theme/", lambda route: route.abort())
    page.goto(visitors.site.at("/signin/"))
    page.get_by_role("button", name="Mörkt").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_words_stay_when_the_language_is_chosen(visitors: Visitors) -> None:
    page = visitors.arrive(CONTACT)
    open_in(page, visitors.site.at(f"/{visitors.site.world.desk}/ask/"), language="sv")
    page.locator("#words").fill("Vi kan inte spara planen")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#words")).to_have_value("Vi kan inte spara planen")


def test_language_is_chosen_on_the_page_and_stays(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.goto(visitors.site.at("/signin/password/"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url == visitors.site.at("/signin/password/")
    page.goto(visitors.site.at("/signin/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_one_press_enters_the_demonstration(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.goto(visitors.site.at("/demo/"))
    page.get_by_role("button", name="Maj Ekdahl").click()
    expect(page.get_by_role("banner")).to_contain_text("Maj Ekdahl")
    assert page.url == visitors.site.portal
