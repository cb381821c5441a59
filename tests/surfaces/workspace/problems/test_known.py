"""Staff make a fault known, tell everybody about it, hang tickets on it and solve them together."""

from http import HTTPStatus
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, actor, ask
from tests.surfaces.workspace.conftest import Office
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.problems.known import Description, hang_ticket, open_problem
from vaxel.domain.problems.models import Affected, KnownProblem, ProblemUpdate
from vaxel.domain.tickets.models import Ticket

LIST = "/kompass/workspace/problems/"
WORDS = {
    "title_sv": "Exporten stannar",
    "title_en": "The export stops",
    "text_sv": "Exporten till PDF stannar.",
    "text_en": "The export to PDF stops.",
    "workaround_sv": "",
    "workaround_en": "",
}
TOLD = {"told_sv": "Vi har hittat felet.", "told_en": "We have found the fault."}


@pytest.fixture
def problem(office: Office) -> KnownProblem:
    return make_problem(office)


def make_problem(office: Office) -> KnownProblem:
    title = {"sv": "Exporten stannar", "en": "The export stops"}
    description = Description(title=title, text=title, workaround={})
    return open_problem(description, desk=office.desk, by=actor(office.agent), now=NOW)


def hang(office: Office, ticket: Ticket, problem: KnownProblem) -> None:
    hang_ticket(
        scope=office.scope,
        ticket_number=ticket.number,
        problem_number=problem.number,
        by=actor(office.agent),
        now=NOW,
    )


def at(problem: KnownProblem, page: str = "") -> str:
    return f"{LIST}{problem.number}/{page}"


def send(office: Office, address: str, **values: Any) -> Page:
    """The page that a form leads to."""
    return read(office.client.post(address, values, follow=True))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        hang(office, ask(office.person), make_problem(office))
    office.client.get(LIST)

    with django_assert_num_queries(3):  # who asks, problems, frame
        page = read(office.client.get(LIST))

    assert [row.text for row in page.all(".list__link")] == ["Exporten stannar"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_six_queries(
    office: Office, problem: KnownProblem, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        hang(office, ask(office.person), problem)
    office.client.get(at(problem))

    with django_assert_num_queries(6):
        page = read(office.client.get(at(problem)))

    assert len(page.all("#tickets ~ ul > li")) == count


def test_problem_is_made_known_in_every_language(office: Office) -> None:
    page = send(office, f"{LIST}new/", **WORDS)

    made = KnownProblem.unscoped.get()
    assert (made.title, made.workaround) == (
        {"sv": "Exporten stannar", "en": "The export stops"},
        {"sv": "", "en": ""},
    )
    assert page.one("h1").text == "Exporten stannar"


def test_what_lacks_a_language_is_refused_and_stays_in_the_form(office: Office) -> None:
    typed = {**WORDS, "title_en": "", "workaround_sv": "Välj Word."}

    page = read(office.client.post(f"{LIST}new/", typed), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == ["#title_en", "#workaround_en"]
    assert page.one("[name=workaround_sv]").text == "Välj Word."
    assert not KnownProblem.unscoped.exists()


def test_description_is_put_right_without_telling_anybody(office: Office, problem: KnownProblem) -> None:
    form = read(office.client.get(at(problem, "description/"))).one("main form:has(textarea)").fields()

    send(office, at(problem, "description/"), **{**form, "title_sv": "Exporten till PDF stannar"})

    assert KnownProblem.unscoped.get().title["sv"] == "Exporten till PDF stannar"
    assert not ProblemUpdate.unscoped.exists()


def test_update_is_told_and_stands_on_the_page(office: Office, problem: KnownProblem) -> None:
    page = send(office, at(problem), **TOLD, state="open", version=problem.version)

    assert "Vi har hittat felet." in page.one("#told ~ ol").text
    assert [(each.state, each.by_name) for each in ProblemUpdate.unscoped.all()] == [("open", "Sven Berg")]


def test_t75_an_update_upon_an_older_page_is_not_told(office: Office, problem: KnownProblem) -> None:
    send(office, at(problem), **TOLD, state="open", version=problem.version)

    page = read(
        office.client.post(at(problem), {**TOLD, "state": "fixed", "version": problem.version}),
        status=HTTPStatus.CONFLICT,
    )

    assert page.one("[name=told_sv]").text == TOLD["told_sv"]
    assert ProblemUpdate.unscoped.count() == 1


@pytest.mark.parametrize("state", ["", "closed"])
def test_update_says_how_it_stands(office: Office, problem: KnownProblem, state: str) -> None:
    sent = {**TOLD, "state": state, "version": problem.version}

    page = read(office.client.post(at(problem), sent), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert [link.attributes["href"] for link in page.all(".error-summary a")] == ["#state"]


def test_fixed_problem_offers_its_tickets_and_solves_the_chosen_ones(office: Office, problem: KnownProblem) -> None:
    first, second, stranger = (ask(office.person) for _ in range(3))
    for each in (first, second):
        hang(office, each, problem)
    page = send(office, at(problem), **TOLD, state="fixed", version=problem.version)
    assert [box.attributes["value"] for box in page.all("[name=ticket][checked]")] == [
        str(first.number),
        str(second.number),
    ]

    page = send(office, at(problem, "solving/"), ticket=[first.number, stranger.number])

    assert [office.reload(each).status for each in (first, second, stranger)] == ["solved", "new", "new"]
    assert page.one(".toast__text").text == "1 ärende är löst."


def test_ticket_hangs_on_a_problem_and_is_taken_off(office: Office, problem: KnownProblem, ticket: Ticket) -> None:
    page = send(office, office.url(ticket, "problem/"), problem=problem.number)
    assert page.one("#panel-problem p a").attributes["href"] == at(problem)
    assert page.one("#panel-problem form").fields()["problem"] == str(problem.number)

    page = send(office, office.url(ticket, "problem/"), problem="")
    assert page.all("#panel-problem p a") == []
    assert not Affected.unscoped.exists()


def test_ticket_of_a_desk_without_problems_offers_none(office: Office, ticket: Ticket) -> None:
    assert read(office.client.get(office.url(ticket))).all("#panel-problem") == []


@pytest.mark.parametrize("page", ["999/", "999/description/"])
def test_what_is_no_problem_is_not_there(office: Office, page: str) -> None:
    assert office.client.get(LIST + page).status_code == HTTPStatus.NOT_FOUND
