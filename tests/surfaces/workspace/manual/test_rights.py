"""All staff draft; those who edit the manual decide what readers see."""

from http import HTTPStatus

import pytest

from tests.domain.manual.writers import make_article, text_of, write
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.manual.conftest import MANUAL, Desk, at, said
from tests.surfaces.workspace.reading import read
from vaxel.domain.manual.models import Article, ArticleText, Manual

PLANNED = "2099-12-01T08:00"


def test_editor_publishes_what_the_form_holds(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="Först.", live=False)
    form = desk.form("mallar") | {"markdown_sv": "Klart.", "publish": "sv"}

    page = read(desk.editor.post(at("mallar", "publishing/"), form, follow=True))

    live = text_of(article).live
    assert live is not None
    assert live.markdown == "Klart."
    assert said(page) == ["Läsarna ser den nya texten nu."]


def test_agent_may_not_publish(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)

    page = read(desk.agent.get(at("mallar")))
    answer = desk.agent.post(at("mallar", "publishing/"), desk.form("mallar") | {"publish": "sv"})

    assert page.all("[name=publish]") == []
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert text_of(article).live is None


@pytest.mark.parametrize("act", [{"publish": "sv"}, {"plan": "sv", "at_sv": PLANNED}])
def test_link_to_no_article_is_not_published(desk: Desk, act: dict[str, str]) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    make_article(desk.office.desk, "rapporter", title="Rapporter", live=False)
    links = "[a](rapporter.sv.md) [b](../borta.sv.md#x) [c](https://exempel.example/d) [d](mallar.sv.md) [e](#)"

    answer = desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"markdown_sv": links} | act)
    page = read(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    told = "Ingen artikel finns på: ../borta.sv.md#x. Ändra länken innan du publicerar, eller skriv artikeln först."
    assert page.one(".error-summary a").text == told
    assert page.one("#markdown_sv").text == links
    text = text_of(article)
    assert (text.live, text.publish_at) == (None, None)


HEADED = "## Så gör du\n\n## Så gör du\n\n"


@pytest.mark.parametrize("act", [{"publish": "sv"}, {"plan": "sv", "at_sv": PLANNED}])
@pytest.mark.parametrize(
    ("links", "told"),
    [
        ("[a](#ingenstans) [b](#sa-gor-du-2)", "Ingen rubrik finns på: #ingenstans. Ändra länken innan du publicerar."),
        (
            "[a](rapporter.sv.md#saknas) [b](../rapporter.sv.md#alla) [c](mallar.sv.md#borta) [d](mallar.sv.md#top)",
            "Ingen rubrik finns på: rapporter.sv.md#saknas, mallar.sv.md#borta. Ändra länken innan du publicerar.",
        ),
        (
            "[a](javascript:alert(1)) [b](tel:010-5550100)",
            "Ingen läsare kan följa länken till: javascript:alert(1). Skriv en webbadress eller en mejladress.",
        ),
    ],
)
def test_link_that_leads_no_reader_anywhere_is_not_published(
    desk: Desk, act: dict[str, str], links: str, told: str
) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    make_article(desk.office.desk, "rapporter", title="Rapporter", markdown="# Alla", live=False)

    answer = desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"markdown_sv": HEADED + links} | act)

    assert read(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY).one(".error-summary a").text == told
    text = text_of(article)
    assert (text.live, text.publish_at) == (None, None)


@pytest.mark.parametrize(
    "links",
    [
        "[a](#sa-gor-du) [b](#sa-gor-du-2) [d](#top)",
        "[a](rapporter.en.md#alla) [b](mallar.sv.md#sa-gor-du)",
    ],
)
def test_link_to_a_heading_is_published(desk: Desk, links: str) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    make_article(desk.office.desk, "rapporter", title="Reports", markdown="# Alla", language="en")

    desk.editor.post(
        at("mallar", "publishing/"), desk.form("mallar") | {"markdown_sv": HEADED + links, "publish": "sv"}
    )

    assert text_of(article).live is not None


def test_link_to_an_article_that_is_taken_out_is_not_published(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="[a](borta.sv.md)", live=False)
    make_article(desk.office.desk, "borta", title="Borta")
    desk.editor.post(at("borta", "archive/"))

    answer = desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"publish": "sv"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert text_of(article).live is None


def test_draft_is_planned_and_the_plan_taken_back(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)

    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"plan": "sv", "at_sv": PLANNED})
    assert text_of(article).publish_at is not None
    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"unplan": "sv"})
    assert text_of(article).publish_at is None


