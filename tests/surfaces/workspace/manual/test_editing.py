"""An article is written in two languages, saved, seen before it is saved, and never lost."""

import json
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests.domain.manual.writers import make_article, text_of, write
from tests.factories import NOW
from tests.surfaces.workspace.manual.conftest import MANUAL, Desk, at, said
from tests.surfaces.workspace.reading import read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion, UnsavedWords
from vaxel.insight.transfer.manual.exporting import export_manual
from vaxel.insight.transfer.manual.importing import import_manual

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_agent_makes_an_article_that_no_reader_sees(desk: Desk) -> None:
    make_article(desk.office.desk, "rapporter", title="Rapporter")
    sent = {"title": "Lägg till en person", "language": "sv", "parent": "rapporter", "position": "10"}

    page = read(desk.agent.post(f"{MANUAL}new/", sent, follow=True))

    article = Article.unscoped.select_related("parent").get(slug="lagg-till-en-person")
    assert page.one("h1").text == "Lägg till en person"
    assert (article.parent and article.parent.slug, text_of(article).live) == ("rapporter", None)


@pytest.mark.parametrize("version", ["8.banan", "v8", "8.", "8,9", "1" * 21])
def test_what_is_no_version_is_refused_in_words(desk: Desk, version: str) -> None:
    sent = {"title": "Mallar", "language": "sv", "position": "0", "until": version}

    page = read(desk.agent.post(f"{MANUAL}new/", sent), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert page.one("#until-error").text == "Fel: Skriv versionen med siffror och punkter, till exempel 8.9.0"
    assert not Article.unscoped.exists()


def test_article_of_the_form_with_versions_goes_out_as_a_file(desk: Desk, tmp_path: Path) -> None:
    sent = {"title": "Mallar", "language": "sv", "position": "0", "since": "8.9", "until": "8.10.2"}
    desk.agent.post(f"{MANUAL}new/", sent)

    export_manual(tmp_path, desk=desk.office.desk)

    written = (tmp_path / "mallar.sv.md").read_text()
    assert [line for line in written.splitlines() if "8." in line] == ["since: '8.9'", "until: 8.10.2"]


def test_two_articles_of_one_title_have_addresses_of_their_own(desk: Desk) -> None:
    for _ in range(2):
        desk.agent.post(f"{MANUAL}new/", {"title": "Search", "language": "sv", "position": "0"})

    assert sorted(Article.unscoped.values_list("slug", flat=True)) == ["search-2", "search-3"]


def test_words_of_both_languages_are_saved_as_drafts(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="Gammalt.")
    form = desk.form("mallar") | {"markdown_sv": "Nytt.", "title_en": "Templates", "markdown_en": "New."}

    page = read(desk.agent.post(at("mallar"), form, follow=True))

    drafts = {text.language: text.draft for text in ArticleText.unscoped.select_related("draft")}
    assert {language: draft and draft.markdown for language, draft in drafts.items()} == {"sv": "Nytt.", "en": "New."}
    assert text_of(article).live is not None
    assert said(page) == ["Dina ord är sparade som utkast."]


def test_saving_without_a_change_makes_no_version(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Text\n\nmer.")

    read(desk.agent.post(at("mallar"), desk.form("mallar"), follow=True))

    assert ArticleVersion.unscoped.count() == 1


def test_what_lacks_a_title_stays_in_the_form(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")
    form = desk.form("mallar") | {"markdown_en": "New."}

    page = read(desk.agent.post(at("mallar"), form), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == ["#title_en"]
    assert page.one("#markdown_en").text == "New."


def test_preview_shows_the_words_and_saves_nothing(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Gammalt.")
    form = desk.form("mallar") | {"markdown_sv": "> [!TIP]\n> Spara **först**.", "preview": "yes"}

    page = read(desk.agent.post(at("mallar"), form))
    fragment = read(desk.agent.post(at("mallar", "sv/preview/"), form))

    assert page.one("#preview-sv .callout--tip strong").text == "först"
    assert fragment.one(".callout--tip strong").text == "först"
    assert ArticleVersion.unscoped.count() == 1


def test_picture_is_uploaded_and_shown(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")

    shows = desk.agent.post(f"{MANUAL}pictures/", {"picture": SimpleUploadedFile("Ny mall.PNG", PNG)}).content.decode()
    desk.agent.post(at("mallar"), desk.form("mallar") | {"markdown_sv": shows})

    version = ArticleVersion.unscoped.get(number=2)
    assert shows.startswith("![Ny mall](bilder/ny-mall-")
    assert [*version.pictures.values()] == version.shows
    assert f"pictures/{version.shows[0]}/" in version.html


def test_editor_is_told_where_the_pictures_of_a_text_lie(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")
    answer = desk.agent.post(f"{MANUAL}pictures/", {"picture": SimpleUploadedFile("Ny mall.PNG", PNG)})
    shows = answer.content.decode()
    desk.agent.post(at("mallar"), desk.form("mallar") | {"markdown_sv": shows})

    field = read(desk.agent.get(at("mallar"))).one("#markdown_sv")

    path = shows.partition("(")[2].rstrip(")")
    assert json.loads(field.attributes["data-pictures"]) == {path: answer.headers["X-Address"]}
    assert read(desk.agent.get(at("mallar"))).one("#preview-sv img").attributes["src"] == answer.headers["X-Address"]


def test_callouts_are_called_by_the_language_of_the_text(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")

    page = read(desk.agent.get(at("mallar")))

    titles = {
        name: json.loads(page.one(f"#markdown_{name}").attributes["data-callouts"])["tip"] for name in ("sv", "en")
    }
    assert titles == {"sv": "Tips", "en": "Tip"}


def test_uploaded_picture_goes_out_as_a_file_and_comes_in_the_same(desk: Desk, tmp_path: Path) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")
    shows = desk.agent.post(f"{MANUAL}pictures/", {"picture": SimpleUploadedFile("Ny mall.png", PNG)}).content.decode()
    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"markdown_sv": shows, "publish": "sv"})

    exported = export_manual(tmp_path, desk=desk.office.desk)
    imported = import_manual(tmp_path, desk=desk.office.desk, by=SYSTEM, now=NOW)

    assert [path for path in exported.written if path.endswith(".png")] == [shows.partition("(")[2].rstrip(")")]
    assert (imported.changed, imported.unchanged) == ([], 1)


def test_picture_without_script_comes_last_in_the_text(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Först.")
    form = desk.form("mallar") | {"picture": "sv", "picture_sv": SimpleUploadedFile("ruta.png", PNG)}

    page = read(desk.agent.post(at("mallar"), form))

    assert page.one("#markdown_sv").text.startswith("Först. ![ruta](bilder/ruta-")
    assert page.all("#preview-sv img[src]")


@pytest.mark.parametrize("name", ["program.exe", "vektor.svg", "falsk.png"])
def test_what_is_no_picture_is_refused_in_words(desk: Desk, name: str) -> None:
    answer = desk.agent.post(f"{MANUAL}pictures/", {"picture": SimpleUploadedFile(name, b"<svg/>")})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.content.decode().startswith("Välj en bild")


def test_typed_words_stand_there_again_for_their_writer_alone(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Gammalt.")

    kept = desk.agent.post(at("mallar", "unsaved/"), desk.form("mallar") | {"markdown_sv": "Halvskriv"})

    assert (kept.status_code, "X-Saved" in kept.headers) == (HTTPStatus.NO_CONTENT, True)
    assert desk.form("mallar", client=desk.agent)["markdown_sv"] == "Halvskriv"
    assert desk.form("mallar")["markdown_sv"] == "Gammalt."
    assert ArticleVersion.unscoped.count() == 1


def test_typed_words_are_forgotten_when_saved_and_when_thrown_away(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Gammalt.")
    for then in ({}, {"discard": "yes"}):
        form = desk.form("mallar", client=desk.agent) | {"markdown_sv": "Halvskriv"}
        desk.agent.post(at("mallar", "unsaved/"), form)
        desk.agent.post(at("mallar"), form | then)

    assert not UnsavedWords.unscoped.exists()
    assert desk.form("mallar")["markdown_sv"] == "Halvskriv"


def test_t75_two_editors_lose_nothing(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="Först.")
    mine = desk.form("mallar", client=desk.agent) | {"markdown_sv": "Mitt."}
    write(article, title="Mallar", markdown="Deras.")

    page = read(desk.agent.post(at("mallar"), mine), status=HTTPStatus.CONFLICT)

    assert page.one("#markdown_sv").text == "Mitt."
    assert [part.text for part in page.all(".differences__gone del, .differences__new ins")] == ["Deras", "Mitt"]
    draft = text_of(article).draft
    assert draft is not None
    assert draft.markdown == "Deras."
    desk.agent.post(at("mallar"), page.one("#article").fields())
    versions = ArticleVersion.unscoped.filter(article=article).order_by("number")
    assert [version.markdown for version in versions] == ["Först.", "Deras.", "Mitt."]


def test_t75_two_languages_are_not_in_each_others_way(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="Först.")
    mine = desk.form("mallar", client=desk.agent) | {"title_en": "Templates", "markdown_en": "Mine."}
    write(article, title="Mallar", markdown="Deras.")

    read(desk.agent.post(at("mallar"), mine, follow=True))

    drafts = ArticleText.unscoped.select_related("draft").order_by("language")
    assert [text.draft and text.draft.markdown for text in drafts] == ["Mine.", "Deras."]


@pytest.mark.parametrize("count", [1, 3])
def test_tree_costs_four_queries(desk: Desk, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_article(desk.office.desk, "rapporter", title="Rapporter")
    for number in range(count):
        make_article(desk.office.desk, f"mall-{number}", title="Mall", parent="rapporter")
    desk.agent.get(MANUAL)

    with django_assert_num_queries(4):  # who asks, articles, texts, frame
        page = read(desk.agent.get(MANUAL))

    assert len(page.all(".manual-tree .manual-tree > li")) == count


def test_article_costs_five_queries(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")
    desk.agent.get(at("mallar"))

    with django_assert_num_queries(5):  # as the tree, and what this editor has not saved
        desk.agent.get(at("mallar"))
