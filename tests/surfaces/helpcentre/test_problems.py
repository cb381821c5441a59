"""Known problems and notices in the help centre: for whom, in which language, at which cost."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import factories as world
from tests.surfaces.helpcentre.test_pages import read, words
from tests.surfaces.portal.test_problems import fix, make_problem
from tests.surfaces.portal.walk import signed_in
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.tree import set_up_manual
from vaxel.domain.people.models import Staff
from vaxel.domain.problems import known
from vaxel.domain.problems.operating import NoticeWords, publish_notice

pytestmark = pytest.mark.django_db
NOTICE = {"sv": "Underhåll", "en": "Maintenance"}


@pytest.fixture
def desk() -> Desk:
    desk = world.make_desk(slug="kompass")
    set_up_manual(desk_id=desk.pk, is_public=True, by=SYSTEM, now=world.NOW)
    return desk


@pytest.fixture
def agent(desk: Desk) -> Staff:
    return world.make_staff(desk)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_three_queries(
    agent: Staff, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for _ in range(count):
        make_problem(agent)
        notice = NoticeWords(title=NOTICE, text=NOTICE, starts_at=now + timedelta(hours=1))
        publish_notice(notice, desk=agent.desk, by=world.actor(agent), now=now)
    read(client, "sv/problems/")

    with django_assert_num_queries(3):  # desk with manual, problems, notices
        page = read(client, "sv/problems/")

    assert words(page, "#problems + ul .list__link") == ["Exporten till PDF stannar"] * count
    assert words(page, "#notices + ul h3") == ["Underhåll"] * count


def test_desk_without_problems_says_that_all_works(desk: Desk, client: Client) -> None:
    assert words(read(client, "en/problems/"), ".empty__title") == ["Everything works as far as we know"]


def test_problem_speaks_the_language_of_its_address(agent: Staff, client: Client) -> None:
    problem = make_problem(agent)

    titles = {
        language: words(read(client, f"{language}/problems/{problem.number}/"), "h1") for language in ("sv", "en")
    }

    assert titles == {"sv": ["Exporten till PDF stannar"], "en": ["In English: Exporten till PDF stannar"]}


def test_who_meets_it_too_can_say_so_once(agent: Staff) -> None:
    problem = make_problem(agent)
    person = world.make_person(world.make_organisation(agent.desk))
    page = f"sv/problems/{problem.number}/"
    assert words(read(signed_in(person), page), "#me-too") == ["Märker du också av det här?"]
    stranger = read(Client(), page)
    assert words(stranger, "#me-too") == ["Märker du också av det här?"]
    assert words(stranger, '[aria-labelledby="me-too"] .button--primary') == ["Logga in för att säga till"]

    known.me_too(
        person_id=person.pk,
        scope=world.customer_scope(person),
        problem_number=problem.number,
        by=world.actor(person),
        now=world.NOW,
    )

    said = read(signed_in(person), page)
    assert words(said, "#me-too") == []
    assert words(said, ".notice--good button") == ["Jag märker inte av det längre"]


def test_who_is_signed_in_elsewhere_is_told_so_and_sent_in_no_circle(agent: Staff) -> None:
    problem = make_problem(agent)
    stranger = signed_in(world.make_person(world.make_organisation(world.make_desk("baver"))))

    page = read(stranger, f"sv/problems/{problem.number}/")

    assert {str(link["href"]) for link in page.select("a.button") if "Logga in" in link.get_text()} == {"/kompass/"}
    said = BeautifulSoup(stranger.get("/kompass/").content, "html.parser")
    assert words(said, "h1") == ["Vi hittar dig inte här"]


def test_withdrawn_problem_is_gone_and_a_fixed_one_stays(agent: Staff, client: Client) -> None:
    fixed, withdrawn = make_problem(agent), make_problem(agent)
    fix(fixed, agent)
    fix(withdrawn, agent, "withdrawn")

    assert words(read(client, f"sv/problems/{fixed.number}/"), ".badge") == ["Rättat"]
    assert client.get(f"/kompass/help/sv/problems/{withdrawn.number}/").status_code == HTTPStatus.NOT_FOUND


def test_home_tells_what_goes_on(agent: Staff, client: Client) -> None:
    now = timezone.now()
    notice = NoticeWords(title=NOTICE, text=NOTICE, starts_at=now - timedelta(hours=1))
    publish_notice(notice, desk=agent.desk, by=world.actor(agent), now=now)

    assert words(read(client, "sv/"), ".notice__title") == ["Underhåll"]
