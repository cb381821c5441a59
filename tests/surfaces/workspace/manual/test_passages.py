"""An answer takes from the manual, and becomes an article without anybody's name in it."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.domain.manual.writers import make_article, text_of
from tests.factories import NOW, actor
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.manual.conftest import MANUAL, Desk, at
from tests.surfaces.workspace.reading import read
from vaxel.domain.manual.models import Article
from vaxel.domain.tickets.conversation import reply
from vaxel.domain.tickets.models import Message, Ticket

BODY = "Först.\n\n## Skapa mallen\n\n1. Välj **Mallar**.\n2. Spara.\n\n## Ta bort\n\nTryck på krysset."


@pytest.fixture
def article(desk: Desk) -> Article:
    return make_article(desk.office.desk, "mallar", title="Rapportmallar", markdown=BODY)


def answered(desk: Desk, ticket: Ticket, text: str) -> int:
    """The id of an answer of the agent's."""
    office = desk.office
    reply(scope=office.scope, number=ticket.number, text=text, by=actor(office.agent), now=NOW)
    return Message.unscoped.filter(ticket=ticket, by_kind="staff").latest("pk").pk


def test_articles_are_found_while_somebody_types(desk: Desk, article: Article, ticket: Ticket) -> None:
    page = read(desk.agent.get(desk.office.url(ticket, "articles/"), {"find_words": "mall"}))

    assert [button.attributes["value"] for button in page.all("button")] == [
        *("mallar", "mallar#", "mallar#skapa-mallen", "mallar#ta-bort")
    ]


def test_articles_are_found_without_script_and_nothing_is_sent(desk: Desk, article: Article, ticket: Ticket) -> None:
    sent = {"body": "Hej", "find": "yes", "find_words": "rapportmallar"}

    page = read(desk.agent.post(desk.office.url(ticket, "conversation/"), sent))

    assert page.one("#body").text == "Hej"
    assert page.all("#articles-found [name=passage]")
    assert page.all("form#composer [type=submit]")[0].attributes["name"] == "find"


@pytest.mark.parametrize(
    ("passage", "lines"),
    [
        ("mallar", ["Hej", "Rapportmallar"]),
        ("mallar#skapa-mallen", ["Hej", "- Välj Mallar.", "- Spara.", "Rapportmallar"]),
    ],
)
def test_passage_is_put_below_the_words(
    desk: Desk, article: Article, ticket: Ticket, passage: str, lines: list[str]
) -> None:
    page = read(desk.agent.post(desk.office.url(ticket, "conversation/"), {"body": "Hej", "passage": passage}))

    said = [line for line in page.one("#body").as_it_stands.split("\n") if line]
    anchor = passage.partition("#")[2]
    address = f"http://testserver/kompass/help/sv/mallar/{'#' + anchor if anchor else ''}"
    assert said[:-1] == lines
    assert said[-1].endswith(address.removeprefix("http://testserver"))
    assert page.one("[name=body_html]").attributes["value"] == ""


def test_chosen_passage_is_answered_to_the_editor_as_it_looks(desk: Desk, article: Article, ticket: Ticket) -> None:
    asked = desk.office.url(ticket, "articles/")

    link = desk.agent.get(asked, {"passage": "mallar"}).content.decode()
    passage = desk.agent.get(asked, {"passage": "mallar#skapa-mallen"}).content.decode()

    assert link.startswith("<p><a href=")
    assert passage.startswith("<ol")
    assert passage.endswith(">Rapportmallar</a></p>")
    assert desk.agent.get(asked, {"passage": "finns-inte"}).status_code == HTTPStatus.NOT_FOUND


def test_passage_keeps_its_look_in_the_editor(desk: Desk, article: Article, ticket: Ticket) -> None:
    sent = {"body": "Hej", "body_html": "<p>Hej</p>", "rich": "yes", "passage": "mallar#skapa-mallen"}

    page = read(desk.agent.post(desk.office.url(ticket, "conversation/"), sent))

    html = page.one("[name=body_html]").attributes["value"]
    assert html.startswith("<p>Hej</p><ol>\n<li>Välj <strong>Mallar</strong>.</li>")
    assert "Rapportmallar</a></p>" in html


def test_t43_what_the_asker_may_not_read_is_not_offered(desk: Desk, ticket: Ticket) -> None:
    make_article(desk.office.desk, "hemligt", title="Rapportmallar för personal", audience="staff")

    page = read(desk.agent.get(desk.office.url(ticket, "articles/"), {"find_words": "rapportmallar"}))
    put = desk.agent.post(desk.office.url(ticket, "conversation/"), {"body": "Hej", "passage": "hemligt"})

    assert page.all("button") == []
    assert put.status_code == HTTPStatus.NOT_FOUND


def test_ticket_page_costs_nothing_more_for_the_manual(
    desk: Desk, article: Article, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.agent.get(desk.office.url(ticket))
    desk.office.desk.has_manual = False
    desk.office.desk.save(update_fields=["has_manual"])
    with CaptureQueriesContext(connection) as without:
        desk.agent.get(desk.office.url(ticket))
    desk.office.desk.has_manual = True
    desk.office.desk.save(update_fields=["has_manual"])

    with django_assert_num_queries(len(without)):
        page = read(desk.agent.get(desk.office.url(ticket)))

    assert page.all("#find_words")


def test_desk_without_a_manual_offers_none(office: Office, ticket: Ticket) -> None:
    assert read(office.client.get(office.url(ticket))).all("#find_words") == []


def test_answer_becomes_a_draft_without_names(desk: Desk, ticket: Ticket) -> None:
    message = answered(desk, ticket, "Hej Maj!\n\nVälj Mallar. Ring 08-465 004 12.\n\nHälsningar Sven Berg")
    page = read(desk.agent.get(desk.office.url(ticket)))
    link = page.one(f"#message-{message} footer a[href*='reply=']").attributes["href"]

    page = read(desk.agent.get(link))
    form = page.one("main form:has(textarea)").fields()
    made = read(desk.agent.post(f"{MANUAL}new/", form | {"title": "Rapportmallar"}, follow=True))

    words = text_of(Article.unscoped.get(slug="rapportmallar")).draft
    assert words is not None
    assert words.markdown == "Hej ⟦namn⟧!\n\nVälj Mallar. Ring ⟦telefonnummer⟧.\n\nHälsningar ⟦namn⟧"
    assert [item.text for item in page.all(".notice li")] == ["2 namn", "1 telefonnummer"]
    assert made.one("#markdown_sv").text.startswith("Hej ⟦namn⟧!")


def test_article_with_marks_is_not_published(desk: Desk, ticket: Ticket) -> None:
    make_article(desk.office.desk, "mallar", title="Mallar", markdown="Hej ⟦namn⟧!", live=False)

    answer = desk.editor.post(at("mallar", "publishing/"), desk.form("mallar") | {"publish": "sv"})
    page = read(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert "⟦namn⟧" in page.one(".error-summary a").text
    assert text_of(Article.unscoped.get(slug="mallar")).live is None


@pytest.mark.parametrize("reply_id", ["0", "x", "999999999"])
def test_what_is_no_answer_becomes_no_article(desk: Desk, reply_id: str) -> None:
    assert desk.agent.get(f"{MANUAL}new/?reply={reply_id}").status_code == HTTPStatus.NOT_FOUND


def test_customers_own_words_become_no_article(desk: Desk, ticket: Ticket) -> None:
    question = Message.unscoped.get(ticket=ticket)

    assert desk.agent.get(f"{MANUAL}new/?reply={question.pk}").status_code == HTTPStatus.NOT_FOUND
