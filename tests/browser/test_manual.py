"""Writing the manual and answering from it, as a person does with a keyboard and a pointer."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import axe_says, axe_says_in_other_colours, scrolls_sideways
from tests.browser.visitors import Visitors

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which pytest-playwright needs, defines a fixture in a way that pytest 10 will refuse.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
PICTURE: Final = Path(__file__).parents[2] / "docs" / "pictures" / "inbox.png"


def _article(visitors: Visitors, slug: str) -> Page:
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/articles/{slug}/"))
    # Until the editor of each language is there, the tools of the plain field stand where its own will be.
    expect(page.locator(".editor__article")).to_have_count(2)
    return page


def _begun(page: Page, visitors: Visitors, title: str) -> None:
    """A new article of this title, with its Swedish text alone on the page."""
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/new/"))
    page.locator("#title").fill(title)
    page.get_by_role("button", name="Skapa utkastet").click()
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="svenska").click()


def _markdown(page: Page) -> Locator:
    return page.locator("#markdown_sv")


def _text(page: Page) -> Locator:
    """The editor, once it stands over the plain field."""
    return page.locator(".editor__text").and_(page.get_by_role("textbox", name="Text", exact=True))


def _press(page: Page, tool: str) -> None:
    page.get_by_role("toolbar").first.get_by_role("button", name=tool, exact=True).click()


def _type(page: Page, *words: str) -> None:
    """The words with Enter between them."""
    for at, each in enumerate(words):
        if at:
            page.keyboard.press("Enter")
        page.keyboard.type(each)


def _write_last(page: Page, words: str) -> None:
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def _paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            const given = { clipboardData: carried, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
        }""",
        text,
    )


_WAYS_TO_WRITE: Final[tuple[tuple[str, Callable[[Page, str], None]], ...]] = (
    ("Sist.", _write_last),
    ("Dikterat.", lambda page, words: page.keyboard.insert_text(words)),
    ("Klistrat.", _paste),
)


