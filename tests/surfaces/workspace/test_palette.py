"""The palette: one field that goes everywhere, over the page with script, a page of links without."""

import pytest

from tests.domain.manual.writers import begin_manual, make_article
from tests.factories import NOW, actor
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.tickets.lifecycle import solve
from vaxel.domain.tickets.models import Ticket
from vaxel.insight.search.lexicon import learn_words


def found(office: Office, words: str = "", *, behind: str = "") -> Page:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{behind}"}
    return read(office.client.get(f"/{office.desk.slug}/workspace/go/", {"q": words, "version": "1"}, headers=headers))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("{name}", "{name} Oväntat fel när jag sparar"),
        ("{number}", "{name} Oväntat fel när jag sparar"),
        ("otagna", "Otagna"),
        ("kommun åsk", "Åsklinge kommun Alla ärenden"),
        ("nytt", "Nytt ärende"),
    ],
)
def test_words_lead_somewhere(office: Office, ticket: Ticket, words: str, first: str) -> None:
    named = {"name": f"{office.desk.prefix}-{ticket.number}", "number": ticket.number}

    assert found(office, words.format(**named)).all("a")[0].text == first.format(**named)


def test_articles_are_found_by_their_words_for_whom_they_are(office: Office) -> None:
    begin_manual(office.desk, is_public=False)
    make_article(office.desk, "mallar", title="Gör en rapportmall", audience="staff")
    make_article(office.desk, "utkast", title="Rapportmall som ingen har läst", live=False)
    learn_words(desk_id=office.desk.pk)

    articles = found(office, "rapportm").all("a")

    slug = office.desk.slug
    assert [each.attributes["href"] for each in articles] == [f"/{slug}/help/sv/mallar/"]


def test_open_ticket_is_acted_on_at_the_version_that_the_page_shows(office: Office, ticket: Ticket) -> None:
    page = found(office, behind=office.url(ticket))
    assert [each.text for each in page.all("button")] == ["Ta ärendet", "Vänta på kunden", "Lös"]

    form = page.all("form")[0]
    button = form.one("button").attributes
    office.client.post(form.attributes["action"], {**form.fields(), button["name"]: button["value"]})

    assert (form.fields()["version"], office.reload(ticket).assignee_id) == ("1", office.agent.pk)


def test_solved_ticket_can_be_opened_again(office: Office, ticket: Ticket) -> None:
    solve(scope=office.scope, number=ticket.number, by=actor(office.agent), now=NOW)

    assert [each.text for each in found(office, behind=office.url(ticket)).all("button")] == ["Öppna igen"]


def test_nothing_is_done_where_no_ticket_is_open(office: Office, ticket: Ticket) -> None:
    assert found(office, behind=office.inbox()).all("button") == []


def test_words_that_fit_nothing_say_what_may_be_written(office: Office) -> None:
    assert "Inget passar." in found(office, "xyzzy").text


def test_without_script_it_is_a_page_of_links(office: Office) -> None:
    page = read(office.client.get(f"/{office.desk.slug}/workspace/go/", {"q": "mina"}))

    assert [each.text for each in page.all("main .palette__item")] == ["Mina"]
    assert page.one("a[data-opens=palette]").attributes["href"] == f"/{office.desk.slug}/workspace/go/"
