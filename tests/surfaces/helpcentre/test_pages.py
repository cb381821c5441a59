"""The help centre's pages: who gets in, what they show, what they cost."""

import re
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.domain.manual.writers import begin_manual, make_article, write
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Manual, Verdict
from vaxel.domain.manual.pictures import keep_picture
from vaxel.domain.manual.writing import ArticleWords, mark_behind, publish, save_draft
from vaxel.insight.search.lexicon import learn_words

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk(slug="kompass")
    begin_manual(desk)
    make_article(desk, "rapporter", title="Rapporter", summary="Allt om rapporter.", position=1)
    make_article(
        desk,
        "rapportmall",
        title="Skapa en rapportmall",
        parent="rapporter",
        markdown="# Ett\n# Två\n# Tre\n\nSe [rapporter](rapporter.sv.md#x). En rapportmall är bra.",
        product="suite",
        since_version="8.9",
    )
    make_article(desk, "internt", title="Internt", audience="staff", markdown="kanariefågel")
    learn_words(desk_id=desk.pk)
    return desk


def read(client: Client, path: str, **more: str) -> BeautifulSoup:
    response = client.get(f"/kompass/help/{path}", **more)  # type: ignore[arg-type]  # headers
    assert response.status_code == HTTPStatus.OK, (path, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def words(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(selector)]


@pytest.mark.parametrize(("asked", "language"), [("sv", "sv"), ("en-GB", "en"), ("de", "sv")])
def test_front_leads_to_the_readers_language(desk: Desk, client: Client, asked: str, language: str) -> None:
    response = client.get("/kompass/help/", headers={"Accept-Language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, f"/kompass/help/{language}/")


def test_home_names_sections_and_what_stands_in_them(desk: Desk, client: Client) -> None:
    page = read(client, "sv/")
    assert words(page, ".help-section__title") == ["Rapporter"]
    assert words(page, ".help-section li") == ["Skapa en rapportmall"]
    assert page.select_one("link[rel=canonical]")["href"].endswith("/kompass/help/sv/")  # type: ignore[index, union-attr]
    assert [one["hreflang"] for one in page.select("link[rel=alternate]")] == ["sv", "en"]


def test_article_shows_its_place_its_body_and_for_whom_it_is_true(desk: Desk, client: Client) -> None:
    page = read(client, "sv/rapportmall/")
    assert words(page, "h1") == ["Skapa en rapportmall"]
    assert words(page, ".breadcrumb li") == ["Manual", "Rapporter"]
    assert words(page, ".help-tree a[aria-current]") == ["Skapa en rapportmall"]
    assert words(page, ".help-contents__open a") == ["Ett", "Två", "Tre"]
    assert words(page, ".help-contents__folded a") == ["Ett", "Två", "Tre"]
    assert "Gäller från version 8.9" in words(page, ".page-head__meta")[0]
    assert page.select_one(".manual a")["href"] == "/kompass/help/sv/rapporter/#x"  # type: ignore[index]


@pytest.mark.parametrize(
    ("headings", "named", "open_where_there_is_room"),
    [(["#"] * 15, 15, 1), (["#"] * 16, 16, 0), (["#", "##", "##"] * 14, 14, 1), (["##"] * 150, 150, 0)],
)
def test_long_contents_are_folded_and_short_ones_where_there_is_no_room(
    desk: Desk, client: Client, headings: list[str], named: int, open_where_there_is_room: int
) -> None:
    markdown = "\n\n".join(f"{sign}# Steg {number}" for number, sign in enumerate(headings))
    make_article(desk, "lang", title="Lång", markdown=markdown)
    page = read(client, "sv/lang/")
    assert len(page.select(".help-contents__folded:not([open]) a")) == named
    assert len(page.select(".help-contents__open")) == open_where_there_is_room


def test_article_says_when_it_is_in_another_language_or_behind(desk: Desk, client: Client) -> None:
    only_swedish = read(client, "en/rapportmall/")
    assert only_swedish.select_one("article")["lang"] == "sv"  # type: ignore[index]
    assert words(only_swedish, ".notice") == [
        "This article does not exist in this language yet. Here it is in the language that it was written in."
    ]
    assert only_swedish.select_one("link[rel=canonical]")["href"].endswith("/sv/rapportmall/")  # type: ignore[index, union-attr]
    article = make_article(desk, "rapportmall", parent="rapporter", live=False)
    write(article, title="Make a report template", language="en")
    publish(article=article, language="en", by=SYSTEM, now=world.NOW)
    mark_behind(article=article, language="en", behind=True, by=SYSTEM, now=world.NOW)
    behind = read(client, "en/rapportmall/")
    assert words(behind, "h1") == ["Make a report template"]
    assert "may be out of date" in words(behind, ".notice")[0]


@pytest.mark.parametrize(
    ("path", "most"), [("sv/", 7), ("sv/rapportmall/", 4), ("sv/search/?q=mall", 9), ("en/rapportmall/", 4)]
)
def test_pages_cost_few_queries(
    desk: Desk, client: Client, path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    read(client, path)
    with django_assert_max_num_queries(most):
        read(client, path)


@pytest.mark.parametrize("path", ["sv/internt/", "sv/nowhere/", "fi/", "fi/rapportmall/", "pictures/abc/x.png"])
def test_t42_what_is_not_there_for_a_reader_is_not_there(desk: Desk, client: Client, path: str) -> None:
    assert client.get(f"/kompass/help/{path}").status_code == HTTPStatus.NOT_FOUND


def test_desk_without_a_manual_has_no_help_centre(client: Client, db: None) -> None:
    world.make_desk(slug="kompass")
    assert client.get("/kompass/help/sv/").status_code == HTTPStatus.NOT_FOUND


def test_t43_search_finds_what_the_reader_may_read(desk: Desk) -> None:
    person = world.make_person(world.make_organisation(desk))
    staff = world.make_staff(desk)
    found = {
        who: words(read(client, "sv/search/?q=kanariefågel"), ".help-hit__title")
        for who, client in {
            "stranger": Client(),
            "customer": signed_in(person),
            "staff": signed_in_staff(staff),
        }.items()
    }
    assert found == {"stranger": [], "customer": [], "staff": ["Internt"]}


def signed_in_staff(staff: object) -> Client:
    client = Client()
    client.force_login(staff.account, backend="vaxel.surfaces.signin.backend.AccountBackend")  # type: ignore[attr-defined]  # one of the staff
    return client


def test_private_help_centre_asks_to_sign_in_and_comes_back(desk: Desk, client: Client) -> None:
    Manual.unscoped.update(is_public=False)
    response = client.get("/kompass/help/sv/rapportmall/")
    person = world.make_person(world.make_organisation(desk))
    assert response.headers["Location"] == "/signin/?next=%2Fkompass%2Fhelp%2Fsv%2Frapportmall%2F"
    assert words(read(signed_in(person), "sv/rapportmall/"), "h1") == ["Skapa en rapportmall"]
    assert client.get("/kompass/help/sitemap.xml").status_code == HTTPStatus.FOUND


def test_search_shows_where_the_words_stand(desk: Desk, client: Client) -> None:
    page = read(client, "sv/search/?q=mall")
    assert words(page, ".help-hit__title") == ["Skapa en rapportmall"]
    assert words(page, ".help-hits mark") == ["rapportmall"]
    assert words(page, ".help-hit__product") == ["Kompass verksamhetsstyrning"]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]


def test_summary_in_place_of_the_text_has_marks(desk: Desk, client: Client) -> None:
    make_article(desk, "kapslar", title="Kapslar", summary="Om kapslar som går sönder.", markdown="Något annat.")
    page = read(client, "sv/search/?q=kapslar")
    assert words(page, ".help-hit__words mark") == ["kapslar"]


def test_search_while_typing_answers_with_the_hits_alone(desk: Desk, client: Client) -> None:
    response = client.get("/kompass/help/sv/search/?q=rapportm", headers={"HX-Request": "true"})
    fragment = BeautifulSoup(response.content, "html.parser")
    assert (fragment.select("html"), words(fragment, ".help-hit__title")) == ([], ["Skapa en rapportmall"])


def test_search_corrects_a_misspelt_word(desk: Desk, client: Client) -> None:
    page = read(client, "sv/search/?q=raportmall")
    assert words(page, ".help-hit__title") == ["Skapa en rapportmall"]
    assert words(page, ".help-meant") == ["Inget hittades för raportmall. Här är träffarna för rapportmall."]


def test_search_corrects_a_word_that_begins_nothing_while_it_is_typed(desk: Desk, client: Client) -> None:
    for typed, meant in (
        ("raportmall", ["Inget hittades för raportmall. Här är träffarna för rapportmall."]),
        ("rapportm", []),
    ):
        response = client.get(f"/kompass/help/sv/search/?q={typed}", headers={"HX-Request": "true"})
        fragment = BeautifulSoup(response.content, "html.parser")
        assert (words(fragment, ".help-meant"), words(fragment, ".help-hit__title")) == (
            meant,
            ["Skapa en rapportmall"],
        )


@pytest.mark.parametrize("text", ["", "%00", "+"])
def test_search_for_nothing_asks_for_words(desk: Desk, client: Client, text: str) -> None:
    assert words(read(client, f"sv/search/?q={text}"), "#results") == ["Skriv här ovanför vad du letar efter."]


def test_search_without_hits_leads_to_the_other_language(desk: Desk, client: Client) -> None:
    asked = {typed: read(client, f"en/search/?q={typed}") for typed in ("rapportmall", "och")}
    links = {typed: [link["href"] for link in page.select("#results a[hreflang]")] for typed, page in asked.items()}
    assert links == {"rapportmall": ["/kompass/help/sv/search/?q=rapportmall"], "och": []}


@pytest.mark.parametrize("text", ["%00", "'", '"><svg onload=x>', "a" * 5000, "&&&", ":*", "%F0%9F%99%88", "\\"])
def test_t30_search_takes_whatever_is_typed(desk: Desk, client: Client, text: str) -> None:
    page = read(client, f"sv/search/?q={text}&page=99999")
    assert page.select("svg[onload]") == []


def test_question_that_is_written_gets_articles_beside_it(desk: Desk, client: Client) -> None:
    page = read(client, "sv/suggest/?words=Hur gör jag en rapportmall?")
    assert words(page, "a") == ["Skapa en rapportmall (öppnas i en ny flik)"]
    assert read(client, "sv/suggest/?words=xyzzy").get_text().strip() == ""


def test_verdict_is_noted_and_a_no_asks_what_was_missing(desk: Desk, client: Client) -> None:
    address = "/kompass/help/sv/rapportmall/verdict/"
    said = [
        client.post(address, {"helpful": answer, "words": text}).headers["Location"].split("?")[1]
        for answer, text in [("yes", ""), ("no", ""), ("no", "Bilder")]
    ]
    assert said == ["said=yes#verdict", "said=no#verdict", "said=words#verdict"]
    assert sorted(Verdict.unscoped.values_list("helpful", "words")) == [(False, ""), (False, "Bilder"), (True, "")]
    assert words(read(client, "sv/rapportmall/?said=no"), "#verdict h2") == ["Vad saknade du?"]


def test_verdict_of_somebody_signed_in_is_one(desk: Desk) -> None:
    client = signed_in(world.make_person(world.make_organisation(desk)))
    for helpful in ("no", "yes"):
        client.post("/kompass/help/sv/rapportmall/verdict/", {"helpful": helpful})
    assert list(Verdict.unscoped.values_list("helpful", flat=True)) == [True]


def test_t59_verdicts_of_one_address_are_bounded(desk: Desk, client: Client) -> None:
    answers = {client.post("/kompass/help/sv/rapportmall/verdict/", {"helpful": "no"}).status_code for _ in range(31)}
    assert (answers, Verdict.unscoped.count()) == ({302, 429}, 30)


def test_picture_is_shown_to_readers_of_its_article(desk: Desk, client: Client) -> None:
    digest = keep_picture(desk_id=desk.pk, name="a.png", content=PNG, now=world.NOW)
    article = make_article(desk, "bild")
    drawn = ArticleWords(title="Bild", markdown="![x](a.png)", pictures={"a.png": digest})
    save_draft(article=article, language="sv", words=drawn, by=SYSTEM, now=world.NOW)
    publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    shown = read(client, "sv/bild/").select_one(".manual img")
    assert shown is not None
    response = client.get(str(shown["src"]))
    assert (response.headers["Content-Type"], response.content) == ("image/png", PNG)
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


def test_sitemap_names_what_is_for_everyone(desk: Desk, client: Client) -> None:
    sitemap = client.get("/kompass/help/sitemap.xml")
    assert sitemap.headers["Content-Type"] == "application/xml; charset=utf-8"
    named = re.findall("<loc>(.*?)</loc>", sitemap.content.decode())
    assert [one.split("/kompass/")[1] for one in named] == [
        "help/sv/",
        "help/en/",
        "help/sv/problems/",
        "help/en/problems/",
        "help/sv/wishes/",
        "help/en/wishes/",
        "help/sv/rapporter/",
        "help/sv/rapportmall/",
    ]


def test_robots_are_led_to_the_public_help_centres(desk: Desk, client: Client) -> None:
    begin_manual(world.make_desk("baver"), is_public=False)

    robots = client.get("/robots.txt")

    assert robots.headers["Content-Type"] == "text/plain; charset=utf-8"
    named = [line for line in robots.content.decode().splitlines() if line.startswith("Sitemap: ")]
    assert [line.split("://")[1].split("/", 1)[1] for line in named] == ["kompass/help/sitemap.xml"]


@pytest.mark.parametrize("path", ["", "problems/", "wishes/"])
def test_lists_name_their_other_language_to_search_engines(desk: Desk, client: Client, path: str) -> None:
    page = read(client, f"sv/{path}")

    named = [str(one["href"]).split("/help/")[1] for one in page.select("link[rel=alternate]")]
    assert named == [f"sv/{path}", f"en/{path}"]


@pytest.mark.parametrize("path", ["", "rapportmall/", "problems/", "wishes/", "wishes/new/", "contacts/"])
def test_every_page_leads_to_itself_in_the_other_language(desk: Desk, client: Client, path: str) -> None:
    page = read(client, f"sv/{path}")
    assert [one["href"] for one in page.select("footer a[hreflang]")] == [f"/kompass/help/en/{path}"]


def test_search_is_the_same_in_the_other_language(desk: Desk, client: Client) -> None:
    page = read(client, "sv/search/?q=mall+A&page=2")
    assert [one["href"] for one in page.select("footer a[hreflang]")] == ["/kompass/help/en/search/?q=mall+A"]


def test_search_promises_tickets_to_those_alone_who_have_some(desk: Desk, client: Client) -> None:
    person = world.make_person(world.make_organisation(desk))

    assert words(read(client, "sv/"), "label[for=q]") == ["Sök bland artiklar och kända fel"]
    assert words(read(signed_in(person), "sv/"), "label[for=q]") == ["Sök bland artiklar, kända fel och dina ärenden"]