def test_agents_words_are_not_published_by_an_editors_plan(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"plan": "sv", "at_sv": PLANNED})

    desk.agent.post(at("mallar"), desk.form("mallar") | {"markdown_sv": "Ogranskat."})

    assert text_of(article).publish_at is None


def test_agents_restored_words_are_not_published_by_an_editors_plan(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    write(article, title="Mallar", markdown="Nyare.")
    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"plan": "sv", "at_sv": PLANNED})

    page = read(desk.agent.post(at("mallar", "sv/restoring/"), {"number": "1"}, follow=True))

    assert text_of(article).publish_at is None
    assert page.one("#markdown_sv").text == "Text."


@pytest.mark.parametrize("at_time", ["", "2020-01-01T08:00", "tomorrow"])
def test_plan_needs_a_time_to_come(desk: Desk, at_time: str) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", live=False)
    form = desk.form("mallar") | {"plan": "sv", "at_sv": at_time}

    page = read(desk.editor.post(at("mallar", "publishing/"), form), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == ["#at_sv"]


def test_text_is_taken_from_readers(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar")

    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"withdraw": "sv"})

    assert text_of(article).live is None


def test_translation_is_said_to_follow(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar")
    write(article, language="en", title="Templates")
    ArticleText.unscoped.filter(language="en").update(is_behind=True)

    desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"follows": "en"})

    assert text_of(article, "en").is_behind is False


def test_article_moves_and_narrows_its_readers(desk: Desk) -> None:
    make_article(desk.office.desk, "rapporter", title="Rapporter")
    make_article(desk.office.desk, "mallar", title="Mallar")

    sent = {"parent": "rapporter", "position": "7", "audience": "staff", "product": "suite", "since": "8.9"}
    desk.editor.post(at("mallar", "place/"), sent)

    article = Article.unscoped.select_related("parent").get(slug="mallar")
    stands = (article.parent and article.parent.slug, article.position, article.audience, article.product)
    assert stands == ("rapporter", 7, "staff", "suite")


def test_article_cannot_stand_under_itself(desk: Desk) -> None:
    make_article(desk.office.desk, "rapporter", title="Rapporter")
    make_article(desk.office.desk, "mallar", title="Mallar", parent="rapporter")

    sent = {"parent": "mallar", "position": "0"}
    page = read(desk.editor.post(at("rapporter", "place/"), sent), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == ["#parent"]


def test_last_version_does_not_come_before_the_first(desk: Desk) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar")

    sent = {"position": "0", "since": "8.10", "until": "8.9.9"}
    page = read(desk.editor.post(at("mallar", "place/"), sent), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert page.one("#until-error").text == "Fel: Skriv en version som inte kommer före 8.10"
    assert Article.unscoped.get().since_version == ""


def test_article_is_taken_out_with_what_stands_under_it_and_comes_back(desk: Desk) -> None:
    make_article(desk.office.desk, "rapporter", title="Rapporter")
    make_article(desk.office.desk, "mallar", title="Mallar", parent="rapporter")

    desk.editor.post(at("rapporter", "archive/"))
    assert not Article.unscoped.filter(archived_at=None).exists()
    desk.editor.post(at("rapporter", "return/"))
    assert Article.unscoped.filter(archived_at=None).count() == 2


def test_what_changed_stands_side_by_side(desk: Desk) -> None:
    article = make_article(desk.office.desk, "mallar", title="Mallar", markdown="Röd bil.")
    write(article, title="Mallar", markdown="Blå bil.")

    page = read(desk.agent.get(at("mallar", "sv/versions/")))

    assert [part.text for part in page.all(".differences del, .differences ins")] == ["Röd", "Blå"]


def test_desk_without_a_manual_begins_one(office: Office) -> None:
    office.agent.may_administer = True
    office.agent.save(update_fields=["may_administer"])

    read(office.client.get(MANUAL)).one("form[action='beginning/']")
    read(office.client.post(f"{MANUAL}beginning/", follow=True))

    assert Manual.unscoped.get().is_public is False
    assert office.client.get(f"{MANUAL}new/").status_code == HTTPStatus.OK


def test_editor_says_which_words_mean_the_same(desk: Desk) -> None:
    desk.editor.post(f"{MANUAL}settings/", {"words_sv": "lösenord, passord\nensam\n", "public": "yes"})

    manual = Manual.unscoped.get()
    assert manual.synonyms == {"sv": [["lösenord", "passord"]]}
    assert manual.is_public is False, "only who administers opens the manual"
