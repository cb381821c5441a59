"""Operating notices and known problems inside the product."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as world
from tests.surfaces.portal.test_problems import ASKED, fix, make_problem
from tests.surfaces.widget.conftest import Product
from vaxel.domain.people.models import Staff
from vaxel.domain.problems.models import Affected
from vaxel.domain.problems.operating import NoticeWords, publish_notice


@pytest.fixture
def agent(product: Product) -> Staff:
    return world.make_staff(product.widget.desk)


def _tell_notice(agent: Staff, title: str, *, hours: int) -> None:
    said = {"sv": title, "en": f"In English: {title}"}
    notice = NoticeWords(title=said, text=said, starts_at=world.NOW + timedelta(hours=hours))
    publish_notice(notice, desk=agent.desk, by=world.actor(agent), now=world.NOW)


def _news(product: Product, **sent: str) -> dict[str, list[str]]:
    body: dict[str, list[dict[str, Any]]] = product.post("news/", {"language-of-page": "sv", **sent}).json()
    return {name: [each["title"] for each in found] for name, found in body.items()}


def test_what_goes_on_and_open_problems_are_told(product: Product, agent: Staff) -> None:
    _tell_notice(agent, "Störning i inloggningen", hours=-1)
    _tell_notice(agent, "Planerat underhåll", hours=30)
    make_problem(agent)
    fix(make_problem(agent, "Knappen är borta"), agent)
    make_problem(agent, "Ett annat fel", products=("ett-annat",))
    product.enter()
    assert _news(product) == {"notices": ["Störning i inloggningen"], "problems": ["Exporten till PDF stannar"]}
    assert _news(product, **{"language-of-page": "en"})["problems"] == ["In English: Exporten till PDF stannar"]


def test_problems_like_the_words_are_offered_while_asking(product: Product, agent: Staff) -> None:
    make_problem(agent)
    make_problem(agent, "Knappen är borta")
    product.enter()
    assert _news(product, words=ASKED) == {"notices": [], "problems": ["Exporten till PDF stannar"]}
    assert _news(product, words="Hur gör jag?") == {"notices": [], "problems": []}


def test_me_too_is_said_instead_of_asking(product: Product, agent: Staff) -> None:
    problem = make_problem(agent)
    product.enter()
    sent = {"number": str(problem.number)}
    assert product.post("problem/", sent).json()["said"] is False
    for _ in range(2):
        assert product.post("problem/me-too/", sent).json()["said"] is True
    assert list(Affected.unscoped.values_list("person", flat=True)) == [product.person.pk]


def test_me_too_is_taken_back(product: Product, agent: Staff) -> None:
    problem = make_problem(agent)
    product.enter()
    sent = {"number": str(problem.number)}
    product.post("problem/me-too/", sent)
    for _ in range(2):
        assert product.post("problem/me-too/", {**sent, "meets": "not-i"}).json()["said"] is False
    assert not Affected.unscoped.exists()


def test_me_too_of_what_was_fixed_meanwhile_tells_so(product: Product, agent: Staff) -> None:
    problem = make_problem(agent)
    fix(problem, agent)
    product.enter()
    body = product.post("problem/me-too/", {"number": str(problem.number)}).json()
    assert (body["is_open"], body["said"], body["workaround"]) == (False, False, "")


@pytest.mark.parametrize("number", ["", "99", "-1", "1e3", "²", "9" * 400, "x\x00"])
def test_a_number_that_names_no_problem_is_missing(product: Product, number: str) -> None:
    product.enter()
    for path in ("problem/", "problem/me-too/"):
        assert product.post(path, {"number": number}).json() == {"code": "no-problem"}


def test_t42_problems_of_another_desk_are_missing(product: Product) -> None:
    far = make_problem(world.make_staff(world.make_desk("baver")))
    product.enter()
    assert product.post("problem/", {"number": str(far.number)}).json() == {"code": "no-problem"}
    assert _news(product)["problems"] == []


def test_t58_whoever_nobody_has_named_is_told_nothing(product: Product, agent: Staff) -> None:
    problem = make_problem(agent)
    _tell_notice(agent, "Störning i inloggningen", hours=-1)
    product.as_nobody()
    assert _news(product) == {"notices": [], "problems": []}
    for path in ("problem/", "problem/me-too/"):
        assert product.post(path, {"number": str(problem.number)}).json() == {"code": "unknown-person"}