def test_article_is_written_in_the_editor_and_read(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Spara ofta")
    _text(page).click()
    _type(page, "## Så gör du", "Tryck ")
    for what, key in [("Ctrl", " + "), ("S", ". Se ")]:
        _press(page, "Tangent")
        _type(page, what)
        _press(page, "Tangent")
        _type(page, key)
    _press(page, "Länk")
    page.keyboard.type("rapportmall")
    offered = page.locator("datalist option[value='rapportmall.sv.md']").first
    expect(offered).to_have_text("Gör en rapportmall")
    page.keyboard.type(".sv.md")
    _type(page, "", "", "")
    _press(page, "Faktaruta")
    _type(page, "Spara **först**.")
    page.get_by_label("Sorts faktaruta").select_option("Varning")
    _text(page).press("Control+End")
    _type(page, "", "", "")
    _press(page, "Tabell")
    for cell in ("Namn", "Betyder", "A", "B | C"):
        page.keyboard.type(cell)
        page.keyboard.press("Tab")
    _text(page).press("Control+End")
    with page.expect_file_chooser() as chooser:
        _press(page, "Bild eller film")
    chooser.value.set_files(PICTURE)
    page.get_by_label("Vad bilden visar").fill("Inkorgen")
    page.get_by_role("button", name="Spara och publicera").click()

    page.get_by_role("link", name="Visa som läsarna ser det").click()

    shown = page.locator(".prose.manual")
    expect(shown.get_by_role("heading", name="Så gör du")).to_have_attribute("id", "sa-gor-du")
    expect(shown.locator("kbd")).to_have_text(["Ctrl", "S"])
    expect(shown.get_by_role("link", name="Gör en rapportmall")).to_have_attribute(
        "href", re.compile("/sv/rapportmall/$")
    )
    expect(shown.locator(".callout--warning strong")).to_have_text("först")
    expect(shown.locator("th, td")).to_have_text(["Namn", "Betyder", "A", "B | C"])
    expect(shown.get_by_role("img", name="Inkorgen")).to_be_visible()


def test_text_is_the_same_in_the_editor_and_in_markdown(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/articles/kortkommandon/?language=sv"))
    expect(_text(page).locator("kbd").first).to_have_text("?")
    stored = _markdown(page).input_value()
    # What nobody sees is not laid out: with a long text that took seconds for every key.
    expect(_markdown(page)).to_have_css("content-visibility", "hidden")
    _text(page).click()

    page.get_by_role("button", name="Markdown", exact=True).click()

    expect(_markdown(page)).to_have_value(stored)
    _press(page, "Faktaruta")
    expect(page.locator("#preview-sv .callout--tip")).to_contain_text("Spara först.")
    page.get_by_role("button", name="Redigerare", exact=True).click()
    expect(_text(page).locator(".callout--tip")).to_contain_text("Spara först.")
    expect(_markdown(page)).to_have_value(re.compile(re.escape(stored.splitlines()[-1])))


def test_text_that_the_editor_would_change_stays_in_markdown(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Med en detalj")
    page.get_by_role("button", name="Markdown", exact=True).click()
    written = "Ett\n\n<details>\n<summary>Mer</summary>\nSvar\n</details>"
    _markdown(page).fill(written)

    page.get_by_role("button", name="Redigerare", exact=True).click()

    expect(page.locator(".editor__why")).to_contain_text("Redigeraren känner inte till det som står på rad 3.")
    expect(_markdown(page)).to_have_value(written)
    expect(_markdown(page)).to_be_visible()


def test_article_is_written_by_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Utan mus")
    page.locator("#summary_sv").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(_text(page)).to_be_focused()
    page.keyboard.type("Text med ")
    page.keyboard.press("Control+b")
    page.keyboard.type("fet")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")

    page.keyboard.press("Enter")

    expect(page.get_by_role("toolbar").first.get_by_role("button", name="Tabell")).to_have_attribute(
        "aria-pressed", "true"
    )
    for key in ("a", "Tab", "b", "Tab", "c", "Tab", "d"):
        page.keyboard.press(key)
    # Nobody is caught in a table: after its last cell comes what follows the text.
    page.keyboard.press("Tab")
    expect(_text(page)).not_to_be_focused()
    expect(_markdown(page)).to_have_value("Text med **fet**\n\n| a | b |\n| --- | --- |\n| c | d |")


def test_colleague_who_was_faster_is_seen_above_ones_own_words(visitors: Visitors) -> None:
    page, other = visitors.arrive("administrator"), visitors.arrive("agent")
    _begun(page, visitors, "Två på en gång")
    other.goto(page.url)
    for each, words in [(other, "Deras ord."), (page, "Mina ord.")]:
        _text(each).click()
        each.keyboard.type(words)
        each.get_by_role("button", name="Spara utkastet").click()

    expect(page.get_by_role("heading", name="har sparat texten under tiden")).to_be_visible()
    expect(_text(page)).to_have_text("Mina ord.")
    page.get_by_role("button", name="Spara utkastet").click()
    expect(page.get_by_role("link", name="3 versioner")).to_be_visible()


def test_link_to_no_article_is_named_and_its_text_stays_in_the_editor(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Leder ingenstans")
    _text(page).click()
    _paste(page, "## Rubrik\n\n[saknas](saknas.sv.md)")
    page.get_by_role("button", name="Spara och publicera").click()

    page.locator("[data-error-summary]").get_by_role("link", name="saknas.sv.md").click()

    text = page.get_by_role("textbox", name="Text, svenska")
    expect(text).to_be_focused()
    expect(text.get_by_role("link", name="saknas")).to_be_visible()


def test_article_is_written_without_script(visitors: Visitors) -> None:
    page = visitors.arrive("administrator", script=False)
    _begun(page, visitors, "Utan skript")
    _markdown(page).fill("* ett\n* två")

    page.get_by_role("button", name="Spara utkastet").click()

    expect(_markdown(page)).to_have_value("* ett\n* två")
    expect(page.locator("#preview-sv li")).to_have_text(["ett", "två"])
    expect(page.locator("#picture_sv")).to_be_visible()


@pytest.mark.parametrize("cell", ["td", "th"])
def test_editor_with_all_its_fields_is_for_everybody(visitors: Visitors, cell: str) -> None:
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/articles/kortkommandon/?language=sv"))
    _text(page).locator(cell).first.click()
    expect(page.get_by_role("button", name="Lägg till en rad")).to_be_visible()

    assert [*axe_says(page), *axe_says_in_other_colours(page), *scrolls_sideways(page)] == []


def test_picture_stands_in_the_text_and_in_the_preview(visitors: Visitors) -> None:
    page = _article(visitors, "rapportmall")
    expect(page.locator(".editor__article")).to_have_count(2)
    with page.expect_file_chooser() as chooser:
        _press(page, "Bild eller film")

    chooser.value.set_files(PICTURE)

    expect(page.locator("#markdown_sv")).to_have_value(re.compile(r"!\[inbox\]\(bilder/inbox-[0-9a-f]{16}\.png\)"))
    expect(page.locator("#preview-sv img")).to_be_visible()
    expect(page.locator(".editor__picture img").first).to_be_visible()
    page.keyboard.type("Så ser den ut.")
    expect(page.locator("#markdown_sv")).to_have_value(re.compile(r"\[inbox\]\([^)]+\)\n\nSå ser den ut\."))


def test_picture_that_is_chosen_stays_whatever_is_written(visitors: Visitors) -> None:
    page = _article(visitors, "rapportmall")
    text = page.get_by_role("textbox", name="Text, svenska")
    text.press("Control+End")
    with page.expect_file_chooser() as chooser:
        _press(page, "Bild eller film")
    chooser.value.set_files(PICTURE)
    picture = page.locator(".editor__picture img").last
    # Once it is loaded it no longer moves away below the pointer.
    expect(picture).to_have_js_property("complete", True)
    expect(picture).to_be_visible()
    # Two presses soon after each other choose it as well as one.
    for (words, write), press in zip(_WAYS_TO_WRITE, (picture.click, picture.dblclick, picture.click), strict=True):
        press()
        expect(page.get_by_label("Vad bilden visar").first).to_be_visible()

        write(page, words)

        expect(text).to_contain_text(words)
        expect(page.locator("#markdown_sv")).to_have_value(re.compile(r"!\[inbox\]\(bilder/inbox-[0-9a-f]{16}\.png\)"))


def test_link_that_leads_nowhere_is_refused_in_words(visitors: Visitors) -> None:
    page = _article(visitors, "rapportmall")
    expect(page.locator(".editor__article")).to_have_count(2)
    _press(page, "Länk")
    field = page.get_by_label("Länkens adress, eller ord ur en artikels titel").first
    field.fill("javascript:alert(1)")

    field.press("Enter")

    expect(page.locator(".editor__refusal").first).to_contain_text("En länk behöver en webbadress eller en mejladress")
    expect(page.locator("#alarm")).to_contain_text("En länk behöver en webbadress eller en mejladress")
    expect(field).to_be_focused()
    expect(field).to_have_value("javascript:alert(1)")
    assert [*axe_says(page), *scrolls_sideways(page)] == []
    field.fill("Gör en rapportmall")
    expect(page.locator(".editor__refusal").first).to_be_hidden()


def test_link_to_no_heading_and_to_no_article_is_refused_in_words(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Leder till en rubrik")
    _text(page).click()
    _type(page, "## Så gör du", "")
    _press(page, "Länk")
    field = page.get_by_label("Länkens adress, eller ord ur en artikels titel")
    for nowhere in ("#ingenstans", "finns-inte.sv.md"):
        field.fill(nowhere)
        expect(page.locator(".editor__refusal")).to_be_hidden()

        field.press("Enter")

        expect(page.locator(".editor__refusal")).to_contain_text("Ingen artikel eller rubrik")
        expect(field).to_be_focused()
        expect(field).to_have_value(nowhere)
    field.fill("#sa-gor-du")
    field.press("Enter")
    expect(_markdown(page)).to_have_value("## Så gör du\n\n[Så gör du](#sa-gor-du)")
    # The editor asks for the article's page: that it is not there is the answer.
    article = visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/articles/finns-inte/")
    assert visitors.faults == [f"404: {article}"]
    visitors.faults.clear()


def test_saving_stays_in_the_editor_while_the_server_is_away(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    _begun(page, visitors, "Utan nät")
    _text(page).click()
    page.context.set_offline(True)
    _type(page, "Skrivet utan nät.")
    save = page.get_by_role("button", name="Spara utkastet")

    save.click()

    failed = "Det du skriver kan inte sparas just nu."
    expect(page.locator("[data-draft-state]")).to_contain_text(failed)
    expect(page.locator("#alarm")).to_contain_text(failed)
    expect(_text(page)).to_have_text("Skrivet utan nät.")
    page.context.set_offline(False)
    save.click()
    expect(page.get_by_role("link", name="2 versioner")).to_be_visible()
    expect(_text(page)).to_have_text("Skrivet utan nät.")


def test_fields_beside_each_other_stand_on_one_line(visitors: Visitors) -> None:
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{visitors.site.world.desk}/workspace/manual/new/"))

    tops = [
        page.locator(field).evaluate("field => field.getBoundingClientRect().top") for field in ("#since", "#until")
    ]

    assert tops[0] == tops[1]


def test_typed_words_are_there_after_the_page_is_left(visitors: Visitors) -> None:
    page = _article(visitors, "kom-igang")
    page.locator("#summary_sv").fill("Halvskriven sammanfattning")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()

    page.reload()

    expect(page.locator("#summary_sv")).to_have_value("Halvskriven sammanfattning")
    page.get_by_role("button", name="Släng det").click()
    expect(page.locator("#summary_sv")).not_to_have_value("Halvskriven sammanfattning")


def test_passage_is_put_into_an_answer_and_nothing_is_sent(visitors: Visitors) -> None:
    world = visitors.site.world
    # Articles are offered in the asker's language.
    visitors.site.speaks("contact", language="sv")
    page = visitors.arrive("administrator")
    page.goto(visitors.site.at(f"/{world.desk}/workspace/tickets/{world.tickets['long']}/"))
    page.locator("#from-manual summary").click()
    page.locator(".editor__text").press_sequentially("Läs  först.")
    for _ in range(len(" först.")):
        page.locator(".editor__text").press("ArrowLeft")
    # The editor hears of the caret a moment after the key, and nobody is as quick as this with the next field.
    page.wait_for_function("() => document.querySelector('.editor__text').editor.state.selection.from === 5")
    page.locator("#find_words").fill("rapportmall")

    page.locator("#articles-found button[value=rapportmall]").click()

    expect(page.locator(".editor__text")).to_have_text("Läs Gör en rapportmall först.")
    expect(page.locator(".editor__text a")).to_have_text("Gör en rapportmall")
    page.locator("#find_words").press("Enter")
    expect(page.locator(".editor__text a")).to_have_text("Gör en rapportmall")
    expect(page.locator(".toast__text")).to_have_count(0)
