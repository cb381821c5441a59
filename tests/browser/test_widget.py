"""Help inside a product that is another site than ours, under a policy as strict as a host's can be."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser import checks
from tests.browser.product import (
    QUESTION,
    STRICT,
    answer_details,
    choose_kind,
    open_panel,
    product_origin,
    product_page,
    send,
    write_question,
)
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]

_IN_PRODUCT = "() => document.activeElement !== document.body && document.activeElement.localName !== 'vaxel-help'"
_FOCUSED_STOPS = 40


def test_a_question_goes_from_the_product_to_a_ticket(visitors: Visitors) -> None:
    page = product_page(visitors, viewport={"width": 1280, "height": 800})
    panel = open_panel(page)
    panel.get_by_role("button", name="Ställ en fråga").click()
    panel.get_by_label("Din fråga").fill(QUESTION)
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_role("heading", name="Vad gäller din fråga?")).to_be_focused()
    assert checks.axe_says(page) == []
    choose_kind(panel)
    assert checks.axe_says(page) == []
    answer_details(panel)
    expect(panel.get_by_text("Vem svarar")).to_be_visible()
    assert checks.axe_says(page) == []
    assert re.fullmatch(r"[A-ZÅÄÖ]+-\d+", send(panel))
    assert page.context.cookies() == []


def test_it_works_under_the_policy_that_the_manual_names(visitors: Visitors) -> None:
    page = visitors.arrive()
    told: list[str] = []
    page.on("response", lambda answer: told.append(answer.headers.get("content-security-policy", "")))
    page.goto(f"{product_origin(visitors)}/demo/product/{visitors.site.world.desk}/")
    assert told[0] == STRICT.format(base=visitors.site.url)
    open_panel(page)


def test_nobody_in_particular_reads_and_is_told_no_names(visitors: Visitors) -> None:
    page = product_page(visitors, named=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    panel = open_panel(page)
    expect(panel.get_by_role("searchbox")).to_be_visible()
    expect(panel.get_by_text("Logga in i produkten för att se vem som hjälper dig")).to_be_visible()
    expect(panel.get_by_role("button", name="Ställ en fråga")).to_have_count(0)
    expect(panel.get_by_text("Lo Kahl")).to_have_count(0)
    expect(panel.get_by_role("heading", name="Det här vet vi om")).to_have_count(0)
    assert set(asked) == {urlsplit(visitors.site.url).netloc}
    assert page.context.cookies() == []


def test_colleagues_notices_and_known_problems_are_told(visitors: Visitors) -> None:
    page = product_page(visitors)
    panel = open_panel(page)
    expect(panel.get_by_text("Lo Kahl")).to_be_visible()
    expect(panel.get_by_text(re.compile("^Störning i")).first).to_be_visible()
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name=re.compile("^Exporten av")).click()
    expect(panel.get_by_role("heading", level=2, name=re.compile("^Exporten av"))).to_be_focused()
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Tillbaka").click()
    expect(panel.get_by_text("Lo Kahl")).to_be_visible()


def test_me_too_is_taken_back_and_said_again_in_the_panel(visitors: Visitors) -> None:
    page = product_page(visitors, named=False)
    page.get_by_role("link", name="Ove Lind").click()
    panel = open_panel(page)
    panel.get_by_role("button", name=re.compile("^Exporten av")).click()
    expect(panel.get_by_text("Vi har noterat det.")).to_be_visible()
    told = panel.get_by_role("status").filter(has_text="Vi har noterat det.").element_handle()
    panel.get_by_role("button", name="Jag märker inte av det längre").click()
    expect(panel.get_by_role("button", name="Jag märker också av det")).to_be_focused()
    assert told.inner_text() == "Nu är det tillbakataget. Du får inga fler mejl om det."
    assert checks.axe_says(page) == []
    panel.get_by_role("button", name="Jag märker också av det").click()
    expect(panel.get_by_role("button", name="Jag märker inte av det längre")).to_be_focused()
    assert told.inner_text().startswith("Vi har noterat det.")


def test_search_in_the_panel_tells_what_it_makes_of_the_words(visitors: Visitors) -> None:
    panel = open_panel(product_page(visitors))
    for typed, told in (
        ("och", "De här orden är för vanliga att söka på."),
        ("xyzzy", "Vi hittade inget. Prova andra ord."),
        ("rapprtmall", "Vi hittade inget för rapprtmall. Här är träffarna för rapportmall."),
    ):
        panel.get_by_role("searchbox").fill(typed)
        panel.get_by_role("searchbox").press("Enter")
        expect(panel.get_by_role("paragraph").filter(has_text=told).first).to_be_visible()


def test_articles_are_read_in_the_panel(visitors: Visitors) -> None:
    panel = open_panel(product_page(visitors))
    panel.get_by_role("searchbox").fill("rapportmall")
    panel.get_by_role("searchbox").press("Enter")
    expect(panel.get_by_role("heading", name="Träffar")).to_be_visible()
    panel.get_by_role("listitem").get_by_role("button", name=re.compile("rapportmall", re.IGNORECASE)).first.click()
    expect(panel.get_by_role("link", name="Öppna i hjälpcentret")).to_be_visible()
    panel.get_by_role("button", name="Tillbaka").click()
    expect(panel.get_by_role("searchbox")).to_be_visible()


def test_what_was_searched_for_is_not_replaced_by_an_answer_that_comes_late(visitors: Visitors) -> None:
    page = product_page(visitors)
    late: list[Route] = []

    def answer(route: Route) -> None:
        if "rapportmall" in (route.request.post_data or ""):
            route.continue_()
        else:
            late.append(route)

    page.route("**/articles/", answer)
    page.get_by_role("button", name="Hjälp").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("searchbox").fill("rapportmall")
    panel.get_by_role("searchbox").press("Enter")
    expect(panel.get_by_role("heading", name="Träffar")).to_be_visible()
    with page.expect_response("**/articles/"):
        late[0].continue_()
    page.wait_for_timeout(200)

    expect(panel.get_by_role("heading", name="Träffar")).to_be_visible()
    expect(panel.get_by_role("heading", name="Om sidan du är på")).to_have_count(0)


def test_a_product_of_one_page_gets_help_for_where_it_stands_now(visitors: Visitors) -> None:
    page = product_page(visitors)
    panel = open_panel(page)
    expect(panel.get_by_role("button", name=re.compile("^Gör en årsplan"))).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("() => { history.pushState(null, '', '?view=2'); document.title = 'Rapportmall' }")
    expect(open_panel(page)).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("rapportmall", re.IGNORECASE)).first).to_be_visible()
    expect(panel.get_by_role("button", name=re.compile("^Gör en årsplan"))).to_have_count(0)


def test_a_page_that_may_store_nothing_shows_help_all_the_same(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })"
    )
    page.goto(f"{product_origin(visitors)}/demo/product/{visitors.site.world.desk}/")
    page.get_by_role("link", name="Maj Ekdahl").click()
    write_question(open_panel(page))


def test_escape_closes_the_panel_and_gives_focus_back(visitors: Visitors) -> None:
    page = product_page(visitors)
    panel = open_panel(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Hjälp", exact=True)).to_be_focused()


@pytest.mark.parametrize(("width", "keeps"), [(320, True), (1280, False)])
def test_focus_stays_where_the_panel_covers_the_page(visitors: Visitors, width: int, *, keeps: bool) -> None:
    page = product_page(visitors, viewport={"width": width, "height": 700})
    open_panel(page)
    left = False
    for _ in range(_FOCUSED_STOPS):
        page.keyboard.press("Tab")
        left = left or page.evaluate(_IN_PRODUCT)
    assert left is not keeps


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_fits_a_narrow_window(visitors: Visitors, scheme: str, language: str) -> None:
    page = product_page(visitors, language=language, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    panel = open_panel(page)
    contacts = "Fråga en kollega" if language == "sv" else "Ask a colleague"
    expect(panel.get_by_role("heading", name=contacts)).to_be_visible()
    assert panel.get_attribute("lang") == language
    assert checks.axe_says(page) == []
    assert panel.locator(".body").evaluate("e => e.scrollWidth <= e.clientWidth") is True


def test_what_a_line_without_network_holds_up_goes_on_by_itself(visitors: Visitors) -> None:
    page = product_page(visitors)
    panel = open_panel(page)
    panel.get_by_role("button", name="Ställ en fråga").click()
    words = panel.get_by_label("Din fråga")
    words.fill("Rapporten visar fel summa.")
    page.context.set_offline(True)
    panel.get_by_role("button", name="Fortsätt").click()
    expect(panel.get_by_text("Vi når inte supporten just nu.")).to_be_visible()
    expect(words).to_have_value("Rapporten visar fel summa.")
    page.context.set_offline(False)
    expect(panel.get_by_role("heading", name="Vad gäller din fråga?")).to_be_visible()


def test_a_question_is_sent_when_the_server_is_back(visitors: Visitors) -> None:
    page = product_page(visitors)
    panel = open_panel(page)
    write_question(panel)
    choose_kind(panel)
    answer_details(panel)
    web = visitors.site.web
    web.stop()
    try:
        panel.get_by_role("button", name=re.compile("^Skicka")).click()
        expect(panel.get_by_text("Frågan är inte skickad än.")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Hjälp: en fråga väntar")).to_be_focused()
    finally:
        web.start()
    # Tried again every ten seconds, also while the panel is closed.
    expect(page.get_by_role("button", name="Hjälp", exact=True)).to_be_visible()
    page.get_by_role("button", name="Hjälp", exact=True).click()
    expect(panel.get_by_role("heading", name="Tack, din fråga är skickad")).to_be_visible()
