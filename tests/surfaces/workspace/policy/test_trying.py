"""The explainer as a form: facts in the address, the answer with its reasons, and what would change it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read

URL = "/kompass/workspace/policy/trying/"
ASKED = "fredag 14 mars 2031 kl. 15.30"
REPORT = "kind=report-setup&plan=enterprise&products=suite&at=2031-03-14T15:30"
ERROR = "kind=unexpected-error&plan=standard&products=suite&at=2031-03-14T15:30"


def tried(office: Office, query: str) -> Page:
    return read(office.client.get(f"{URL}?{query}"))


def changes(page: Page) -> dict[str, str]:
    """What would change the answer, by what would have to be otherwise."""
    return {row.one("th").text: row.one("td").text for row in page.all(".trying section tbody tr")}


def test_answer_tells_destination_promise_and_reasons_in_order(office: Office) -> None:
    page = tried(office, ERROR)

    assert [each.text for each in page.all(".route__answer")] == [ASKED, "Teknisk support"]
    assert page.one(".route__detail").text == (
        "Första svar senast måndag 17 mars 2031 kl. 10.30 (ett mål: inom 4 timmar öppettid)"
    )
    assert [each.text for each in page.all(".because__rule")][:2] == ["in-scope", "trained-contact"]


def test_what_would_change_it_is_told_fact_by_fact(office: Office) -> None:
    found = changes(tried(office, REPORT))

    assert found["Supportnivå: Standard eller ingen supportnivå"] == "går till: Kundansvarig"
    assert found["Projekt: ett pågående projekt"] == "går till: Projektledare"
    assert found["Beräknad tid: under 120 minuter"] == "går till: Teknisk support; får också veta: Kundansvarig"


def test_each_change_leads_to_its_own_answer(office: Office) -> None:
    page = tried(office, REPORT)
    row = next(each for each in page.all(".trying section tbody tr") if "ett pågående projekt" in each.text)

    other = read(office.client.get(URL + row.one("a").attributes["href"]))

    assert other.all(".route__answer")[-1].text == "Projektledare"
    assert other.one(".trying form").fields()["project"] == "active"


def test_refused_asker_reads_where_the_question_belongs(office: Office) -> None:
    page = tried(office, f"{ERROR}&standing=user")

    assert [each.text for each in page.all(".route__answer")][1:] == ["Teknisk support", "Era egna supportkontakter"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{ERROR}&standing=stranger", "Den som vi inte känner har inget avtal"),
        (f"{ERROR}&agreement=none", "En supportkontakt står i ett avtal."),
        (f"{ERROR}&product=none", "En fråga av typen ”Oväntat fel” gäller inte ”ingen produkt”."),
    ],
)
def test_what_cannot_be_together_is_put_right_and_said(office: Office, query: str, said: str) -> None:
    page = tried(office, query)

    assert said in page.all(".notice")[0].text
    assert len(page.all(".route__answer")) >= 2


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "plan=%00",
        "products=x&products=suite",
        "effort=-1",
        "effort=999999999999",
        "urgent=1",
        "at=9999-99-99",
    ],
)
def test_t24_an_address_that_nobody_would_write_is_answered_all_the_same(office: Office, query: str) -> None:
    page = tried(office, query)

    assert len(page.all(".route__answer")) >= 2


def test_time_that_cannot_be_read_is_told(office: Office) -> None:
    assert tried(office, "at=nyss").one(".error-summary__link").attributes["href"] == "#at"


def test_form_alone_asks_nothing(office: Office, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office.client.get(URL)
    with django_assert_num_queries(2):
        page = read(office.client.get(URL))
    assert page.all(".route__answer") == []


def test_examples_lead_to_their_questions(office: Office) -> None:
    page = read(office.client.get("/kompass/workspace/policy/examples/"))
    assert page.one(".notice").text.startswith("Alla ")
    example = next(each for each in page.all(".rule") if "Jag råkade ta bort förra årets plan" in each.text)

    answer = read(office.client.get(example.one("a").attributes["href"]))

    assert answer.all(".route__answer")[-1].text == "Kundansvarig"
