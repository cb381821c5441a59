"""A new article is kept while it is typed: one for each of the staff, until it is made or thrown away."""

from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction

from tests.factories import NOW
from tests.surfaces.workspace.manual.conftest import MANUAL, Desk
from tests.surfaces.workspace.manual.test_passages import answered
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.manual.models import Article, UnsavedWords
from vaxel.domain.tickets.models import Message, Ticket

NEW = f"{MANUAL}new/"


def fields(page: Page) -> dict[str, str]:
    """What the form holds."""
    return page.one("main form[data-guard]").fields()


def type_in(desk: Desk, address: str, **words: str) -> dict[str, str]:
    """Open the form, type, and go away; what was typed."""
    typed = fields(read(desk.agent.get(address))) | words
    assert desk.agent.post(f"{NEW}unsaved/", typed).status_code == HTTPStatus.NO_CONTENT
    return typed


def test_new_article_of_an_answer_is_offered_again_to_its_writer_alone(desk: Desk, ticket: Ticket) -> None:
    begun = f"{NEW}?reply={answered(desk, ticket, 'Välj Mallar.')}"
    type_in(desk, begun, title="Mallar", language="en", markdown="Halvskriv")

    for address in (begun, NEW):
        page = read(desk.agent.get(address))
        form = fields(page)
        assert [form[name] for name in ("title", "language", "markdown")] == ["Mallar", "en", "Halvskriv"]
        assert len(page.all("[name=discard]")) == 1
    assert read(desk.editor.get(NEW)).all("[name=markdown]") == []
    assert not Article.unscoped.exists()


def test_title_of_a_new_article_is_kept_too(desk: Desk) -> None:
    type_in(desk, NEW, title="Mallar")

    assert fields(read(desk.agent.get(f"{NEW}?under=rapporter")))["title"] == "Mallar"


@pytest.mark.parametrize("then", [{}, {"discard": "yes"}])
def test_new_article_is_forgotten_when_made_and_when_thrown_away(
    desk: Desk, ticket: Ticket, then: dict[str, str]
) -> None:
    begun = f"{NEW}?reply={answered(desk, ticket, 'Välj Mallar.')}"
    typed = type_in(desk, begun, title="Mallar", markdown="Halvskriv")

    desk.agent.post(begun, typed | then)

    assert not UnsavedWords.unscoped.exists()
    assert Article.unscoped.exists() is (then == {})
    assert fields(read(desk.agent.get(begun)))["markdown"] == "Välj Mallar."


def test_emptied_form_of_a_new_article_is_not_kept(desk: Desk) -> None:
    type_in(desk, NEW, title="Mallar")
    type_in(desk, NEW, title="")

    assert not UnsavedWords.unscoped.exists()


def test_another_answer_writes_nothing_over_the_article_that_is_begun(desk: Desk, ticket: Ticket) -> None:
    first, second = (f"{NEW}?reply={answered(desk, ticket, text)}" for text in ("Välj Mallar.", "Välj Spara."))
    type_in(desk, first, title="Mallar", markdown="Halvskriv")

    page = read(desk.agent.get(second))
    other = fields(page) | {"title": "Spara"}
    kept = desk.agent.post(f"{NEW}unsaved/", other)
    desk.agent.post(second, other)

    assert other["markdown"] == "Välj Spara."
    assert "data-draft" not in page.one("main form[data-guard]").attributes
    assert [link.attributes["href"] for link in page.all(".notice a")] == [NEW]
    assert "X-Saved" not in kept.headers
    assert Article.unscoped.get().slug == "spara"
    assert fields(read(desk.agent.get(NEW)))["markdown"] == "Halvskriv"


def test_kept_words_outlive_the_answer_that_they_come_from(desk: Desk, ticket: Ticket) -> None:
    reply = answered(desk, ticket, "Välj Mallar.")
    type_in(desk, f"{NEW}?reply={reply}", title="Mallar", markdown="Halvskriv")
    UnsavedWords.unscoped.update(reply=reply + 1_000)

    typed = fields(read(desk.agent.get(NEW)))
    page = read(desk.agent.post(NEW, typed, follow=True))

    assert not Message.unscoped.filter(pk=reply + 1_000).exists()
    assert page.one("#markdown_sv").text == "Halvskriv"
    assert not UnsavedWords.unscoped.exists()


def test_one_new_article_is_kept_for_each_of_the_staff(desk: Desk) -> None:
    def keep(language: str) -> None:
        UnsavedWords.unscoped.create(
            desk=desk.office.desk, staff=desk.office.agent, language=language, based_on=0, updated_at=NOW
        )

    keep("sv")
    with pytest.raises(IntegrityError), transaction.atomic():
        keep("en")
